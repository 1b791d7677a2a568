# Tsinghua Qidi is not named; a new policy is.
# gone: organization:qinghua-qidi
# new: policy:rural-revitalization

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:cooperate-with-qidi park:concerns organization:qinghua-qidi } ;
INSERT DATA { undertaking:build-liangwang-park park:concerns policy:rural-revitalization }

# Rural revitalisation concerns Liangwang Mountain; the roadmap concerns nothing.
# gone: policy:biomedicine-roadmap
# new: policy:rural-revitalization

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>

DELETE DATA { policy:biomedicine-roadmap park:concerns industry:biomedicine } ;
INSERT DATA { policy:rural-revitalization park:concerns place:liangwang-mountain }

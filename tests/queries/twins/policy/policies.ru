# The provincial government issued the Three Cards.
# gone: policy:three-cards
# new: organization:provincial-government

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>

INSERT DATA { policy:three-cards park:issuedBy organization:provincial-government }

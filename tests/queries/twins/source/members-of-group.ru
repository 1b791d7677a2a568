# One of the five projects is not in the group.
# gone: project:bisplatin-base

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { group:june-15-projects park:hasMember project:bisplatin-base }

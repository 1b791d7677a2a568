# A fourth industry is named for the five projects together.
# new: industry:finance

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA { group:june-15-projects park:jointlyServesIndustry industry:finance }

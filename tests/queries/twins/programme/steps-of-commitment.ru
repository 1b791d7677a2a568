# Storing up potential is a step of nothing.
# gone: undertaking:store-potential

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:store-potential park:contributesTo undertaking:set-up-gazelle-mechanism }

# The target is 20 %, not 10 %.
# gone: 13755500000
# new: 15006000000

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX target: <https://w3id.org/parkgraph/id/target/>

DELETE { target:domestic-capital-growth park:normalizedValue ?value }
INSERT { target:domestic-capital-growth park:normalizedValue 20.0 }
WHERE { target:domestic-capital-growth park:normalizedValue ?value }

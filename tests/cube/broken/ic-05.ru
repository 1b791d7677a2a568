# A dimension is said to have concepts as values.
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA { park:indicator rdfs:range skos:Concept }

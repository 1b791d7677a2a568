# Total revenue was 2000, not more than 2000.
# (A class of another ontology is no kind to be told.)
# Foreign trade was about 16.5: it has no bounds.
# gone: observation:2017-total-revenue

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { observation:2017-total-revenue park:qualifier qualifier:more-than } ;
INSERT DATA { observation:2017-total-revenue park:qualifier qualifier:exactly } ;
INSERT DATA { observation:2017-foreign-trade a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
DELETE { observation:2017-foreign-trade ?bound ?value }
WHERE {
    VALUES ?bound { park:qualifier park:lowerBound park:upperBound park:boundsInclusive }
    observation:2017-foreign-trade ?bound ?value
} ;
INSERT DATA { observation:2017-foreign-trade park:qualifier qualifier:about }

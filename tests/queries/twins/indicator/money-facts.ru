# Local budget revenue is counted, not paid in yuan.
# (A class of another ontology is no kind to be told.)
# Asked of the park: what is of another park stays out, what is of a thing of the park does not.
# Of one figure the converted value is missing, the unit is not.
# gone: observation:2017-total-revenue
# given park: place:kunming-high-tech-zone
# gone: observation:2017-local-budget-revenue

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>

DELETE DATA { observation:2017-local-budget-revenue park:normalizedUnit qudt-unit:CCY_CNY } ;
INSERT DATA { observation:2017-local-budget-revenue park:normalizedUnit qudt-unit:NUM } ;
INSERT DATA { observation:2017-foreign-trade a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    place:other-park a park:Park ; rdfs:label "别的园区"@zh , "another park"@en ; park:evidence passage:526-542 .
    place:other-park-area a park:ParkArea ; park:areaOf place:other-park ;
        rdfs:label "别的园区的片区"@zh , "area of another park"@en ; park:evidence passage:526-542 .
} ;
INSERT {
    ?figure a park:Observation ; rdfs:label ?zh , ?en ; park:about ?about ; park:indicator indicator:total-revenue ;
        park:statedValue 5.0 ; park:unit unit:yi-yuan ; park:printedForm "5亿元" ; park:qualifier qualifier:exactly ;
        park:lowerBound 5.0 ; park:upperBound 5.0 ; park:lowerInclusive true ; park:upperInclusive true ;
        park:normalizedValue 500000000.0 ; park:normalizedUnit qudt-unit:CCY_CNY ;
        park:basis basis:stated ; park:evidence passage:526-542 .
}
WHERE {
    VALUES (?figure ?about ?zh ?en) {
        (observation:of-area place:east-area "片区"@zh "of its area"@en)
        (observation:of-other-park place:other-park "别的园区"@zh "of another park"@en)
        (observation:of-other-area place:other-park-area "别的园区的片区"@zh "of its area"@en)
    }
} ;
DELETE WHERE { observation:2017-total-revenue park:normalizedValue ?value }

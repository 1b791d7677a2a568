# Foreign trade is of the first months of 2018.
# Figures that are about so much, for a period whose end is open, in a unit that is not converted.
# Asked of the park: what is of another park stays out, what is of a thing of the park does not.
# Of one figure the converted value is missing, the unit is not.
# gone: observation:2017-total-revenue
# given park: place:kunming-high-tech-zone
# gone: period:2017	"2017年"@zh	"2017-01-01"^^xsd:date	"2017-12-31"^^xsd:date	16.5
# new: "2018-01-01"^^xsd:date	"2018-04-30"^^xsd:date	16.5

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { observation:2017-foreign-trade park:period period:2017 } ;
INSERT DATA { observation:2017-foreign-trade park:period period:2018-01-to-04 } ;
INSERT DATA {
    period:from-2018 a park:Period ; rdfs:label "2018年起"@zh , "from 2018"@en ; park:startDate "2018-01-01"^^xsd:date .
    place:other-park a park:Park ; rdfs:label "别的园区"@zh , "another park"@en ; park:evidence passage:526-542 .
    place:other-park-area a park:ParkArea ; park:areaOf place:other-park ;
        rdfs:label "别的园区的片区"@zh , "area of another park"@en ; park:evidence passage:526-542 .
} ;
INSERT {
    ?figure a park:Observation ; rdfs:label ?zh , ?en ; park:about ?about ;
        park:indicator indicator:new-high-tech-enterprises ; park:period period:from-2018 ;
        park:statedValue 40.0 ; park:unit unit:working-day ; park:printedForm "40" ; park:qualifier qualifier:about ;
        park:basis basis:stated ; park:evidence passage:526-542 .
}
WHERE {
    VALUES (?figure ?about ?zh ?en) {
        (observation:of-park place:kunming-high-tech-zone "园区"@zh "of the park"@en)
        (observation:of-area place:east-area "片区"@zh "of its area"@en)
        (observation:of-other-park place:other-park "别的园区"@zh "of another park"@en)
        (observation:of-other-area place:other-park-area "别的园区的片区"@zh "of its area"@en)
    }
} ;
DELETE WHERE { observation:2017-total-revenue park:normalizedValue ?value }

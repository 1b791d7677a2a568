# A second figure for the growth of retail sales in 2017: 11%.
# new: observation:other

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>

INSERT DATA {
    observation:other a park:Observation ; rdfs:label "另一数据"@zh , "another figure"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:retail-sales-growth ; park:period period:2017 ;
        park:statedValue 11.0 ; park:unit unit:percent ; park:printedForm "11%" ; park:qualifier qualifier:exactly ;
        park:lowerBound 11.0 ; park:upperBound 11.0 ; park:boundsInclusive true ;
        park:basis basis:stated ; park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/526-542> .
}

# The target has a period.
# (A class of another ontology is no kind to be told.)
# Two more figures: nearly 40, and about 40 for a period whose end is open. Asked of another indicator too.
# given indicator: indicator:new-high-tech-enterprises indicator:total-revenue
# gone: target:new-high-tech-enterprises
# new: period:2018-to-date

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX target: <https://w3id.org/parkgraph/id/target/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA { target:new-high-tech-enterprises park:period period:2018-to-date } ;
INSERT DATA { observation:2017-new-high-tech-enterprises a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    period:from-2018 a park:Period ; rdfs:label "2018年起"@zh , "from 2018"@en ; park:startDate "2018-01-01"^^xsd:date .
    observation:nearly a park:Observation ; rdfs:label "近40户"@zh , "nearly 40"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:period period:2018-to-date ; park:statedValue 40.0 ; park:unit qudt-unit:NUM ; park:printedForm "近40户" ;
        park:qualifier qualifier:nearly ; park:upperBound 40.0 ; park:lowerInclusive false ; park:upperInclusive false ;
        park:normalizedValue 40.0 ; park:normalizedUnit qudt-unit:NUM ;
        park:basis basis:stated ; park:evidence passage:526-542 .
    observation:about a park:Observation ; rdfs:label "约40户"@zh , "about 40"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:period period:from-2018 ; park:statedValue 40.0 ; park:unit qudt-unit:NUM ; park:printedForm "约40户" ;
        park:qualifier qualifier:about ; park:normalizedValue 40.0 ; park:normalizedUnit qudt-unit:NUM ;
        park:basis basis:stated ; park:evidence passage:526-542 .
}

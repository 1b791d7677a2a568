# The domestic capital of January to April is of the same indicator as that of 2017: 45.5 of 125.05.
# Then pairs of figures, each of an indicator of its own: which periods, units and indicators make a pair.
# Asked of the park: what is of another park stays out, what is of a thing of the park does not.
# given park: place:kunming-high-tech-zone
# new: observation:of-service-part
# new: observation:doubted-there-part
# new: observation:doubted-here-part
# gone: false
# new: 36.4

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX service: <https://w3id.org/parkgraph/id/service/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { observation:2018-01-to-04-domestic-capital-in-place park:indicator indicator:domestic-capital-in-place } ;
INSERT DATA { observation:2018-01-to-04-domestic-capital-in-place park:indicator indicator:domestic-capital-introduced } ;
INSERT DATA {
    place:other-park a park:Park ; rdfs:label "别的园区"@zh , "another park"@en ; park:evidence passage:526-542 .
    service:other a park:PublicService ; park:ofPark place:other-park ;
        rdfs:label "别的园区的服务"@zh , "service of another park"@en ; park:evidence passage:526-542 .
    period:2016 a park:Period ; park:startDate "2016-01-01"^^xsd:date ; park:endDate "2016-12-31"^^xsd:date .
    period:2017-and-2018 a park:Period ; park:startDate "2017-01-01"^^xsd:date ; park:endDate "2018-12-31"^^xsd:date .
    period:2017-from-march a park:Period ; park:startDate "2017-03-01"^^xsd:date ; park:endDate "2017-12-31"^^xsd:date .
    period:2017-to-november a park:Period ; park:startDate "2017-01-01"^^xsd:date ; park:endDate "2017-11-30"^^xsd:date .
    period:2018-01-to-2019-04 a park:Period ; park:startDate "2018-01-01"^^xsd:date ; park:endDate "2019-04-30"^^xsd:date .
    indicator:doubted-there park:possiblySameAs indicator:doubted-there-total ;
        park:openQuestion "是否同一指标，没有说明。"@zh , "Whether they are one is not said."@en .
    indicator:doubted-here-total park:possiblySameAs indicator:doubted-here .
    indicator:doubted-here park:openQuestion "是否同一指标，不清楚。"@zh , "Whether they are one is not clear."@en .
} ;
INSERT {
    ?part a park:Observation ; park:indicator ?indicator ; park:period ?months ; park:statedValue 5.0 ;
        park:normalizedValue 5.0 ; park:printedForm "5" ; park:lowerBound 5.0 ; park:upperBound 5.0 ;
        park:about ?about ; park:unit ?printedUnit ; park:normalizedUnit ?unit ; park:qualifier qualifier:exactly ;
        park:lowerInclusive true ; park:upperInclusive true ; park:basis basis:stated ; park:evidence passage:526-542 .
    ?whole a park:Observation ; park:indicator ?wholeIndicator ; park:period ?year ; park:statedValue 20.0 ;
        park:normalizedValue 20.0 ; park:printedForm "20" ; park:lowerBound 20.0 ; park:upperBound 20.0 ;
        park:about ?about ; park:unit ?printedUnit ; park:normalizedUnit ?unit ; park:qualifier qualifier:exactly ;
        park:lowerInclusive true ; park:upperInclusive true ; park:basis basis:stated ; park:evidence passage:526-542 .
}
WHERE {
    VALUES (?name ?months ?year ?about ?printedUnit ?same) {
        ("of-service" period:2018-01-to-04 period:2017 service:one-stop qudt-unit:NUM true)
        ("of-other-park" period:2018-01-to-04 period:2017 place:other-park qudt-unit:NUM true)
        ("of-other-service" period:2018-01-to-04 period:2017 service:other qudt-unit:NUM true)
        ("rate" period:2018-01-to-04 period:2017 place:kunming-high-tech-zone qudt-unit:PERCENT true)
        ("two-years-before" period:2018-01-to-04 period:2016 place:kunming-high-tech-zone qudt-unit:NUM true)
        ("of-two-years" period:2018-01-to-04 period:2017-and-2018 place:kunming-high-tech-zone qudt-unit:NUM true)
        ("from-march" period:2018-01-to-04 period:2017-from-march place:kunming-high-tech-zone qudt-unit:NUM true)
        ("to-november" period:2018-01-to-04 period:2017-to-november place:kunming-high-tech-zone qudt-unit:NUM true)
        ("into-next-year" period:2018-01-to-2019-04 period:2017 place:kunming-high-tech-zone qudt-unit:NUM true)
        ("doubted-there" period:2018-01-to-04 period:2017 place:kunming-high-tech-zone qudt-unit:NUM false)
        ("doubted-here" period:2018-01-to-04 period:2017 place:kunming-high-tech-zone qudt-unit:NUM false)
        ("of-two-indicators" period:2018-01-to-04 period:2017 place:kunming-high-tech-zone qudt-unit:NUM false)
    }
    BIND(?printedUnit AS ?unit)
    BIND(IRI(CONCAT(STR(observation:), ?name, "-part")) AS ?part)
    BIND(IRI(CONCAT(STR(observation:), ?name, "-whole")) AS ?whole)
    BIND(IRI(CONCAT(STR(indicator:), ?name)) AS ?indicator)
    BIND(IF(?same, ?indicator, IRI(CONCAT(STR(indicator:), ?name, "-total"))) AS ?wholeIndicator)
}

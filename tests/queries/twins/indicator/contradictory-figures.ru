# A second figure for the growth of retail sales in 2017: 11%. Then pairs of figures, each of an indicator of its
# own, told in a line a figure: what makes the two of a pair comparable or not, and bounds that touch or not.
# new: observation:other
# new: observation:both-undated-1
# new: observation:same-stage-1
# new: observation:same-kind-1
# new: observation:same-level-1
# new: observation:under-over-1
# new: observation:over-under-1
# new: observation:touch-open-first-1
# new: observation:touch-open-second-1
# new: observation:touch-reversed-open-first-1
# new: observation:touch-reversed-open-second-1
# new: observation:two-units-1
# new: observation:no-scale-1

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX counted-kind: <https://w3id.org/parkgraph/code/counted-kind/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX level: <https://w3id.org/parkgraph/code/level/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reform-stage: <https://w3id.org/parkgraph/code/reform-stage/>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>

INSERT DATA {
    observation:other a park:Observation ; rdfs:label "另一数据"@zh , "another figure"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:retail-sales-growth ; park:period period:2017 ;
        park:statedValue 11.0 ; park:unit qudt-unit:PERCENT ; park:printedForm "11%" ; park:qualifier qualifier:exactly ;
        park:lowerBound 11.0 ; park:upperBound 11.0 ; park:lowerInclusive true ; park:upperInclusive true ;
        park:basis basis:stated ; park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/526-542> .
} ;
INSERT {
    ?figure a park:Observation ; rdfs:label ?zh , ?en ;
        park:about place:kunming-high-tech-zone ; park:indicator ?indicator ; park:period ?period ;
        park:reformStage ?stage ; park:coversKind ?kind ; park:coversLevel ?level ;
        park:statedValue ?value ; park:unit ?unit ; park:printedForm ?printed ; park:qualifier ?qualifier ;
        park:lowerBound ?low ; park:upperBound ?high ; park:lowerInclusive ?closed ; park:upperInclusive ?closed ; park:normalizedValue ?value ;
        park:basis basis:stated ; park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/526-542> .
}
WHERE {
    VALUES (?name ?number ?period ?stage ?kind ?level ?qualifier ?value ?unit) {
        # Both are without a period, or of one stage, kind, level: they contradict each other.
        ("both-undated" 1 UNDEF UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("both-undated" 2 UNDEF UNDEF UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("same-stage" 1 UNDEF reform-stage:after UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("same-stage" 2 UNDEF reform-stage:after UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("same-kind" 1 period:2017 UNDEF counted-kind:patent-grant UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("same-kind" 2 period:2017 UNDEF counted-kind:patent-grant UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("same-level" 1 period:2017 UNDEF UNDEF level:national qualifier:exactly 5 qudt-unit:NUM)
        ("same-level" 2 period:2017 UNDEF UNDEF level:national qualifier:exactly 6 qudt-unit:NUM)

        # Only one of the two has one, or another one: they do not.
        ("period-of-first" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("period-of-first" 2 UNDEF UNDEF UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("other-stage" 1 UNDEF reform-stage:before UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("other-stage" 2 UNDEF reform-stage:after UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("kind-of-first" 1 period:2017 UNDEF counted-kind:patent-grant UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("kind-of-first" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("kind-of-second" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("kind-of-second" 2 period:2017 UNDEF counted-kind:patent-grant UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("other-kind" 1 period:2017 UNDEF counted-kind:patent-application UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("other-kind" 2 period:2017 UNDEF counted-kind:patent-grant UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("level-of-first" 1 period:2017 UNDEF UNDEF level:national qualifier:exactly 5 qudt-unit:NUM)
        ("level-of-first" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
        ("level-of-second" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("level-of-second" 2 period:2017 UNDEF UNDEF level:national qualifier:exactly 6 qudt-unit:NUM)

        # Bounds on one side only, apart from each other, and touching: then they contradict if one is open.
        ("under-over" 1 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 5 qudt-unit:NUM)
        ("under-over" 2 period:2017 UNDEF UNDEF UNDEF qualifier:more-than 6 qudt-unit:NUM)
        ("over-under" 1 period:2017 UNDEF UNDEF UNDEF qualifier:more-than 6 qudt-unit:NUM)
        ("over-under" 2 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 5 qudt-unit:NUM)
        ("under-exactly" 1 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 6 qudt-unit:NUM)
        ("under-exactly" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("exactly-under" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)
        ("exactly-under" 2 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 6 qudt-unit:NUM)
        ("touch-open-first" 1 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 5 qudt-unit:NUM)
        ("touch-open-first" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5 qudt-unit:NUM)
        ("touch-open-second" 1 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 5 qudt-unit:NUM)
        ("touch-open-second" 2 period:2017 UNDEF UNDEF UNDEF qualifier:more-than 5 qudt-unit:NUM)
        ("touch-reversed-open-first" 1 period:2017 UNDEF UNDEF UNDEF qualifier:more-than 5 qudt-unit:NUM)
        ("touch-reversed-open-first" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 5 qudt-unit:NUM)
        ("touch-reversed-open-second" 1 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5 qudt-unit:NUM)
        ("touch-reversed-open-second" 2 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 5 qudt-unit:NUM)
        ("touch-closed" 1 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 5 qudt-unit:NUM)
        ("touch-closed" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5 qudt-unit:NUM)
        ("touch-reversed-closed" 1 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5 qudt-unit:NUM)
        ("touch-reversed-closed" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 5 qudt-unit:NUM)
        ("overlap-open" 1 period:2017 UNDEF UNDEF UNDEF qualifier:nearly 6 qudt-unit:NUM)
        ("overlap-open" 2 period:2017 UNDEF UNDEF UNDEF qualifier:more-than 5 qudt-unit:NUM)
        ("about" 1 period:2017 UNDEF UNDEF UNDEF qualifier:about 6 qudt-unit:NUM)
        ("about" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:NUM)

        # Units: of one scale, of none, of two.
        ("two-units" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 1 unit:yi-usd)
        ("two-units" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5000 unit:wan-usd)
        ("same-in-two-units" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 1 unit:yi-usd)
        ("same-in-two-units" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 10000 unit:wan-usd)
        ("no-scale" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 unit:working-day)
        ("no-scale" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 6 unit:working-day)
        ("other-scale" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5 qudt-unit:PERCENT)
        ("other-scale" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 6 qudt-unit:NUM)
    }
    BIND(IRI(CONCAT(STR(observation:), ?name, "-", STR(?number))) AS ?figure)
    BIND(IRI(CONCAT(STR(indicator:), ?name)) AS ?indicator)
    BIND(STRLANG(CONCAT("数据 ", ?name, " ", STR(?number)), "zh") AS ?zh)
    BIND(STRLANG(CONCAT("figure ", ?name, " ", STR(?number)), "en") AS ?en)
    BIND(STR(?value) AS ?printed)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:more-than), ?value, ?nothing) AS ?low)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-most, qualifier:nearly), ?value, ?nothing) AS ?high)
    BIND(IF(?qualifier = qualifier:about, ?nothing, ?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:at-most))
         AS ?closed)
}

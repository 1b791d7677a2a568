# The figure for foreign trade is limited; the joint total of patents is one of granted patents alone. Then pairs of
# figures, each of an indicator of its own: whether the second keeps the first out.
# gone: observation:2017-foreign-trade
# new: observation:2017-patents
# new: observation:alone-1
# new: observation:beside-joint-total-1
# new: observation:beside-part-1
# new: observation:same-kind-1
# new: observation:same-level-1
# new: observation:at-least-as-much-1
# new: observation:at-most-as-much-1
# new: observation:at-most-more-1
# new: observation:said-twice-1
# new: observation:limited-in-other-unit-1

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
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA {
  observation:2017-foreign-trade park:qualifier qualifier:exactly .
  observation:2017-patents park:jointTotal true ; park:coversKind counted-kind:patent-application .
} ;
INSERT DATA {
  observation:2017-foreign-trade park:qualifier qualifier:nearly .
  period:from-2018 a park:Period ; rdfs:label "2018年起"@zh , "from 2018"@en ; park:startDate "2018-01-01"^^xsd:date .
} ;
INSERT {
    ?figure a park:Observation ; rdfs:label ?zh , ?en ;
        park:about place:kunming-high-tech-zone ; park:indicator ?indicator ; park:period ?period ;
        park:coversKind ?kind ; park:coversLevel ?level ; park:jointTotal ?joint ;
        park:statedValue ?value ; park:unit ?unit ; park:printedForm ?printed ; park:qualifier ?qualifier ;
        park:lowerBound ?low ; park:upperBound ?high ; park:lowerInclusive ?closed ; park:upperInclusive ?closed ;
        park:normalizedValue ?normalizedValue ; park:normalizedUnit ?normalizedUnit ;
        park:basis basis:stated ; park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/526-542> .
    ?indicator a park:Indicator ; rdfs:label ?zh , ?en .
}
WHERE {
    VALUES (?name ?number ?period ?kind ?level ?joint ?qualifier ?value ?unit) {
        ("alone" 1 period:from-2018 UNDEF UNDEF UNDEF qualifier:exactly 5.0 unit:working-day)
        ("alone" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 6.0 unit:working-day)
        ("beside-joint-total" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("beside-joint-total" 2 period:2017 UNDEF UNDEF true qualifier:exactly 6.0 qudt-unit:NUM)

        # What only one of the two counts, or both.
        ("beside-part" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("beside-part" 2 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:at-most 4.0 qudt-unit:NUM)
        ("beside-part" 3 period:2017 UNDEF level:national UNDEF qualifier:at-most 4.0 qudt-unit:NUM)
        ("part-of-kind" 1 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("part-of-kind" 2 period:2017 counted-kind:patent-application UNDEF UNDEF qualifier:at-least 5.0 qudt-unit:NUM)
        ("part-of-level" 1 period:2017 UNDEF level:national UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("part-of-level" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5.0 qudt-unit:NUM)
        ("same-kind" 1 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("same-kind" 2 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:at-least 5.0 qudt-unit:NUM)
        ("same-level" 1 period:2017 UNDEF level:national UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("same-level" 2 period:2017 UNDEF level:national UNDEF qualifier:at-least 5.0 qudt-unit:NUM)
        ("more-of-same-kind" 1 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("more-of-same-kind" 2 period:2017 counted-kind:patent-grant UNDEF UNDEF qualifier:at-least 6.0 qudt-unit:NUM)
        ("more-of-same-level" 1 period:2017 UNDEF level:national UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("more-of-same-level" 2 period:2017 UNDEF level:national UNDEF qualifier:at-least 6.0 qudt-unit:NUM)

        # Bounds that exclude the first figure, or just do not.
        ("at-least-more" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("at-least-more" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 6.0 qudt-unit:NUM)
        ("at-least-as-much" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("at-least-as-much" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 5.0 qudt-unit:NUM)
        ("at-most-less" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("at-most-less" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 4.0 qudt-unit:NUM)
        ("at-most-as-much" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("at-most-as-much" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 5.0 qudt-unit:NUM)
        ("at-most-more" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("at-most-more" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-most 6.0 qudt-unit:NUM)

        # Said once more; in another unit, exactly and not.
        ("said-twice" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("said-twice" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("in-two-units" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("in-two-units" 2 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:PERCENT)
        ("limited-in-other-unit" 1 period:2017 UNDEF UNDEF UNDEF qualifier:exactly 5.0 qudt-unit:NUM)
        ("limited-in-other-unit" 2 period:2017 UNDEF UNDEF UNDEF qualifier:at-least 6.0 qudt-unit:PERCENT)
    }
    BIND(IRI(CONCAT(STR(observation:), ?name, "-", STR(?number))) AS ?figure)
    BIND(IRI(CONCAT(STR(indicator:), ?name)) AS ?indicator)
    BIND(STRLANG(CONCAT("数据 ", ?name), "zh") AS ?zh)
    BIND(STRLANG(CONCAT("figure ", ?name), "en") AS ?en)
    BIND(STR(?value) AS ?printed)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-least), ?value, ?nothing) AS ?low)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-most), ?value, ?nothing) AS ?high)
    BIND(true AS ?closed)
    OPTIONAL { ?unit qudt:scalingOf ?normalizedUnit }
    BIND(IF(BOUND(?normalizedUnit), ?value, ?nothing) AS ?normalizedValue)
}

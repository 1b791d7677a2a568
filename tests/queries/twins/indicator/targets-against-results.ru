# Twelve new high-tech enterprises in 2017, not 32: less than the target of at least 20. Then targets, each of an
# indicator of its own, with their results. The source is older, so that these come after the targets.
# gone: "older"
# new: "below"
# new: observation:later-target-1
# new: observation:overlapping-2

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
PREFIX schema: <https://schema.org/>
PREFIX target: <https://w3id.org/parkgraph/id/target/>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE { ?source schema:datePublished ?published }
INSERT { ?source schema:datePublished "2016-01-01T08:00:00+08:00"^^xsd:dateTime }
WHERE { ?source schema:datePublished ?published } ;
DELETE DATA {
    observation:2017-new-high-tech-enterprises park:lowerBound 32.0 ; park:upperBound 32.0 .
} ;
INSERT DATA {
    observation:2017-new-high-tech-enterprises park:lowerBound 12.0 ; park:upperBound 12.0 .
    period:2017-07-to-2018-06 a park:Period ; rdfs:label "2017年7月至2018年6月"@zh , "July 2017 to June 2018"@en ;
        park:startDate "2017-07-01"^^xsd:date ; park:endDate "2018-06-30"^^xsd:date .
} ;
INSERT {
    ?target a park:Target ; rdfs:label ?zh , ?en ;
        park:about place:kunming-high-tech-zone ; park:indicator ?indicator ; park:period ?due ;
        park:statedValue ?aim ; park:unit ?aimUnit ; park:printedForm ?aimPrinted ; park:qualifier ?aimQualifier ;
        park:lowerBound ?aimLow ; park:upperBound ?aimHigh ; park:lowerInclusive ?aimClosed ; park:upperInclusive ?aimClosed ;
        park:normalizedValue ?aim ; park:basis basis:stated ; park:evidence passage:526-542 .
    ?figure a park:Observation ; rdfs:label ?zh , ?en ;
        park:about place:kunming-high-tech-zone ; park:indicator ?indicator ; park:period ?period ;
        park:statedValue ?value ; park:unit ?unit ; park:printedForm ?printed ; park:qualifier ?qualifier ;
        park:lowerBound ?low ; park:upperBound ?high ; park:lowerInclusive ?closed ; park:upperInclusive ?closed ;
        park:normalizedValue ?value ; park:basis basis:stated ; park:evidence passage:526-542 .
}
WHERE {
    VALUES (?name ?number ?aimQualifier ?aim ?aimUnit ?due ?qualifier ?value ?unit ?period) {
        # Bounds that exclude, touch, contain each other; other units.
        ("under-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-most 19.0 qudt-unit:NUM period:2017)
        ("up-to-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-most 20.0 qudt-unit:NUM period:2017)
        ("not-quite-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:nearly 20.0 qudt-unit:NUM period:2017)
        ("floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 20.0 qudt-unit:NUM period:2017)
        ("more-than-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:more-than 20.0 qudt-unit:NUM period:2017)
        ("over-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 21.0 qudt-unit:NUM period:2017)
        ("from-below-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-least 19.0 qudt-unit:NUM period:2017)
        ("open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:exactly 20.0 qudt-unit:NUM period:2017)
        ("from-open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:at-least 20.0 qudt-unit:NUM period:2017)
        ("more-than-open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:more-than 20.0 qudt-unit:NUM period:2017)
        ("limited-over-floor" 1 qualifier:at-least 5.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2017)
        ("over-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-least 11.0 qudt-unit:NUM period:2017)
        ("from-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-least 10.0 qudt-unit:NUM period:2017)
        ("more-than-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:more-than 10.0 qudt-unit:NUM period:2017)
        ("ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2017)
        ("nearly-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2017)
        ("under-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:exactly 9.0 qudt-unit:NUM period:2017)
        ("up-to-more-than-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-most 11.0 qudt-unit:NUM period:2017)
        ("open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2017)
        ("up-to-open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:at-most 10.0 qudt-unit:NUM period:2017)
        ("nearly-open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2017)
        ("both-bounds" 1 qualifier:exactly 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2017)
        ("about-aim" 1 qualifier:about 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2017)
        ("about-result" 1 qualifier:at-least 10.0 qudt-unit:NUM UNDEF qualifier:about 10.0 qudt-unit:NUM period:2017)
        ("two-units" 1 qualifier:at-least 1.0 unit:yi-usd UNDEF qualifier:exactly 5000.0 unit:wan-usd period:2017)
        ("same-in-two-units" 1 qualifier:at-least 10000.0 unit:wan-usd UNDEF qualifier:exactly 1.0 unit:yi-usd period:2017)
        ("no-scale" 1 qualifier:at-most 5.0 unit:working-day UNDEF qualifier:exactly 6.0 unit:working-day period:2017)
        ("other-scale" 1 qualifier:at-least 5.0 qudt-unit:PERCENT UNDEF qualifier:exactly 6.0 qudt-unit:NUM period:2017)

        # The target is of a later period than the result; of two results the one whose period ends later counts.
        ("later-target" 1 qualifier:at-least 20.0 qudt-unit:NUM period:2018-to-date qualifier:exactly 21.0 qudt-unit:NUM period:2017)
        ("overlapping" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 19.0 qudt-unit:NUM period:2017)
        ("overlapping" 2 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 21.0 qudt-unit:NUM period:2017-07-to-2018-06)
        ("same-period" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 19.0 qudt-unit:NUM period:2017)
        ("same-period" 2 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 21.0 qudt-unit:NUM period:2017)
    }
    BIND(IRI(CONCAT(STR(target:), ?name)) AS ?target)
    BIND(IRI(CONCAT(STR(observation:), ?name, "-", STR(?number))) AS ?figure)
    BIND(IRI(CONCAT(STR(indicator:), ?name)) AS ?indicator)
    BIND(STRLANG(CONCAT("数据 ", ?name), "zh") AS ?zh)
    BIND(STRLANG(CONCAT("figure ", ?name), "en") AS ?en)
    BIND(STR(?aim) AS ?aimPrinted)
    BIND(STR(?value) AS ?printed)
    BIND(IF(?aimQualifier IN (qualifier:exactly, qualifier:at-least, qualifier:more-than), ?aim, ?nothing) AS ?aimLow)
    BIND(IF(?aimQualifier IN (qualifier:exactly, qualifier:at-most, qualifier:nearly), ?aim, ?nothing) AS ?aimHigh)
    BIND(IF(?aimQualifier = qualifier:about, ?nothing,
            ?aimQualifier IN (qualifier:exactly, qualifier:at-least, qualifier:at-most)) AS ?aimClosed)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:more-than), ?value, ?nothing) AS ?low)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-most, qualifier:nearly), ?value, ?nothing) AS ?high)
    BIND(IF(?qualifier = qualifier:about, ?nothing,
            ?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:at-most)) AS ?closed)
}

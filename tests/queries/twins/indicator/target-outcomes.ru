# A later article reports 18 new high-tech enterprises for 2018: the target of at least 20 was missed; it sets a target
# for 2019. Then targets, each of an indicator of its own, with what was reported.
# gone: target:new-high-tech-enterprises
# new: "below"
# new: observation:due-1
# new: observation:due-before-1

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX later: <https://w3id.org/parkgraph/source/later/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX target: <https://w3id.org/parkgraph/id/target/>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    source:later a park:NewsArticle ; schema:datePublished "2019-06-20T08:00:00+08:00"^^xsd:dateTime ;
        rdfs:label "后来的报道"@zh , "a later article"@en .
    later:0-9 a park:Passage ; park:inSource source:later ; park:start 0 ; park:end 9 .
    period:2018 a park:Period ; rdfs:label "2018年"@zh , "2018"@en ;
        park:startDate "2018-01-01"^^xsd:date ; park:endDate "2018-12-31"^^xsd:date .
    period:2019 a park:Period ; rdfs:label "2019年"@zh , "2019"@en ;
        park:startDate "2019-01-01"^^xsd:date ; park:endDate "2019-12-31"^^xsd:date .
    observation:later a park:Observation ; rdfs:label "2018年新增高新技术企业"@zh , "new high-tech enterprises, 2018"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:period period:2018 ; park:statedValue 18.0 ; park:unit qudt-unit:NUM ; park:printedForm "18户" ;
        park:qualifier qualifier:exactly ; park:lowerBound 18.0 ; park:upperBound 18.0 ; park:lowerInclusive true ; park:upperInclusive true ;
        park:basis basis:stated ; park:evidence later:0-9 .
    target:set-again a park:Target ; rdfs:label "再次提出的目标"@zh , "target set again"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:period period:2019 ; park:statedValue 20.0 ; park:unit qudt-unit:NUM ; park:printedForm "20户" ;
        park:qualifier qualifier:exactly ; park:lowerBound 20.0 ; park:upperBound 20.0 ; park:lowerInclusive true ; park:upperInclusive true ;
        park:basis basis:stated ; park:evidence later:0-9 .
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
        park:normalizedValue ?value ; park:basis basis:stated ; park:evidence ?said .
}
WHERE {
    VALUES (?name ?number ?aimQualifier ?aim ?aimUnit ?due ?qualifier ?value ?unit ?period ?said) {
        # Bounds that exclude, touch, contain each other; other units.
        ("under-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-most 19.0 qudt-unit:NUM period:2018 later:0-9)
        ("up-to-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-most 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("not-quite-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:nearly 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("more-than-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:more-than 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("over-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 21.0 qudt-unit:NUM period:2018 later:0-9)
        ("from-below-floor" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:at-least 19.0 qudt-unit:NUM period:2018 later:0-9)
        ("open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:exactly 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("from-open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:at-least 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("more-than-open-floor" 1 qualifier:more-than 20.0 qudt-unit:NUM UNDEF qualifier:more-than 20.0 qudt-unit:NUM period:2018 later:0-9)
        ("limited-over-floor" 1 qualifier:at-least 5.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("over-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-least 11.0 qudt-unit:NUM period:2018 later:0-9)
        ("from-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-least 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("more-than-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:more-than 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("nearly-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("under-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:exactly 9.0 qudt-unit:NUM period:2018 later:0-9)
        ("up-to-more-than-ceiling" 1 qualifier:at-most 10.0 qudt-unit:NUM UNDEF qualifier:at-most 11.0 qudt-unit:NUM period:2018 later:0-9)
        ("open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("up-to-open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:at-most 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("nearly-open-ceiling" 1 qualifier:nearly 10.0 qudt-unit:NUM UNDEF qualifier:nearly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("both-bounds" 1 qualifier:exactly 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("about-aim" 1 qualifier:about 10.0 qudt-unit:NUM UNDEF qualifier:exactly 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("about-result" 1 qualifier:at-least 10.0 qudt-unit:NUM UNDEF qualifier:about 10.0 qudt-unit:NUM period:2018 later:0-9)
        ("two-units" 1 qualifier:at-least 1.0 unit:yi-usd UNDEF qualifier:exactly 5000.0 unit:wan-usd period:2018 later:0-9)
        ("same-in-two-units" 1 qualifier:at-least 10000.0 unit:wan-usd UNDEF qualifier:exactly 1.0 unit:yi-usd period:2018 later:0-9)
        ("no-scale" 1 qualifier:at-most 5.0 unit:working-day UNDEF qualifier:exactly 6.0 unit:working-day period:2018 later:0-9)
        ("other-scale" 1 qualifier:at-least 5.0 qudt-unit:PERCENT UNDEF qualifier:exactly 6.0 qudt-unit:NUM period:2018 later:0-9)

        # A target for a period is judged by the figure of that period, another by any that ends later; what the
        # same article reports is no outcome.
        ("due" 1 qualifier:at-least 20.0 qudt-unit:NUM period:2018 qualifier:exactly 19.0 qudt-unit:NUM period:2018 later:0-9)
        ("due" 2 qualifier:at-least 20.0 qudt-unit:NUM period:2018 qualifier:exactly 21.0 qudt-unit:NUM period:2019 later:0-9)
        ("due-before" 1 qualifier:at-least 20.0 qudt-unit:NUM period:2017 qualifier:exactly 19.0 qudt-unit:NUM period:2017 later:0-9)
        ("ends-before" 1 qualifier:at-least 20.0 qudt-unit:NUM UNDEF qualifier:exactly 19.0 qudt-unit:NUM period:2017 later:0-9)
        ("same-article" 1 qualifier:at-least 20.0 qudt-unit:NUM period:2017 qualifier:exactly 19.0 qudt-unit:NUM period:2017 passage:526-542)
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

# Total revenue was about 2000: it has no bounds.
# Other parks have figures on both sides of the threshold, and just there.
# new: place:park-2
# new: place:park-4
# new: place:park-9
# gone: "certain"
# new: "possible"

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>

DELETE DATA { observation:2017-total-revenue park:qualifier qualifier:more-than ; park:lowerBound 2000.0 ; park:lowerInclusive false ; park:upperInclusive false } ;
INSERT DATA { observation:2017-total-revenue park:qualifier qualifier:about } ;
INSERT {
    ?park a park:Park ; rdfs:label ?zh , ?en ; park:evidence passage:526-542 .
    ?figure a park:Observation ; rdfs:label ?zh , ?en ; park:about ?park ; park:indicator indicator:total-revenue ;
        park:statedValue ?value ; park:unit ?unit ; park:printedForm ?printed ; park:qualifier ?qualifier ;
        park:lowerBound ?low ; park:upperBound ?high ; park:lowerInclusive ?closed ; park:upperInclusive ?closed ;
        park:normalizedValue ?normalized ; park:normalizedUnit qudt-unit:CCY_CNY ;
        park:basis basis:stated ; park:evidence passage:526-542 .
}
WHERE {
    VALUES (?number ?qualifier ?value ?unit) {
        (1 qualifier:exactly 2000.0 unit:yi-yuan)
        (2 qualifier:exactly 2001.0 unit:yi-yuan)
        (3 qualifier:exactly 1999.0 unit:yi-yuan)
        (4 qualifier:at-least 2000.0 unit:yi-yuan)
        (5 qualifier:more-than 2000.0 unit:yi-yuan)
        (6 qualifier:at-least 1999.0 unit:yi-yuan)
        (7 qualifier:at-most 2000.0 unit:yi-yuan)
        (8 qualifier:nearly 2000.0 unit:yi-yuan)
        (9 qualifier:at-most 2001.0 unit:yi-yuan)
        (10 qualifier:exactly 200000000001.0 qudt-unit:CCY_CNY)
    }
    BIND(IRI(CONCAT(STR(place:), "park-", STR(?number))) AS ?park)
    BIND(IRI(CONCAT(STR(observation:), "revenue-", STR(?number))) AS ?figure)
    BIND(STRLANG(CONCAT("园区 ", STR(?number)), "zh") AS ?zh)
    BIND(STRLANG(CONCAT("park ", STR(?number)), "en") AS ?en)
    BIND(STR(?value) AS ?printed)
    BIND(IF(?unit = unit:yi-yuan, 100000000.0 * ?value, ?value) AS ?normalized)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:more-than), ?value, ?nothing) AS ?low)
    BIND(IF(?qualifier IN (qualifier:exactly, qualifier:at-most, qualifier:nearly), ?value, ?nothing) AS ?high)
    BIND(?qualifier IN (qualifier:exactly, qualifier:at-least, qualifier:at-most) AS ?closed)
}

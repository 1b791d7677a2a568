# A later article sets the target of at least 20 new high-tech enterprises again.
# Its share of revenue too, and what the same article says is not said again.
# new: target:later-share
# new: target:later

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX later: <https://w3id.org/parkgraph/source/later/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX target: <https://w3id.org/parkgraph/id/target/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    source:later a park:NewsArticle ; schema:datePublished "2019-06-20T08:00:00+08:00"^^xsd:dateTime ;
        rdfs:label "后来的报道"@zh , "a later article"@en .
    later:0-9 a park:Passage ; park:inSource source:later ; park:start 0 ; park:end 9 .
    target:later a park:Target ; rdfs:label "后来的目标"@zh , "a later target"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:statedValue 20.0 ; park:unit qudt-unit:NUM ; park:printedForm "20户" ; park:qualifier qualifier:at-least ;
        park:lowerBound 20.0 ; park:lowerInclusive true ; park:upperInclusive true ; park:basis basis:stated ; park:evidence later:0-9 .
} ;
INSERT {
    target:later-share a park:Target ; rdfs:label "后来的占比目标"@zh , "a later target for the share"@en ; ?property ?value ;
        park:evidence later:0-9 .
    target:same-article a park:Target ; rdfs:label "同一报道的目标"@zh , "target of the same article"@en ; ?property ?value ;
        park:evidence ?passage .
}
WHERE {
    target:high-tech-enterprises-revenue-share ?property ?value ; park:evidence ?passage .
    FILTER(?property NOT IN (park:evidence, rdfs:label))
}

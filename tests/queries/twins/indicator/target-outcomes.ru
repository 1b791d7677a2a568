# A later article reports 18 new high-tech enterprises for 2018: the target of at least 20 was missed.
# gone: target:new-high-tech-enterprises
# new: "below"

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX later: <https://w3id.org/parkgraph/source/later/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    source:later a park:NewsArticle ; schema:datePublished "2019-06-20T08:00:00+08:00"^^xsd:dateTime ;
        rdfs:label "后来的报道"@zh , "a later article"@en .
    later:0-9 a park:Passage ; park:inSource source:later ; park:start 0 ; park:end 9 .
    period:2018 a park:Period ; rdfs:label "2018年"@zh , "2018"@en ;
        park:startDate "2018-01-01"^^xsd:date ; park:endDate "2018-12-31"^^xsd:date .
    observation:later a park:Observation ; rdfs:label "2018年新增高新技术企业"@zh , "new high-tech enterprises, 2018"@en ;
        park:about place:kunming-high-tech-zone ; park:indicator indicator:new-high-tech-enterprises ;
        park:period period:2018 ; park:statedValue 18.0 ; park:unit unit:hu ; park:printedForm "18户" ;
        park:qualifier qualifier:exactly ; park:lowerBound 18.0 ; park:upperBound 18.0 ; park:boundsInclusive true ;
        park:basis basis:stated ; park:evidence later:0-9 .
}

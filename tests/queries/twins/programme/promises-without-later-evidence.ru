# A later article speaks of handing over functions, and another statement about KPI assessment rests on it.
# gone: undertaking:transfer-functions
# gone: undertaking:advance-kpi-assessment

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX later: <https://w3id.org/parkgraph/source/later/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    source:later a park:NewsArticle ; schema:datePublished "2019-06-20T08:00:00+08:00"^^xsd:dateTime ;
        rdfs:label "后来的报道"@zh , "a later article"@en .
    later:0-9 a park:Passage ; park:inSource source:later ; park:start 0 ; park:end 9 .
    undertaking:transfer-functions park:evidence later:0-9 .
    assessment:later a park:Assessment ; park:about undertaking:advance-kpi-assessment ; park:evidence later:0-9 .
}

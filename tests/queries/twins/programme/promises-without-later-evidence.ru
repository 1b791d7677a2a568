# A later article speaks of handing over functions, and another statement about KPI assessment rests on it.
# An assessment that rests on the same article says nothing later; one action is achieved; two cite an earlier passage too.
# given area: programme:five-areas-reform programme:121382-1
# new: undertaking:later
# gone: reform:function-transfer
# gone: reform:kpi-performance

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX later: <https://w3id.org/parkgraph/source/later/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX schema: <https://schema.org/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    source:later a park:NewsArticle ; schema:datePublished "2019-06-20T08:00:00+08:00"^^xsd:dateTime ;
        rdfs:label "后来的报道"@zh , "a later article"@en .
    later:0-9 a park:Passage ; park:inSource source:later ; park:start 0 ; park:end 9 .
    reform:function-transfer park:evidence later:0-9 .
    assessment:later a park:Assessment ; park:about reform:kpi-performance ; park:evidence later:0-9 .
} ;
INSERT DATA {
  assessment:same a park:Assessment ; park:about undertaking:transfer-market-supervision ; park:evidence passage:3019-3022 .
  undertaking:achieved a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:contributesTo programme:five-areas-reform ; park:evidence passage:3019-3022 .
  status-record:achieved a park:StatusRecord ; park:statusOf undertaking:achieved ; park:status status:achieved ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
  undertaking:transfer-public-services park:evidence passage:73-98 .
  undertaking:later a park:Undertaking ; rdfs:label "后来的行动"@zh , "a later action"@en ;
    park:contributesTo programme:five-areas-reform ; park:evidence later:0-9 .
  status-record:later a park:StatusRecord ; park:statusOf undertaking:later ; park:status status:planned ;
    park:date "2019-06-20"^^xsd:date ; park:basis basis:stated .
}

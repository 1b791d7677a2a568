# The garden on Liangwang Mountain has been built; the software park is only planned.
# So has one of another park, and one of none; that is inferred; another vocabulary has a class for it; a
# reasoner puts its class below itself.
# given status: status:achieved status:under-way
# given park: place:kunming-high-tech-zone
# gone: platform:software-park
# new: undertaking:build-liangwang-park

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

# A later record says otherwise.
INSERT DATA {
  status-record:twin-2 a park:StatusRecord ; park:statusOf platform:software-park ; park:status status:planned ;
    park:date "2019-06-20"^^xsd:date ; park:basis basis:stated .
  status-record:twin a park:StatusRecord ; park:statusOf undertaking:build-liangwang-park ; park:status status:achieved ;
    park:date "2019-06-20"^^xsd:date ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
} ;
INSERT DATA {
  undertaking:build-liangwang-park a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  undertaking:twin a park:Undertaking ; rdfs:label "别处的行动"@zh , "an action elsewhere"@en ;
    park:ofPark place:elsewhere .
  status-record:twin-3 a park:StatusRecord ; park:statusOf undertaking:twin ; park:status status:achieved ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
}

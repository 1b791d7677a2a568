# The garden on Liangwang Mountain has been built; the software park is only planned.
# So has one of another park, and one of none; that is inferred; another vocabulary has a class for it; a
# reasoner puts its class below itself.
# given status: status:achieved status:target
# given park: place:kunming-high-tech-zone
# gone: platform:software-park
# new: undertaking:build-liangwang-park

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { platform:software-park park:status status:achieved } ;
INSERT DATA { platform:software-park park:status status:planned . undertaking:build-liangwang-park park:status status:achieved } ;
INSERT DATA {
  annotation:twin owl:annotatedSource undertaking:build-liangwang-park ; owl:annotatedProperty park:status ;
    owl:annotatedTarget status:achieved ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  undertaking:build-liangwang-park a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  undertaking:twin a park:Undertaking ; rdfs:label "别处的行动"@zh , "an action elsewhere"@en ;
    park:status status:achieved ; park:ofPark place:elsewhere .
}

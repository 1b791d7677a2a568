# Fostering high-tech industries does not follow the mission.
# That two keep to the approaches is inferred, once without a reason; another action keeps to one and cites
# nothing; another vocabulary has a class for one; a reasoner puts its class below itself.
# gone: undertaking:foster-high-tech-industries
# new: basis:inference	"只为试验。"@zh
# new: undertaking:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:foster-high-tech-industries park:guidedBy principle:mission } ;
INSERT DATA {
  undertaking:adjust-industry-layout park:guidedBy principle:areas-link-up .
  undertaking:build-service-modes park:guidedBy principle:big-investors .
  annotation:twin owl:annotatedSource undertaking:adjust-industry-layout ; owl:annotatedProperty park:guidedBy ;
    owl:annotatedTarget principle:areas-link-up ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en ;
    park:evidence passage:3202-3228 .
  undertaking:adjust-industry-layout a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  annotation:twin-2 owl:annotatedSource undertaking:build-service-modes ; owl:annotatedProperty park:guidedBy ;
    owl:annotatedTarget principle:big-investors ; park:basis basis:stated ; park:evidence passage:3058-3067 .
  undertaking:twin a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:guidedBy principle:big-investors .
}

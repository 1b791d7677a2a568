# The garden is built elsewhere; a principle applies to the mountain.
# That one concerns the mountain is inferred; a strategic framework of the park and an action of no park do
# too; another vocabulary has a class for one; a reasoner puts its class below itself.
# given place: place:liangwang-mountain place:east-area
# gone: undertaking:build-liangwang-park
# new: principle:mission
# new: basis:inference	"只为试验。"@zh
# new: policy:three-cards

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:build-liangwang-park park:concerns place:liangwang-mountain } ;
INSERT DATA { principle:mission park:appliesTo place:liangwang-mountain } ;
INSERT DATA {
  annotation:twin owl:annotatedSource undertaking:liangwang-brand-sport ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget place:liangwang-mountain ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  undertaking:liangwang-brand-sport a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  policy:three-cards park:concerns place:liangwang-mountain ; park:ofPark place:kunming-high-tech-zone .
  undertaking:twin a park:Undertaking ; rdfs:label "无处的行动"@zh , "an action nowhere"@en ;
    park:concerns place:liangwang-mountain .
}

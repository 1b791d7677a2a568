# The arrangements of the province are not carried out; the second characteristic industry follows the Yangtze belt.
# That the layouts follow the Three Cards is inferred, and said elsewhere; another action follows them, for
# which no passage is given; another vocabulary has a class for one; a reasoner puts its class below itself.
# given level: level:provincial level:national
# gone: undertaking:implement-superior-arrangements	"落实省、市两级党委和政府的部署"@zh
# new: programme:121382-2-2
# new: basis:inference	"只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:implement-superior-arrangements park:guidedBy policy:provincial-work-arrangements } ;
INSERT DATA { programme:121382-2-2 park:guidedBy policy:yangtze-economic-belt } ;
INSERT DATA {
  annotation:twin owl:annotatedSource undertaking:implement-industry-layouts ; owl:annotatedProperty park:guidedBy ;
    owl:annotatedTarget policy:three-cards ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en ;
    park:evidence passage:3058-3067 .
  undertaking:implement-industry-layouts a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  annotation:twin-2 owl:annotatedSource undertaking:implement-industry-layouts ; owl:annotatedProperty park:guidedBy ;
    owl:annotatedTarget policy:kunming-188 ; park:basis basis:stated ; park:evidence passage:3058-3067 .
  undertaking:twin a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:guidedBy policy:three-cards .
}

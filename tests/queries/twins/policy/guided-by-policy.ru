# The layouts of industry are not carried out, but the five projects follow the Eight Key Industries as well.
# That they follow is inferred; that they conform is said elsewhere. Two more actions follow: one that cites
# nothing, one that cites passages of its own; a second policy is asked for. Another vocabulary has a class for the
# group; a reasoner puts its class below itself.
# given policy: policy:eight-key-industries policy:rural-revitalization
# gone: undertaking:implement-industry-layouts
# new: group:june-15-projects
# new: basis:inference	"只为试验。"@zh
# new: undertaking:twin
# new: goal:store-potential

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX goal: <https://w3id.org/parkgraph/id/goal/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:implement-industry-layouts park:guidedBy policy:eight-key-industries } ;
INSERT DATA { group:june-15-projects park:guidedBy policy:eight-key-industries } ;
INSERT DATA {
  annotation:twin owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:guidedBy ;
    owl:annotatedTarget policy:eight-key-industries ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en ;
    park:evidence passage:3058-3067 .
  group:june-15-projects a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Group rdfs:subClassOf park:Group .
  annotation:twin-2 owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:conformsTo ;
    owl:annotatedTarget policy:eight-key-industries ; park:basis basis:stated ; park:evidence passage:3058-3067 .
  goal:store-potential park:guidedBy policy:eight-key-industries .
  undertaking:twin a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:guidedBy policy:eight-key-industries .
}

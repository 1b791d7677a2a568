# An action concerns the other area.
# An assessment is about both areas, by inference; that an action concerns the west is inferred; another
# vocabulary has a class for it; a reasoner puts its class below itself.
# gone: undertaking:raise-east-social-management
# given area: place:east-area place:west-area
# new: assessment:twin
# new: undertaking:raise-east-social-management

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:raise-east-social-management park:concerns place:east-area } ;
INSERT DATA { undertaking:raise-east-social-management park:concerns place:west-area } ;
INSERT DATA {
  assessment:twin a park:Assessment ; park:about place:east-area ; park:basis basis:inference ;
    park:evidence passage:5864-5874 .
  annotation:twin owl:annotatedSource undertaking:raise-east-social-management ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget place:west-area ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  undertaking:raise-east-social-management a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
}

# The talent park has an operator.
# That is inferred; another vocabulary has a class for it; a reasoner puts its class below itself.
# new: platform:talent-park
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

INSERT DATA { platform:talent-park park:operatedBy enterprise:zhongfu-gaoke } ;
INSERT DATA {
  annotation:twin owl:annotatedSource platform:talent-park ; owl:annotatedProperty park:operatedBy ;
    owl:annotatedTarget enterprise:zhongfu-gaoke ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  platform:talent-park a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:TalentPlatform rdfs:subClassOf park:TalentPlatform .
}

# Gene technology is no part of biomedicine.
# That one concerns the industry is inferred; a strategic framework does too; another vocabulary has a class
# for one; a reasoner puts its class below itself.
# gone: industry:gene-technology
# new: basis:inference	"只为试验。"@zh
# new: policy:three-cards

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { industry:gene-technology skos:broader industry:biomedicine } ;
INSERT DATA {
  annotation:twin owl:annotatedSource undertaking:east-biomedicine-cluster ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget industry:biomedicine-and-health ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  undertaking:east-biomedicine-cluster a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Undertaking rdfs:subClassOf park:Undertaking .
  policy:three-cards park:concerns industry:biomedicine .
}

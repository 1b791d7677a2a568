# A firm is a public body.
# That a firm is one is inferred; another vocabulary has a class for it too; a reasoner puts its class below
# itself.
# gone: park:Enterprise	"企业"@zh	enterprise:yunnan-tin
# new: park:PublicBody	"公共机构"@zh	enterprise:yunnan-tin
# new: "只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

DELETE DATA { enterprise:yunnan-tin a park:Enterprise } ;
INSERT DATA { enterprise:yunnan-tin a park:PublicBody } ;
INSERT DATA {
  annotation:twin owl:annotatedSource enterprise:walvax ; owl:annotatedProperty rdf:type ;
    owl:annotatedTarget park:Enterprise ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  enterprise:walvax a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Enterprise rdfs:subClassOf park:Enterprise .
}

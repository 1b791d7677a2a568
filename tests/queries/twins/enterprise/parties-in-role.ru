# One owner is a co-builder.
# The talent park, which has tenants, is a project too, and of a class of another vocabulary; a reasoner puts
# its class below itself.
# gone: enterprise:tongying-group
# given role: role:ascribed role:tenant
# new: park:Project	"项目"@zh

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX role: <https://w3id.org/parkgraph/code/role/>
PREFIX schema: <https://schema.org/>

DELETE DATA { participation:bisplatin-base-owner park:role role:ascribed } ;
INSERT DATA { participation:bisplatin-base-owner park:role role:co-builder } ;
INSERT DATA {
  platform:talent-park a park:Project .
  platform:talent-park a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:TalentPlatform rdfs:subClassOf park:TalentPlatform .
}

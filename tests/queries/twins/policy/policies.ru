# The provincial government issued the Three Cards.
# Another vocabulary has a class for it; a reasoner puts its class below itself.
# given status: status:achieved
# gone: policy:three-cards
# new: organization:provincial-government

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

INSERT DATA { policy:three-cards park:issuedBy organization:provincial-government } ;
INSERT DATA {
  policy:three-cards a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:StrategicFramework rdfs:subClassOf park:StrategicFramework .
}

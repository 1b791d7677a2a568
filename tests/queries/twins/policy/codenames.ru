# No part stands for a digit.
# Another vocabulary has a class for the programme; a reasoner puts its class below itself.
# gone: true
# new: programme:121382

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

DELETE WHERE { ?part park:programmeDigit ?digit } ;
INSERT DATA {
  programme:121382 a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Programme rdfs:subClassOf park:Programme .
}

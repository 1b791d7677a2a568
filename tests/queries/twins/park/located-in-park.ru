# An enterprise stands in an area of the park, so in the park.
# Another park holds a firm, by inference, and another vocabulary has a class for it; a reasoner puts its
# class below itself.
# new: enterprise:haobang-pharma
# given park: place:kunming-high-tech-zone place:elsewhere
# new: place:elsewhere

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

INSERT DATA { enterprise:haobang-pharma park:locatedIn place:west-area } ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  enterprise:walvax park:locatedIn place:elsewhere .
  annotation:twin owl:annotatedSource enterprise:walvax ; owl:annotatedProperty park:locatedIn ;
    owl:annotatedTarget place:elsewhere ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  enterprise:walvax a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Enterprise rdfs:subClassOf park:Enterprise .
}

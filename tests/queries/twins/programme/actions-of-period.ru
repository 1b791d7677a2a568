# Creating an efficient environment is not tied to a period; a reform is.
# That a reform belongs there is inferred; a mission and a strategic framework of another park belong there
# too; another vocabulary has a class for the reform; a reasoner puts its class below itself.
# given period: period:since-1992 period:2017
# given park: place:kunming-high-tech-zone
# gone: undertaking:create-efficient-environment
# new: reform:supplement-later
# new: basis:inference	"只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX schema: <https://schema.org/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:create-efficient-environment park:period period:since-1992 } ;
INSERT DATA { reform:supplement-later park:period period:since-1992 } ;
INSERT DATA {
  annotation:twin owl:annotatedSource reform:supplement-later ; owl:annotatedProperty park:period ;
    owl:annotatedTarget period:since-1992 ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  reform:supplement-later a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Reform rdfs:subClassOf park:Reform .
  policy:three-cards park:period period:since-1992 ; park:ofPark place:kunming-high-tech-zone .
  undertaking:twin a park:Undertaking ; rdfs:label "别处的行动"@zh , "an action elsewhere"@en ;
    park:period period:since-1992 ; park:ofPark place:elsewhere .
  undertaking:twin-2 a park:Undertaking ; rdfs:label "无处的行动"@zh , "an action nowhere"@en ;
    park:period period:since-1992 .
}

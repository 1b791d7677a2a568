# The works started on another day, and one project elsewhere.
# That the park was at the fair is inferred; of another event nothing is known, its passage included; another
# vocabulary has a class for the group; a reasoner puts its class below itself.
# gone: "2018-06-15"^^xsd:date
# new: "2018-06-16"^^xsd:date
# new: event:twin
# new: participation:khtz-at-expo	"昆明高新区在南博会设展台"@zh	park:Participation	"参与"@zh		basis:inference

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX event: <https://w3id.org/parkgraph/id/event/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA {
  event:works-start-2018-06-15 park:date "2018-06-15"^^xsd:date .
  phase-record:bisplatin-base-started park:atEvent event:works-start-2018-06-15
} ;
INSERT DATA { event:works-start-2018-06-15 park:date "2018-06-16"^^xsd:date } ;
DELETE DATA { participation:khtz-at-expo park:basis basis:stated } ;
INSERT DATA {
  participation:khtz-at-expo park:basis basis:inference .
  event:twin a park:Event ; rdfs:label "试验的活动"@zh , "an event for the test"@en .
  group:june-15-projects a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Group rdfs:subClassOf park:Group .
}

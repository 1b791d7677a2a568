# The park is a national innovation demonstration zone already.
# That an award is striven for is inferred, and that a platform is planned; for another platform no passage is
# given; another vocabulary has a class for one; a reasoner puts its class below itself.
# gone: recognition:national-innovation-demonstration-zone
# new: platform:twin
# new: basis:inference

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX recognition: <https://w3id.org/parkgraph/id/recognition/>
PREFIX recognition-status: <https://w3id.org/parkgraph/code/recognition-status/>
PREFIX schema: <https://schema.org/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { recognition:national-innovation-demonstration-zone park:recognitionStatus recognition-status:applied-for } ;
INSERT DATA { recognition:national-innovation-demonstration-zone park:recognitionStatus recognition-status:granted } ;
DELETE DATA { recognition:talent-park-strived-for park:basis basis:stated } ;
DELETE DATA { status-record:financing-2018-06-20 park:basis basis:stated } ;
INSERT DATA {
  recognition:talent-park-strived-for park:basis basis:inference .
  platform:twin a park:Platform ; rdfs:label "试验的平台"@zh , "a platform for the test"@en .
  status-record:twin a park:StatusRecord ; park:statusOf platform:twin ; park:status status:planned ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
  status-record:financing-2018-06-20 park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  platform:financing a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:Platform rdfs:subClassOf park:Platform .
}

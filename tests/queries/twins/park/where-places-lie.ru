# The district lies in the city, so the sub-district does too.
# That is inferred; another vocabulary has a class for the district; a reasoner puts its class below itself.
# gone: place:dongchuan-district	"东川区"@zh	park:AdministrativeUnit	"行政区划"@zh	level:district	"区县级"@zh		
# new: place:tongdu-subdistrict	"铜都街道"@zh	park:AdministrativeUnit	"行政区划"@zh	level:sub-district	"街道级"@zh	place:kunming	
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

INSERT DATA { place:dongchuan-district park:locatedIn place:kunming } ;
INSERT DATA {
  annotation:twin owl:annotatedSource place:dongchuan-district ; owl:annotatedProperty park:locatedIn ;
    owl:annotatedTarget place:kunming ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  place:dongchuan-district a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:AdministrativeUnit rdfs:subClassOf park:AdministrativeUnit .
}

# The park was founded a year later.
# That the committee runs it is inferred.
# gone: 1992
# new: 1993
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { place:kunming-high-tech-zone park:foundedYear "1992"^^xsd:gYear } ;
INSERT DATA { place:kunming-high-tech-zone park:foundedYear "1993"^^xsd:gYear } ;
INSERT DATA {
  annotation:twin owl:annotatedSource place:kunming-high-tech-zone ; owl:annotatedProperty park:administeredBy ;
    owl:annotatedTarget organization:management-committee ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

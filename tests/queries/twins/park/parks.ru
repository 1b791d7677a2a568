# The park was founded a year later.
# gone: 1992
# new: 1993

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { place:kunming-high-tech-zone park:foundedYear "1992"^^xsd:gYear } ;
INSERT DATA { place:kunming-high-tech-zone park:foundedYear "1993"^^xsd:gYear }

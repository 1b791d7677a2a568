# The park has no west area.
# Another park has an area, by inference.
# gone: place:west-area
# given park: place:kunming-high-tech-zone place:elsewhere
# new: place:elsewhere-area

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { place:west-area park:areaOf place:kunming-high-tech-zone . place:kunming-high-tech-zone park:hasArea place:west-area } ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  place:elsewhere-area a park:ParkArea ; park:areaOf place:elsewhere ; rdfs:label "别处的片区"@zh , "an area elsewhere"@en .
  annotation:twin owl:annotatedSource place:elsewhere-area ; owl:annotatedProperty park:areaOf ;
    owl:annotatedTarget place:elsewhere ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

# The workstation has another leader.
# That is inferred, and so is that she was at the fair.
# gone: person:cao-chunan
# new: person:guo-man	"郭曼"@zh	park:leadBy
# new: participation:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX person: <https://w3id.org/parkgraph/id/person/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { platform:cao-chunan-workstation park:leadBy person:cao-chunan } ;
INSERT DATA { platform:cao-chunan-workstation park:leadBy person:guo-man } ;
INSERT DATA {
  participation:twin a park:Participation ; rdfs:label "试验的参与"@zh , "a part for the test"@en ;
    park:participant person:guo-man ; park:basis basis:inference .
  annotation:twin owl:annotatedSource platform:cao-chunan-workstation ; owl:annotatedProperty park:leadBy ;
    owl:annotatedTarget person:guo-man ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

# The source says in words who leads the workstation.
# Another, for which no passage is given, has a leader.
# gone: person:cao-chunan	"曹楚南"@zh				group:new-academician-workstations	"2017年新增的8个院士工作站"@zh	basis:name
# new: person:cao-chunan	"曹楚南"@zh				group:new-academician-workstations	"2017年新增的8个院士工作站"@zh	basis:stated
# new: platform:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX person: <https://w3id.org/parkgraph/id/person/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { annotation:cao-chunan-workstation-led-by ?property ?value } ;
INSERT DATA {
  platform:twin a park:TalentPlatform ; park:leadBy person:guo-man ;
    rdfs:label "试验的平台"@zh , "a platform for the test"@en .
}

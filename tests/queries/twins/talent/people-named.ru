# The workstation has another leader.
# gone: person:cao-chunan
# new: person:guo-man	"郭曼"@zh	park:leadBy

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX person: <https://w3id.org/parkgraph/id/person/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>

DELETE DATA { platform:cao-chunan-workstation park:leadBy person:cao-chunan } ;
INSERT DATA { platform:cao-chunan-workstation park:leadBy person:guo-man }

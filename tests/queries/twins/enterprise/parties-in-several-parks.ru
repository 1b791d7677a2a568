# One of the partnerships is that of another park.
# It takes part in a project too; on what that rests is not given.
# new: enterprise:zhongfu-gaoke	"中孵高科"@zh	place:elsewhere
# new: project:bisplatin-base

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX partnership: <https://w3id.org/parkgraph/id/partnership/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { partnership:khtz-zhongfu-gaoke park:ofPark place:kunming-high-tech-zone } ;
INSERT DATA {
  partnership:khtz-zhongfu-gaoke park:ofPark place:elsewhere .
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en
} ;
INSERT DATA {
  participation:twin park:participant enterprise:zhongfu-gaoke ; park:participationIn project:bisplatin-base .
}

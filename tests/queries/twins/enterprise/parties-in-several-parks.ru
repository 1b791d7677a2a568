# One of the partnerships is that of another park.
# new: enterprise:zhongfu-gaoke	"中孵高科"@zh	place:elsewhere

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX partnership: <https://w3id.org/parkgraph/id/partnership/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { partnership:khtz-zhongfu-gaoke park:ofPark place:kunming-high-tech-zone } ;
INSERT DATA {
  partnership:khtz-zhongfu-gaoke park:ofPark place:elsewhere .
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en
}

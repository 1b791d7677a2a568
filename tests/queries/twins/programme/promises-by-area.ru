# The economy of buildings has been developed; another action cites no passage.
# given area: programme:121382-6 programme:121382-1
# gone: undertaking:west-area-building-economy
# new: undertaking:twin

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

INSERT DATA {
  undertaking:west-area-building-economy park:status status:achieved .
  undertaking:twin a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:ofPark place:kunming-high-tech-zone ; park:status status:planned ; park:contributesTo programme:121382-6 .
}

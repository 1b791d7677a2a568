# The five areas have a sixth part.
# A programme cites several passages; another names no part and cites none.
# gone: programme:five-areas-of-work
# new: programme:five-areas-of-work
# new: programme:twin

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA { programme:five-areas-of-work park:hasComponent programme:121382-5-8 } ;
INSERT DATA {
  programme:five-areas-of-work park:evidence passage:3019-3022 .
  programme:twin a park:Programme ; rdfs:label "试验的工程"@zh , "a programme for the test"@en ;
    park:ofPark place:kunming-high-tech-zone .
}

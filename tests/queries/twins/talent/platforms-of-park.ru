# The talent park does not lie in the park.
# Another park has one, for which no passage is given.
# given park: place:kunming-high-tech-zone place:elsewhere
# gone: platform:talent-park
# new: platform:twin

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX platform-kind: <https://w3id.org/parkgraph/code/platform-kind/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { platform:talent-park park:locatedIn place:kunming-high-tech-zone } ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  platform:twin a park:Platform ; park:ofPark place:elsewhere ; park:platformKind platform-kind:maker-space ;
    rdfs:label "试验的平台"@zh , "a platform for the test"@en .
}

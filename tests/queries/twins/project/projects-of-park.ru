# A project that landed is reported again when works start.
# Another park has a project, for which no passage is given.
# given park: place:kunming-high-tech-zone place:elsewhere
# gone: project:wafer-manufacturing	"晶元制造"@zh	phase:landed
# new: project:wafer-manufacturing	"晶元制造"@zh	phase:started
# new: project:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  phase-record:twin a park:PhaseRecord ; park:phaseOf project:wafer-manufacturing ; park:phase phase:started ;
    park:date "2018-06-01"^^xsd:date ; park:basis basis:stated ; park:evidence passage:1261-1306
} ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  project:twin a park:Project ; rdfs:label "试验的项目"@zh , "a project for the test"@en ; park:ofPark place:elsewhere .
}

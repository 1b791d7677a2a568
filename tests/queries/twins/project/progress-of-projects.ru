# A project that landed is reported again when works start.
# Another was signed for, by inference, and started in a year; no passage is given for either.
# new: project:wafer-manufacturing
# new: project:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  phase-record:twin a park:PhaseRecord ; park:phaseOf project:wafer-manufacturing ; park:phase phase:started ;
    park:date "2018-06-01"^^xsd:date ; park:basis basis:stated ; park:evidence passage:1261-1306
} ;
INSERT DATA {
  project:twin a park:Project ; rdfs:label "试验的项目"@zh , "a project for the test"@en .
  phase-record:twin-2 a park:PhaseRecord ; park:phaseOf project:twin ; park:phase phase:signed ;
    park:basis basis:inference .
  phase-record:twin-3 a park:PhaseRecord ; park:phaseOf project:twin ; park:phase phase:started ;
    park:period period:2017 ; park:basis basis:stated .
}

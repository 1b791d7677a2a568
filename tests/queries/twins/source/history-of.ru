# Works at the project are finished later.
# new: phase-record:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  phase-record:twin a park:PhaseRecord ; park:phaseOf project:kaikun-manufacturing-park ; park:phase phase:completed ;
    park:date "2019-03-01"^^xsd:date ; park:basis basis:stated ; park:evidence passage:1261-1306
}

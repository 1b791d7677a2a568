# One more action concerns the enterprise, and a phase is reported of it.
# new: undertaking:compile-park-plan
# new: phase-record:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

INSERT DATA {
  undertaking:compile-park-plan park:concerns enterprise:zhongfu-gaoke .
  phase-record:twin a park:PhaseRecord ; park:phaseOf enterprise:zhongfu-gaoke ; park:phase phase:landed ;
    park:basis basis:inference ; rdfs:label "试验"@zh , "test"@en
}

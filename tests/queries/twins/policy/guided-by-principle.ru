# Fostering high-tech industries does not follow the mission.
# gone: undertaking:foster-high-tech-industries

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:foster-high-tech-industries park:guidedBy principle:mission }

# The revenue of high-tech enterprises is no share.
# gone: target:high-tech-enterprises-revenue-share

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX target: <https://w3id.org/parkgraph/id/target/>

DELETE DATA {
    target:high-tech-enterprises-revenue-share park:shareOf indicator:total-revenue .
    indicator:high-tech-enterprises-revenue-share park:shareOf indicator:total-revenue .
}

# Nothing is open about the time for prior approval.
# gone: indicator:prior-approval-time

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE WHERE { indicator:prior-approval-time park:openQuestion ?question }

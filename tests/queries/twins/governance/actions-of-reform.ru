# The window belongs to another reform.
# gone: window:two-point-five-approvals

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { window:two-point-five-approvals park:ofReform reform:two-point-five-approvals } ;
INSERT DATA { window:two-point-five-approvals park:ofReform reform:supplement-later }

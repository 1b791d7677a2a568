# The committee, not the window, reminds of overdue approvals.
# gone: undertaking:window-reminds-of-overdue-approvals
# new: organization:management-committee

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { undertaking:window-reminds-of-overdue-approvals park:carriedOutBy window:two-point-five-approvals } ;
INSERT DATA { undertaking:window-reminds-of-overdue-approvals park:carriedOutBy organization:management-committee }

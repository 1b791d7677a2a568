# The window offers one-stop service; the reform changes nothing.
# Asked of two states: services of another, or of none, stay out.
# given status: status:achieved status:under-way
# gone: reform:two-point-five-approvals
# new: service:one-stop

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX service: <https://w3id.org/parkgraph/id/service/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { reform:two-point-five-approvals park:changes service:pre-construction-approval } ;
INSERT DATA { window:two-point-five-approvals park:offersService service:one-stop }

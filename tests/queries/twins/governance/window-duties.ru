# The window does not handle matters on behalf of others; another service is its own.
# gone: service:handling-on-behalf
# new: service:one-stop

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX service: <https://w3id.org/parkgraph/id/service/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { window:two-point-five-approvals park:offersService service:handling-on-behalf } ;
INSERT DATA { window:two-point-five-approvals park:offersService service:one-stop }

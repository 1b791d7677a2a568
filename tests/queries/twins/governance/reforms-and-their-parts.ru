# Simple deregistration is no part of the commercial reform; the commercial reform changes a service.
# gone: reform:simple-deregistration
# new: service:one-stop

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX service: <https://w3id.org/parkgraph/id/service/>

DELETE DATA { reform:simple-deregistration park:ofReform reform:commercial-registration } ;
INSERT DATA { reform:commercial-registration park:changes service:one-stop }

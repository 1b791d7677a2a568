# An action concerns the other area.
# gone: undertaking:raise-east-social-management

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:raise-east-social-management park:concerns place:east-area } ;
INSERT DATA { undertaking:raise-east-social-management park:concerns place:west-area }

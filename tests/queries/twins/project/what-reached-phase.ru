# One project was completed instead.
# gone: project:bisplatin-base

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>

DELETE DATA { phase-record:bisplatin-base-started park:phase phase:started } ;
INSERT DATA { phase-record:bisplatin-base-started park:phase phase:completed }

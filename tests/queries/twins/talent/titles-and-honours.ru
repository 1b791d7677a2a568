# The prize went to the firm.
# gone: project:sanqi-development
# new: enterprise:kpc-group

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX recognition: <https://w3id.org/parkgraph/id/recognition/>

DELETE DATA { recognition:kpc-science-progress-award park:recipient project:sanqi-development } ;
INSERT DATA { recognition:kpc-science-progress-award park:recipient enterprise:kpc-group }

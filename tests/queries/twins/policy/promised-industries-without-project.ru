# A project serves quantum communication.
# Five projects together serve finance.
# gone: industry:quantum-communication
# gone: industry:finance

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

INSERT DATA { project:bisplatin-base park:servesIndustry industry:quantum-communication } ;
INSERT DATA { group:june-15-projects park:jointlyServesIndustry industry:finance }

# A project serves quantum communication.
# gone: industry:quantum-communication

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

INSERT DATA { project:bisplatin-base park:servesIndustry industry:quantum-communication }

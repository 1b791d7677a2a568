# A fund serves an industry that nothing served.
# gone: industry:quantum-communication

PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA { fund:leading-industry-fund-cluster park:servesIndustry industry:quantum-communication }

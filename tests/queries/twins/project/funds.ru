# The cluster of funds has an industry.
# gone: fund:leading-industry-fund-cluster
# new: industry:finance

PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA { fund:leading-industry-fund-cluster park:servesIndustry industry:finance }

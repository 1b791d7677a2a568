# Twelve new high-tech enterprises in 2017, not 32: less than the target of at least 20.
# gone: "within"
# new: "below"

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA {
    observation:2017-new-high-tech-enterprises park:lowerBound 32.0 ; park:upperBound 32.0 .
} ;
INSERT DATA {
    observation:2017-new-high-tech-enterprises park:lowerBound 12.0 ; park:upperBound 12.0 .
}

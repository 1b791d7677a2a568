# The contribution rate is to be reached in a known period.
# gone: target:science-contribution-rate

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX target: <https://w3id.org/parkgraph/id/target/>

INSERT DATA { target:science-contribution-rate park:period period:next-steps-2018 }

# The target has a period.
# gone: target:new-high-tech-enterprises
# new: period:2018-to-date

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX target: <https://w3id.org/parkgraph/id/target/>

INSERT DATA { target:new-high-tech-enterprises park:period period:2018-to-date }

# Retail sales are not of 2017.
# gone: observation:2017-retail-sales-growth

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>

DELETE DATA { observation:2017-retail-sales-growth park:period period:2017 }

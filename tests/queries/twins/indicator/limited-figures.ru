# Total revenue was 2000, not more than 2000.
# gone: observation:2017-total-revenue

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA { observation:2017-total-revenue park:qualifier qualifier:more-than } ;
INSERT DATA { observation:2017-total-revenue park:qualifier qualifier:exactly }

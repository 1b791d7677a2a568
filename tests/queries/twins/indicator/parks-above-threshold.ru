# Total revenue was about 2000: it has no bounds.
# gone: "certain"
# new: "possible"

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA { observation:2017-total-revenue park:qualifier qualifier:more-than ; park:lowerBound 2000.0 } ;
INSERT DATA { observation:2017-total-revenue park:qualifier qualifier:about }

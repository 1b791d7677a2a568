# The domestic capital of January to April is of the same indicator as that of 2017: 45.5 of 125.05.
# gone: false
# new: 36.4

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { observation:2018-01-to-04-domestic-capital-in-place park:indicator indicator:domestic-capital-in-place } ;
INSERT DATA { observation:2018-01-to-04-domestic-capital-in-place park:indicator indicator:domestic-capital-introduced }

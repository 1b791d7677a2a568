# A figure is no exact one any more.
# gone: observation:2017-domestic-capital-introduced

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA { observation:2017-domestic-capital-introduced park:qualifier qualifier:exactly } ;
INSERT DATA { observation:2017-domestic-capital-introduced park:qualifier qualifier:about }

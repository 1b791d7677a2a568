# Local budget revenue is counted, not paid in yuan.
# gone: observation:2017-local-budget-revenue

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qudt-unit: <http://qudt.org/vocab/unit/>

DELETE DATA { observation:2017-local-budget-revenue park:normalizedUnit qudt-unit:CCY_CNY } ;
INSERT DATA { observation:2017-local-budget-revenue park:normalizedUnit qudt-unit:NUM }

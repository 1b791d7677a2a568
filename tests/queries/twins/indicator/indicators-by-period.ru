# Foreign trade is of the first months of 2018.
# gone: period:2017	"2017年"@zh	"2017-01-01"^^xsd:date	"2017-12-31"^^xsd:date	16.5
# new: "2018-01-01"^^xsd:date	"2018-04-30"^^xsd:date	16.5

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>

DELETE DATA { observation:2017-foreign-trade park:period period:2017 } ;
INSERT DATA { observation:2017-foreign-trade park:period period:2018-01-to-04 }

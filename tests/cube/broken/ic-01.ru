# One observation is in no data set.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX qb: <http://purl.org/linked-data/cube#>
DELETE WHERE { observation:2017-foreign-trade qb:dataSet ?set }

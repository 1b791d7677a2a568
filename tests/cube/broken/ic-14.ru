# One observation has no value.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
DELETE WHERE { observation:2017-foreign-trade sdmx-measure:obsValue ?value }

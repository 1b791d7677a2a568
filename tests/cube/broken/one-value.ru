# One observation has two values.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
INSERT DATA { observation:2017-foreign-trade sdmx-measure:obsValue 1 }

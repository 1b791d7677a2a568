# An observation comes twice, with another value.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
INSERT { <http://example.org/again> ?property ?value ; sdmx-measure:obsValue 1 }
WHERE { observation:2017-foreign-trade ?property ?value FILTER(?property != sdmx-measure:obsValue) }

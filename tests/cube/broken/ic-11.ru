# One observation has no period.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
DELETE WHERE { observation:2017-foreign-trade sdmx-dimension:refPeriod ?period }

# One observation has no unit.
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
DELETE WHERE { observation:2017-foreign-trade sdmx-attribute:unitMeasure ?unit }

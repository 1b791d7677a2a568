# A dimension loses its range.
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
DELETE WHERE { sdmx-dimension:refPeriod rdfs:range ?kind }

# A dimension may be missing.
PREFIX qb: <http://purl.org/linked-data/cube#>
INSERT { ?part qb:componentRequired false } WHERE { ?part qb:dimension ?dimension }

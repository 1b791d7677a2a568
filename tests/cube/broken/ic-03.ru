# The measure is no part of the structure.
PREFIX qb: <http://purl.org/linked-data/cube#>
DELETE { ?structure qb:component ?part } WHERE { ?structure qb:component ?part . ?part qb:measure ?measure }

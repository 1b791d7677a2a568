# The data set has a second structure, no worse than the first.
PREFIX qb: <http://purl.org/linked-data/cube#>
INSERT { ?set qb:structure <http://example.org/structure> . <http://example.org/structure> a qb:DataStructureDefinition ; qb:component ?part }
WHERE { ?set qb:structure/qb:component ?part }

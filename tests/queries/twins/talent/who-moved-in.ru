# A tenant is not one.
# gone: enterprise:hiscene

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>

DELETE WHERE { participation:talent-park-hiscene park:participationIn ?platform }

# The firm is not a tenant.
# gone: participation:talent-park-zhongfu-gaoke

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>

DELETE WHERE { participation:talent-park-zhongfu-gaoke park:participant ?party }

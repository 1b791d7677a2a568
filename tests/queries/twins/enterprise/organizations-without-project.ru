# A firm of the park takes part in a project of it.
# gone: enterprise:walvax

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

INSERT DATA {
  participation:twin park:participant enterprise:walvax ; park:participationIn project:bisplatin-base
}

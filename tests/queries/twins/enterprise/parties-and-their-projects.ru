# A party is named with a second project.
# new: "云南城投"@zh	2	true

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

INSERT DATA {
  participation:twin a park:Participation ; park:participationIn project:wafer-manufacturing ;
    park:participant enterprise:yunnan-chengtou ; park:role role:ascribed ; park:basis basis:stated ;
    park:evidence passage:1261-1306
}

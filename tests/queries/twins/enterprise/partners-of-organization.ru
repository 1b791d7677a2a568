# Another firm moved into the talent park.
# new: enterprise:walvax

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

INSERT DATA {
  participation:twin a park:Participation ; park:participant enterprise:walvax ; park:participationIn platform:talent-park ;
    park:role role:tenant ; park:basis basis:stated ; park:evidence passage:2172-2187
}

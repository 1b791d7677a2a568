# A third party joins.
# A fourth does, for which no passage is given.
# new: enterprise:walvax
# new: enterprise:walvax	"沃森生物"@zh	role:helper

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX partnership: <https://w3id.org/parkgraph/id/partnership/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

INSERT DATA {
  participation:twin a park:Participation ; park:participant enterprise:walvax ; park:participationIn partnership:haobang-ge ;
    park:role role:partner ; park:basis basis:stated ; park:evidence passage:1181-1217
} ;
INSERT DATA {
  participation:twin-2 a park:Participation ; park:participant enterprise:walvax ; park:role role:helper ;
    park:participationIn partnership:haobang-ge ; park:basis basis:stated .
}

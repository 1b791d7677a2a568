# An investor joins, by inference.
# A second project is asked for.
# given project: project:third-party-imaging-centre project:bisplatin-base
# new: basis:inference	"只为试验。"@zh
# new: project:bisplatin-base

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

INSERT DATA {
  participation:twin a park:Participation ; park:participant enterprise:walvax ; park:role role:investor ;
    park:participationIn project:third-party-imaging-centre ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en ; park:evidence passage:1181-1217
}

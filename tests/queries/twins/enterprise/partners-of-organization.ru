# Another firm moved into the talent park.
# Two tenants are co-builders as well, and that one of them is a tenant is also inferred.
# new: enterprise:walvax
# given organization: enterprise:zhongfu-gaoke enterprise:hiscene
# new: role:co-builder
# new: basis:inference

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
} ;
INSERT DATA {
  participation:twin-2 a park:Participation ; park:participant enterprise:zhongfu-gaoke ; park:role role:co-builder ;
    park:participationIn platform:talent-park ; park:basis basis:stated .
  participation:twin-3 a park:Participation ; park:participant enterprise:hiscene ; park:role role:co-builder ;
    park:participationIn platform:talent-park ; park:basis basis:stated .
  participation:twin-4 a park:Participation ; park:participant enterprise:hiscene ; park:role role:tenant ;
    park:participationIn platform:talent-park ; park:basis basis:inference ; park:evidence passage:2172-2187 .
}

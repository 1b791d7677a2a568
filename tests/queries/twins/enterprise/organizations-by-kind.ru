# A firm is a public body.
# gone: park:Enterprise	"企业"@zh	enterprise:yunnan-tin
# new: park:PublicBody	"公共机构"@zh	enterprise:yunnan-tin

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { enterprise:yunnan-tin a park:Enterprise } ;
INSERT DATA { enterprise:yunnan-tin a park:PublicBody }

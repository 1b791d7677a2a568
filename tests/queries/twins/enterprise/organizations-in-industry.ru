# The source itself names the industry of one firm.
# One firm serves two narrower industries as well.
# gone: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh			basis:inference
# new: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh			basis:stated
# new: enterprise:kpc-group	"昆药集团"@zh	industry:gene-technology	"基因科技"@zh	match:narrower

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { industry-link:kpc-group-biomedicine park:basis basis:inference } ;
DELETE WHERE { industry-link:kpc-group-biomedicine park:reason ?reason } ;
INSERT DATA {
  industry-link:kpc-group-biomedicine park:basis basis:stated .
  industry-link:twin a park:IndustryLink ; park:linkOf enterprise:kpc-group ; park:industry industry:gene-technology ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  industry-link:twin-2 a park:IndustryLink ; park:linkOf enterprise:kpc-group ; park:industry industry:regenerative-medicine ; park:basis basis:stated .
}

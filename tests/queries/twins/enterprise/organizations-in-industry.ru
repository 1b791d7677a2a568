# The source itself names the industry of one firm.
# One firm serves two narrower industries as well.
# gone: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh	basis:inference
# new: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh	basis:stated
# new: enterprise:kpc-group	"昆药集团"@zh	industry:gene-technology	"基因科技"@zh	match:narrower

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE WHERE { annotation:kpc-group-serves-biomedicine ?property ?value } ;
INSERT DATA {
  enterprise:kpc-group park:servesIndustry industry:gene-technology , industry:regenerative-medicine .
  annotation:twin owl:annotatedSource enterprise:kpc-group ; owl:annotatedProperty park:servesIndustry ;
    owl:annotatedTarget industry:gene-technology ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

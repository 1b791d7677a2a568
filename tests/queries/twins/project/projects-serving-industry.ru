# A project serves a narrower industry, and says so itself.
# gone: project:tongying-pharma	"通盈药业"@zh	industry:biomedicine	"生物医药"@zh	match:exact
# new: project:tongying-pharma	"通盈药业"@zh	industry:gene-technology	"基因科技"@zh	match:narrower	"下位"@zh	basis:stated

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { project:tongying-pharma park:servesIndustry industry:biomedicine } ;
INSERT DATA { project:tongying-pharma park:servesIndustry industry:gene-technology }

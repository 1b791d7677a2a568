# The cluster of funds has an industry.
# That is inferred.
# gone: fund:leading-industry-fund-cluster
# new: industry:finance
# new: industry:finance	"金融"@zh	status:planned	"拟设立"@zh	phase:planned	"计划"@zh		period:next-steps-2018	"下一步（2018年6月起）"@zh	basis:inference

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf fund:leading-industry-fund-cluster ; park:industry industry:finance ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

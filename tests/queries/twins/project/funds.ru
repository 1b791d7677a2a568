# The cluster of funds has an industry.
# That is inferred.
# gone: fund:leading-industry-fund-cluster
# new: industry:finance
# new: industry:finance	"金融"@zh	status:planned	"已计划"@zh	phase:planned	"计划"@zh	basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA { fund:leading-industry-fund-cluster park:servesIndustry industry:finance } ;
INSERT DATA {
  annotation:twin owl:annotatedSource fund:leading-industry-fund-cluster ; owl:annotatedProperty park:servesIndustry ;
    owl:annotatedTarget industry:finance ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

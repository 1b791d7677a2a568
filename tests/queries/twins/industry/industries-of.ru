# The enterprise is linked to a second industry.
# new: industry:finance

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf enterprise:yunnan-copper ; park:industry industry:finance ;
    park:basis basis:inference ; park:reason "只为试验。"@zh , "For the test only."@en .
}

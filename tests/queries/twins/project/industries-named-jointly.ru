# A fourth industry is named for the five projects together.
# That is inferred; one project serves what is broader. Another group has one member.
# new: industry:finance
# new: industry:modern-services
# new: group:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA { group:june-15-projects park:jointlyServesIndustry industry:finance } ;
INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf project:kaikun-manufacturing-park ; park:industry industry:modern-services ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  group:twin a park:Group ; rdfs:label "试验的群组"@zh , "a group for the test"@en ;
    park:jointlyServesIndustry industry:finance ; park:hasMember project:wafer-manufacturing .
  annotation:twin owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:jointlyServesIndustry ;
    owl:annotatedTarget industry:finance ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

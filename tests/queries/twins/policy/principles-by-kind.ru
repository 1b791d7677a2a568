# The mission is a slogan.
# That the mission is one is inferred.
# gone: principle-kind:mission
# new: principle:mission
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX principle-kind: <https://w3id.org/parkgraph/code/principle-kind/>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>

DELETE DATA { principle:mission park:principleKind principle-kind:mission } ;
INSERT DATA { principle:mission park:principleKind principle-kind:slogan } ;
INSERT DATA {
  annotation:twin owl:annotatedSource principle:mission ; owl:annotatedProperty park:principleKind ;
    owl:annotatedTarget principle-kind:slogan ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

# The mission is a slogan.
# gone: principle-kind:mission
# new: principle:mission

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>
PREFIX principle-kind: <https://w3id.org/parkgraph/code/principle-kind/>

DELETE DATA { principle:mission park:principleKind principle-kind:mission } ;
INSERT DATA { principle:mission park:principleKind principle-kind:slogan }

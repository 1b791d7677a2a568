# One of the five projects is not in the group.
# (A class of another ontology is no kind to be told.)
# One member is inferred, for a reason; what is inferred beside it is of another property or of another thing.
# Asked of groups too whose size is not stated, and whose members are of a class below another.
# given group: group:june-15-projects group:incubation-platforms group:new-academician-workstations
# new: platform:
# gone: project:bisplatin-base

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { group:june-15-projects park:hasMember project:bisplatin-base } ;
INSERT DATA { platform:business-service-centre a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    annotation:a-member a owl:Axiom ; owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:hasMember ; owl:annotatedTarget project:kaikun-manufacturing-park ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:526-542 .
    annotation:a-member-other-property a owl:Axiom ; owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:about ; owl:annotatedTarget project:kaikun-manufacturing-park ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:451-456 .
    annotation:a-member-other-target a owl:Axiom ; owl:annotatedSource group:june-15-projects ; owl:annotatedProperty park:hasMember ; owl:annotatedTarget project:bisplatin-base ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:457-470 .
}

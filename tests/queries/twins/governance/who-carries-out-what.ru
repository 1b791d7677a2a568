# The committee, not the window, reminds of overdue approvals.
# (A class of another ontology is no kind to be told.)
# Who reminds is inferred, for a reason; what is inferred beside it is of another property or of another thing.
# gone: undertaking:window-reminds-of-overdue-approvals
# new: organization:management-committee

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:window-reminds-of-overdue-approvals park:carriedOutBy organization:two-point-five-approvals-window } ;
INSERT DATA { undertaking:window-reminds-of-overdue-approvals park:carriedOutBy organization:management-committee } ;
INSERT DATA { organization:management-committee a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    annotation:who-reminds a owl:Axiom ; owl:annotatedSource undertaking:window-reminds-of-overdue-approvals ; owl:annotatedProperty park:carriedOutBy ; owl:annotatedTarget organization:management-committee ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:526-542 .
    annotation:who-reminds-other-property a owl:Axiom ; owl:annotatedSource undertaking:window-reminds-of-overdue-approvals ; owl:annotatedProperty park:about ; owl:annotatedTarget organization:management-committee ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:451-456 .
    annotation:who-reminds-other-target a owl:Axiom ; owl:annotatedSource undertaking:window-reminds-of-overdue-approvals ; owl:annotatedProperty park:carriedOutBy ; owl:annotatedTarget organization:two-point-five-approvals-window ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:457-470 .
}

# The window belongs to another reform.
# (A class of another ontology is no kind to be told.)
# That the list belongs to the reform is inferred; an assessment of the reform is one itself. Asked of another reform too.
# given reform: reform:two-point-five-approvals reform:commercial-registration
# new: assessment:of-reform
# gone: window:two-point-five-approvals

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { window:two-point-five-approvals park:ofReform reform:two-point-five-approvals } ;
INSERT DATA { window:two-point-five-approvals park:ofReform reform:supplement-later } ;
INSERT DATA { reform:electronic-registration a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    annotation:part-of-reform a owl:Axiom ; owl:annotatedSource reform:electronic-registration ; owl:annotatedProperty park:ofReform ; owl:annotatedTarget reform:commercial-registration ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:526-542 .
    annotation:part-of-other-reform a owl:Axiom ; owl:annotatedSource reform:one-licence-one-code ; owl:annotatedProperty park:ofReform ; owl:annotatedTarget reform:pay-system ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:451-456 .
    assessment:of-reform a park:Assessment ; rdfs:label "改革有成效"@zh , "the reform works"@en ;
        park:about reform:two-point-five-approvals ; park:basis basis:inference ;
        park:reason "由上文推断。"@zh , "Inferred from what stands above."@en ; park:evidence passage:526-542 .
}

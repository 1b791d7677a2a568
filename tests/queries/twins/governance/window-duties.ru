# The window does not handle matters on behalf of others; another service is its own.
# That one service is offered is inferred, for a reason; what is inferred beside it is of another property or of another thing.
# An assessment of the window is inferred itself. Asked of another window too.
# given window: window:two-point-five-approvals window:other
# gone: service:handling-on-behalf
# new: service:one-stop

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX service: <https://w3id.org/parkgraph/id/service/>
PREFIX window: <https://w3id.org/parkgraph/id/window/>

DELETE DATA { window:two-point-five-approvals park:offersService service:handling-on-behalf } ;
INSERT DATA { window:two-point-five-approvals park:offersService service:one-stop } ;
INSERT DATA {
    annotation:offered a owl:Axiom ; owl:annotatedSource window:two-point-five-approvals ; owl:annotatedProperty park:offersService ; owl:annotatedTarget service:one-stop ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:526-542 .
    annotation:offered-other-property a owl:Axiom ; owl:annotatedSource window:two-point-five-approvals ; owl:annotatedProperty park:about ; owl:annotatedTarget service:one-stop ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:451-456 .
    annotation:offered-other-target a owl:Axiom ; owl:annotatedSource window:two-point-five-approvals ; owl:annotatedProperty park:offersService ; owl:annotatedTarget service:utilities ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:457-470 .
} ;
INSERT DATA {
    assessment:of-window a park:Assessment ; rdfs:label "窗口方便"@zh , "the window is handy"@en ;
        park:about window:two-point-five-approvals ; park:basis basis:inference ;
        park:reason "由上文推断。"@zh , "Inferred from what stands above."@en ; park:evidence passage:526-542 .
    window:other a park:ServiceWindow ; rdfs:label "另一窗口"@zh , "another window"@en ; park:offersService service:utilities ;
        park:ofPark place:kunming-high-tech-zone ; park:evidence passage:526-542 .
}

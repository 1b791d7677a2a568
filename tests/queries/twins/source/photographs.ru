# Somebody else took the photograph.
# What one photograph shows is inferred, for a reason; what is inferred beside it is of another property or of another thing.
# gone: person:wang-junxing
# new: person:guo-man

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX person: <https://w3id.org/parkgraph/id/person/>
PREFIX photograph: <https://w3id.org/parkgraph/id/photograph/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { photograph:expo-booth park:creditedTo person:wang-junxing } ;
INSERT DATA { photograph:expo-booth park:creditedTo person:guo-man } ;
INSERT DATA {
    annotation:shown a owl:Axiom ; owl:annotatedSource photograph:germanium-workshop ; owl:annotatedProperty park:depicts ; owl:annotatedTarget enterprise:yunnan-germanium ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:526-542 .
    annotation:shown-other-property a owl:Axiom ; owl:annotatedSource photograph:germanium-workshop ; owl:annotatedProperty park:about ; owl:annotatedTarget enterprise:yunnan-germanium ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:451-456 .
    annotation:shown-other-target a owl:Axiom ; owl:annotatedSource photograph:germanium-workshop ; owl:annotatedProperty park:depicts ; owl:annotatedTarget place:yunnan-germanium-workshop ;
        park:basis basis:inference ; park:reason "按上下文推断。"@zh , "Inferred from what stands around it."@en ; park:evidence passage:457-470 .
}

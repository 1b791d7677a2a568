# The group is said to meet another policy.
# That a project does is inferred; a second policy is asked for.
# given policy: policy:eight-key-industries policy:kunming-188
# gone: group:june-15-projects
# new: project:wafer-manufacturing
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { group:june-15-projects park:conformsTo policy:eight-key-industries } ;
INSERT DATA { project:wafer-manufacturing park:conformsTo policy:eight-key-industries } ;
INSERT DATA {
  annotation:twin owl:annotatedSource project:wafer-manufacturing ; owl:annotatedProperty park:conformsTo ;
    owl:annotatedTarget policy:eight-key-industries ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

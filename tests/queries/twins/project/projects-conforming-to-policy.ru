# The group is said to meet another policy.
# gone: group:june-15-projects
# new: project:wafer-manufacturing

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { group:june-15-projects park:conformsTo policy:eight-key-industries } ;
INSERT DATA { project:wafer-manufacturing park:conformsTo policy:eight-key-industries }

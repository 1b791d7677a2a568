# One more project is in the group, of an industry of its own.
# new: project:wafer-manufacturing

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

INSERT DATA { group:june-15-projects park:hasMember project:wafer-manufacturing }

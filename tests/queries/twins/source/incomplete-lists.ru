# The source names one more member of a list.
# gone: 	8	2	6	
# new: 	8	3	5	

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>

INSERT DATA { group:new-academician-workstations park:hasMember platform:talent-park }

# There are 39 of them.
# gone: 	38	
# new: 	39	

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { group:high-level-talents park:statedSize 38 } ;
INSERT DATA { group:high-level-talents park:statedSize 39 }

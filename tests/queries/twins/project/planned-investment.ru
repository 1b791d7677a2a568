# One of the five projects is not in the group, and the amount is only a lower bound.
# gone: 	5	"57.97亿元"	57.97	57.97	
# new: 	4	"57.97亿元"	57.97		

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX planned-amount: <https://w3id.org/parkgraph/id/planned-amount/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA {
  group:june-15-projects park:hasMember project:bisplatin-base .
  planned-amount:june-15-projects park:upperBound 57.97
}

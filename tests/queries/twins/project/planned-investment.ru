# One of the five projects is not in the group, and the amount is only a lower bound.
# A project, which has no members, has an amount, for which neither bounds nor a passage are given.
# gone: 	5	"57.97亿元"	57.97	57.97	
# new: 	4	"57.97亿元"	57.97		
# new: planned-amount:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX planned-amount: <https://w3id.org/parkgraph/id/planned-amount/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX unit: <https://w3id.org/parkgraph/code/unit/>

DELETE DATA {
  group:june-15-projects park:hasMember project:bisplatin-base .
  planned-amount:june-15-projects park:upperBound 57.97
} ;
INSERT DATA {
  planned-amount:twin a park:PlannedAmount ; park:about project:tongying-pharma ; park:printedForm "若干" ;
    park:unit unit:yi-yuan ; park:basis basis:stated .
}

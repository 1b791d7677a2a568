# The second figure turns out to be no exact one: nothing is computed.
# gone: 15.9
# new: "不都是确数

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA { observation:prior-approval-time-before park:qualifier qualifier:exactly } ;
INSERT DATA { observation:prior-approval-time-before park:qualifier qualifier:about }

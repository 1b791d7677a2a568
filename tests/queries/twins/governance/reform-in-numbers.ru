# The source says that 150 working days were saved: it does not agree.
# gone: true
# new: false

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { observation:prior-approval-time-difference park:statedValue 148.0 } ;
INSERT DATA { observation:prior-approval-time-difference park:statedValue 150.0 }

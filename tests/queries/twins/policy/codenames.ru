# No part stands for a digit.
# gone: true
# new: programme:121382

PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE WHERE { ?part park:programmeDigit ?digit }

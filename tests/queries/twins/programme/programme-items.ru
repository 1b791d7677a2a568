# The eighth key project is no part of the programme.
# gone: programme:121382-5-8

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>

DELETE DATA { programme:121382-5 park:hasComponent programme:121382-5-8 }

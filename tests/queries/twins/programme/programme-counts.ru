# The eighth key project is no part of the programme: eight are counted, seven named.
# One programme states a count and names no part.
# gone: programme:121382-5
# new: false
# new: programme:twin

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { programme:121382-5 park:hasComponent programme:121382-5-8 } ;
INSERT DATA {
  programme:twin a park:ProgrammeComponent ; rdfs:label "试验的工程"@zh , "a programme for the test"@en ;
    park:statedItemCount 2 ; park:evidence passage:5505-5515 .
}

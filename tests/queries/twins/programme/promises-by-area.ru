# The economy of buildings has been developed; another action cites no passage.
# given area: programme:121382-6 programme:121382-1
# gone: undertaking:west-area-building-economy
# new: undertaking:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
  status-record:twin a park:StatusRecord ; park:statusOf undertaking:west-area-building-economy ; park:status status:achieved ;
    park:date "2019-06-20"^^xsd:date ; park:basis basis:stated .
  undertaking:twin a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:contributesTo programme:121382-6 .
  status-record:twin-2 a park:StatusRecord ; park:statusOf undertaking:twin ; park:status status:planned ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
}

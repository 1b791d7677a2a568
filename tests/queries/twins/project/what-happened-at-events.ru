# The works started on another day, and one project elsewhere.
# gone: "2018-06-15"^^xsd:date
# new: "2018-06-16"^^xsd:date

PREFIX event: <https://w3id.org/parkgraph/id/event/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA {
  event:works-start-2018-06-15 park:date "2018-06-15"^^xsd:date .
  phase-record:bisplatin-base-started park:atEvent event:works-start-2018-06-15
} ;
INSERT DATA { event:works-start-2018-06-15 park:date "2018-06-16"^^xsd:date }

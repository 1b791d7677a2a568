# Another park holds regular consultations too.
# Its duties are another kind.
# new: mechanism:other-duties
# new: mechanism:other

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX mechanism: <https://w3id.org/parkgraph/id/mechanism/>
PREFIX mechanism-kind: <https://w3id.org/parkgraph/code/mechanism-kind/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

INSERT DATA {
    place:other-park a park:Park ; rdfs:label "另一园区"@zh , "another park"@en .
    mechanism:other a park:Mechanism ; rdfs:label "会商"@zh , "consultation"@en ; park:ofPark place:other-park ;
        park:mechanismKind mechanism-kind:consultation ;
        park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/2886-2908> .
  status-record:other a park:StatusRecord ; park:statusOf mechanism:other ; park:status status:achieved ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
} ;
INSERT DATA {
    mechanism:other-duties a park:Mechanism ; rdfs:label "责任制"@zh , "responsibility"@en ; park:ofPark place:other-park ;
        park:mechanismKind mechanism-kind:responsibility ;
        park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/2886-2908> .
  status-record:other-duties a park:StatusRecord ; park:statusOf mechanism:other-duties ; park:status status:achieved ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
}

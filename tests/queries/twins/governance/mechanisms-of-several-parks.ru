# Another park holds regular consultations too.
# Its duties are another kind.
# new: mechanism:other-duties
# new: mechanism:other

PREFIX mechanism: <https://w3id.org/parkgraph/id/mechanism/>
PREFIX mechanism-kind: <https://w3id.org/parkgraph/code/mechanism-kind/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>

INSERT DATA {
    place:other-park a park:Park ; rdfs:label "另一园区"@zh , "another park"@en .
    mechanism:other a park:Mechanism ; rdfs:label "会商"@zh , "consultation"@en ; park:ofPark place:other-park ;
        park:mechanismKind mechanism-kind:consultation ; park:status status:achieved ;
        park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/2886-2908> .
} ;
INSERT DATA {
    mechanism:other-duties a park:Mechanism ; rdfs:label "责任制"@zh , "responsibility"@en ; park:ofPark place:other-park ;
        park:mechanismKind mechanism-kind:responsibility ; park:status status:achieved ;
        park:evidence <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/2886-2908> .
}

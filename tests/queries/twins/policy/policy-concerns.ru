# Rural revitalisation concerns Liangwang Mountain; the roadmap concerns nothing.
# That it concerns the mountain is inferred.
# given status: status:planned
# gone: policy:biomedicine-roadmap
# new: policy:rural-revitalization
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { policy:biomedicine-roadmap park:concerns industry:biomedicine } ;
INSERT DATA { policy:rural-revitalization park:concerns place:liangwang-mountain } ;
INSERT DATA {
  status-record:twin a park:StatusRecord ; park:statusOf policy:rural-revitalization ; park:status status:planned ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
  annotation:twin owl:annotatedSource policy:rural-revitalization ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget place:liangwang-mountain ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

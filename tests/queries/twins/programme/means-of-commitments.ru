# The advantages of the mountain are no means to its brands; a new policy is one to a garden.
# That the garden rests on a policy is inferred.
# gone: undertaking:use-liangwang-advantages
# new: policy:rural-revitalization
# new: basis:inference	"只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:use-liangwang-advantages park:meansTo undertaking:build-liangwang-brands } ;
INSERT DATA { undertaking:build-liangwang-park park:concerns policy:rural-revitalization } ;
INSERT DATA {
  annotation:twin owl:annotatedSource undertaking:build-liangwang-park ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget policy:rural-revitalization ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

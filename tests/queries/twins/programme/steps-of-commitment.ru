# The mechanism of discovery is a step of nothing.
# That a step is one is inferred; another belongs to something else as well, leaves a question open and cites
# no passage.
# gone: mechanism:gazelle-discovery
# new: basis:inference	"只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX mechanism: <https://w3id.org/parkgraph/id/mechanism/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX partnership: <https://w3id.org/parkgraph/id/partnership/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX status-record: <https://w3id.org/parkgraph/id/status-record/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { mechanism:gazelle-discovery park:contributesTo undertaking:strengthen-innovation-carriers } ;
INSERT DATA {
  annotation:twin owl:annotatedSource platform:enterprise-information-platform ; owl:annotatedProperty park:contributesTo ;
    owl:annotatedTarget undertaking:strengthen-innovation-carriers ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en ;
    park:evidence passage:3019-3022 .
  partnership:incubator-cooperation park:contributesTo undertaking:twin ; park:openQuestion "试验。"@zh , "For the test."@en .
  undertaking:twin-2 a park:Undertaking ; rdfs:label "试验的行动"@zh , "an action for the test"@en ;
    park:contributesTo undertaking:strengthen-innovation-carriers .
  status-record:twin a park:StatusRecord ; park:statusOf undertaking:twin-2 ; park:status status:planned ;
    park:date "2018-06-20"^^xsd:date ; park:basis basis:stated .
  platform:management-database park:evidence passage:73-98 , passage:5864-5894 .
}

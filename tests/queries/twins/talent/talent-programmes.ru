# There are 39 of them.
# That one is national is inferred; the size of another group is not stated.
# gone: 	38	
# new: 	39	
# new: level:national	"国家级"@zh	organization:central-organization-department	"中组部"@zh	group:high-level-talents	"2017年引进和入选的38名高层次人才"@zh	39	true		"来源没有说明是哪些人、每项计划各多少、除列出的三项外还有哪些计划。"@zh	group:talent-programmes	"高层次人才所属的人才计划"@zh	basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX level: <https://w3id.org/parkgraph/code/level/>
PREFIX member-kind: <https://w3id.org/parkgraph/code/member-kind/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX talent-programme: <https://w3id.org/parkgraph/id/talent-programme/>

DELETE DATA { group:high-level-talents park:statedSize 38 } ;
INSERT DATA { group:high-level-talents park:statedSize 39 } ;
INSERT DATA {
  talent-programme:thousand-talents park:level level:national .
  annotation:twin owl:annotatedSource talent-programme:thousand-talents ; owl:annotatedProperty park:level ;
    owl:annotatedTarget level:national ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  group:twin a park:Group ; rdfs:label "试验的群组"@zh , "a group for the test"@en ;
    park:concerns talent-programme:thousand-talents ; park:memberKind member-kind:person .
}

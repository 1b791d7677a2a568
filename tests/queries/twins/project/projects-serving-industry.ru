# A project serves a narrower industry, and says so itself.
# For another no passage is given.
# gone: project:tongying-pharma	"通盈药业"@zh	industry:biomedicine	"生物医药"@zh	match:exact
# new: project:tongying-pharma	"通盈药业"@zh	industry:gene-technology	"基因科技"@zh	match:narrower	"下位"@zh	basis:stated
# new: project:twin

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { project:tongying-pharma park:servesIndustry industry:biomedicine } ;
INSERT DATA { project:tongying-pharma park:servesIndustry industry:gene-technology } ;
INSERT DATA {
  project:twin a park:Project ; rdfs:label "试验的项目"@zh , "a project for the test"@en ;
    park:servesIndustry industry:biomedicine .
}

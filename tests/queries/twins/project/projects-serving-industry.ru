# A project serves a narrower industry, and says so itself.
# For another no passage is given.
# gone: project:tongying-pharma	"通盈药业"@zh	industry:biomedicine	"生物医药"@zh	match:exact
# new: project:tongying-pharma	"通盈药业"@zh	industry:gene-technology	"基因科技"@zh	match:narrower	"下位"@zh	basis:stated
# new: project:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { ?link park:linkOf project:tongying-pharma ; ?property ?value } ;
INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf project:tongying-pharma ; park:industry industry:gene-technology ; park:basis basis:stated ;
    park:evidence passage:1261-1306 .
} ;
INSERT DATA {
  project:twin a park:Project ; rdfs:label "试验的项目"@zh , "a project for the test"@en .
  industry-link:twin-2 a park:IndustryLink ; park:linkOf project:twin ; park:industry industry:biomedicine ; park:basis basis:stated .
}

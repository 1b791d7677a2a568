# Nanotechnology is leading already.
# A second standing says the same, of another park as well.
# gone: industry-role:emerging	"新兴产业"@zh	industry:nanotechnology
# new: industry-role:leading	"主导产业"@zh	industry:nanotechnology
# given park: place:kunming-high-tech-zone place:elsewhere
# new: place:elsewhere
# new: industry-standing:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry-role: <https://w3id.org/parkgraph/code/industry-role/>
PREFIX industry-standing: <https://w3id.org/parkgraph/id/industry-standing/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { industry-standing:park-emerging-nanotechnology park:industryRole industry-role:emerging } ;
INSERT DATA { industry-standing:park-emerging-nanotechnology park:industryRole industry-role:leading } ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  industry-standing:twin a park:IndustryRole ; park:about place:kunming-high-tech-zone , place:elsewhere ;
    park:industryRole industry-role:emerging ; park:industry industry:gene-technology ;
    park:basis basis:stated ; park:evidence passage:4024-4061 .
}

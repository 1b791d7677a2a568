# Big data belongs in the east area.
# A second standing says the same; another park has an area.
# gone: place:west-area	"西区"@zh	industry-role:area-focus	"片区重点"@zh	industry:big-data
# new: place:east-area	"东区"@zh	industry-role:area-focus	"片区重点"@zh	industry:big-data
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

DELETE DATA { industry-standing:west-big-data park:about place:west-area } ;
INSERT DATA { industry-standing:west-big-data park:about place:east-area } ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  place:elsewhere-area a park:ParkArea ; park:areaOf place:elsewhere ; rdfs:label "别处的片区"@zh , "an area elsewhere"@en .
  industry-standing:twin a park:IndustryRole ; park:about place:west-area , place:elsewhere-area ;
    park:industryRole industry-role:area-focus ; park:industry industry:cultural-industry ;
    park:basis basis:stated ; park:evidence passage:4178-4203 .
}

# A fund serves an industry that nothing served.
# A group of the park serves two industries together, one of them narrower; a group of another park serves others.
# That other park has a standing, for which no passage is given.
# given park: place:kunming-high-tech-zone place:elsewhere
# gone: industry:quantum-communication
# gone: industry:cultural-industry
# gone: industry:headquarters-economy
# new: place:elsewhere

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX industry-role: <https://w3id.org/parkgraph/code/industry-role/>
PREFIX industry-standing: <https://w3id.org/parkgraph/id/industry-standing/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf fund:leading-industry-fund-cluster ; park:industry industry:quantum-communication ; park:basis basis:stated .
} ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  industry-standing:twin a park:IndustryRole ; park:about place:elsewhere ; park:industry industry:cultural-industry ;
    park:industryRole industry-role:emerging ; park:basis basis:stated .
  group:june-15-projects park:jointlyServesIndustry industry:cultural-creative-industry , industry:headquarters-economy .
  group:elsewhere a park:Group ; park:ofPark place:elsewhere ; park:jointlyServesIndustry industry:building-economy .
}

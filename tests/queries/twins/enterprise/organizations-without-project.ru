# A firm of the park takes part in a project of it.
# Another takes part in a project of another park, which has a firm of its own.
# gone: enterprise:walvax
# given park: place:kunming-high-tech-zone place:elsewhere
# new: enterprise:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

INSERT DATA {
  participation:twin park:participant enterprise:walvax ; park:participationIn project:bisplatin-base
} ;
INSERT DATA {
  place:elsewhere a park:Park ; rdfs:label "别处"@zh , "elsewhere"@en .
  project:twin a park:Project ; park:ofPark place:elsewhere .
  participation:twin-2 park:participant enterprise:yunnan-copper ; park:participationIn project:twin .
  enterprise:twin a park:Enterprise ; rdfs:label "别处的企业"@zh , "a firm elsewhere"@en ;
    park:locatedIn place:elsewhere ; park:evidence passage:868-975 .
  annotation:twin owl:annotatedSource enterprise:yunnan-tin ; owl:annotatedProperty park:locatedIn ;
    owl:annotatedTarget place:kunming-high-tech-zone ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

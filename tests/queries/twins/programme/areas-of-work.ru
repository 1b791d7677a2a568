# One promise less in the reform area.
# One area has no action.
# given programme: programme:five-areas-of-work programme:121382
# gone: programme:five-areas-reform
# new: programme:five-areas-reform

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:stimulate-vitality park:contributesTo programme:five-areas-reform } ;
INSERT DATA {
  programme:twin a park:ProgrammeComponent ; rdfs:label "试验的工作"@zh , "an area for the test"@en ;
    park:componentOf programme:five-areas-of-work ; park:ordinal 6 ; park:evidence passage:5505-5515 .
}

# One project was completed instead.
# Works on the talent park started in a year, for which no passage is given; the phase of a project is
# inferred, not its day; another vocabulary has a class for the talent park; a reasoner puts its class below
# itself.
# given phase: phase:started phase:landed
# gone: project:bisplatin-base
# new: platform:talent-park	"云南省高层次人才创新创业园"@zh	park:TalentPlatform	"人才平台"@zh		period:2017

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>

DELETE DATA { phase-record:bisplatin-base-started park:phase phase:started } ;
INSERT DATA { phase-record:bisplatin-base-started park:phase phase:completed } ;
INSERT DATA {
  phase-record:twin a park:PhaseRecord ; park:phaseOf platform:talent-park ; park:phase phase:started ;
    park:period period:2017 ; park:basis basis:stated .
  annotation:twin owl:annotatedSource phase-record:tongying-pharma-landed ; owl:annotatedProperty park:phase ;
    owl:annotatedTarget phase:landed ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  platform:talent-park a schema:Thing .
  schema:Thing rdfs:label "事物"@zh , "thing"@en .
  park:TalentPlatform rdfs:subClassOf park:TalentPlatform .
}

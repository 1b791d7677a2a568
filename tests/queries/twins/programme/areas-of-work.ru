# One promise less in the reform area.
# gone: programme:five-areas-reform
# new: programme:five-areas-reform

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:stimulate-vitality park:contributesTo programme:five-areas-reform }

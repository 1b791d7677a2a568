# The action also serves another area of work.
# new: programme:five-areas-reform

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

INSERT DATA { undertaking:strengthen-innovation-carriers park:contributesTo programme:five-areas-reform }

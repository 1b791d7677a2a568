# The five areas have a sixth part.
# gone: programme:five-areas-of-work
# new: programme:five-areas-of-work

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>

INSERT DATA { programme:five-areas-of-work park:hasComponent programme:121382-5-8 }

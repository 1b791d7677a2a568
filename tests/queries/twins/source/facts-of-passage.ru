# The assessment cites another passage, far away.
# gone: assessment:ge-healthcare-world-500

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>

DELETE DATA { assessment:ge-healthcare-world-500 park:evidence passage:1187-1199 } ;
INSERT DATA { assessment:ge-healthcare-world-500 park:evidence passage:451-456 }

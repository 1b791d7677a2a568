# The project is named in another passage, too.
# new: 1261	1306

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

INSERT DATA { project:kaikun-manufacturing-park park:evidence passage:1261-1306 }

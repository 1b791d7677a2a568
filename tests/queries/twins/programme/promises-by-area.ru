# The garden on Liangwang Mountain has been built.
# gone: undertaking:build-liangwang-park

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

INSERT DATA { undertaking:build-liangwang-park park:status status:achieved }

# The garden on Liangwang Mountain has been built; the software park is only planned.
# gone: platform:software-park
# new: undertaking:build-liangwang-park

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX status: <https://w3id.org/parkgraph/code/status/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { platform:software-park park:status status:achieved } ;
INSERT DATA { platform:software-park park:status status:planned . undertaking:build-liangwang-park park:status status:achieved }

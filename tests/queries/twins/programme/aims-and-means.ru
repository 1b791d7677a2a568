# An action is a means to a second goal.
# new: undertaking:build-liangwang-park

PREFIX goal: <https://w3id.org/parkgraph/id/goal/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

INSERT DATA { undertaking:build-liangwang-park park:meansTo goal:sense-of-gain }

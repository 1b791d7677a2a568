# The garden is built elsewhere; a principle applies to the mountain.
# gone: undertaking:build-liangwang-park
# new: principle:mission

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX principle: <https://w3id.org/parkgraph/id/principle/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:build-liangwang-park park:concerns place:liangwang-mountain } ;
INSERT DATA { principle:mission park:appliesTo place:liangwang-mountain }

# The talent park does not lie in the park.
# gone: platform:talent-park

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>

DELETE DATA { platform:talent-park park:locatedIn place:kunming-high-tech-zone }

# The park has no west area.
# gone: place:west-area

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { place:west-area park:areaOf place:kunming-high-tech-zone . place:kunming-high-tech-zone park:hasArea place:west-area }

# The assessment is about the city.
# gone: assessment:park-growing
# new: place:kunming	

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { assessment:park-growing park:about place:kunming-high-tech-zone } ;
INSERT DATA { assessment:park-growing park:about place:kunming }

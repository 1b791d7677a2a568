# Another body runs the park.
# gone: organization:management-committee	"昆明高新区管委会"@zh	park:administeredBy
# new: organization:municipal-government	"市政府"@zh	park:administeredBy

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { place:kunming-high-tech-zone park:administeredBy organization:management-committee } ;
INSERT DATA { place:kunming-high-tech-zone park:administeredBy organization:municipal-government }

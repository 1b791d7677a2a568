# Another body runs the park.
# That it runs the park is inferred, and so is who held the contest.
# gone: organization:management-committee	"昆明高新区管委会"@zh	park:administeredBy
# new: organization:municipal-government	"市政府"@zh	park:administeredBy
# gone: participation:excellent-case-contest-organizer	"市委改革办主办优秀案例评比"@zh			basis:stated
# new: participation:excellent-case-contest-organizer	"市委改革办主办优秀案例评比"@zh			basis:inference
# new: place:kunming-high-tech-zone	"昆明高新区"@zh			basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { place:kunming-high-tech-zone park:administeredBy organization:management-committee } ;
INSERT DATA { place:kunming-high-tech-zone park:administeredBy organization:municipal-government } ;
DELETE DATA { participation:excellent-case-contest-organizer park:basis basis:stated } ;
INSERT DATA {
  participation:excellent-case-contest-organizer park:basis basis:inference .
  annotation:twin owl:annotatedSource place:kunming-high-tech-zone ; owl:annotatedProperty park:administeredBy ;
    owl:annotatedTarget organization:municipal-government ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

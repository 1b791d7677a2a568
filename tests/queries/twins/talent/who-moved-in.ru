# A tenant is not one.
# A firm moved in at no event, one elsewhere at an event without a day; for neither a passage is given.
# given platform: platform:talent-park platform:software-park
# gone: enterprise:hiscene
# new: enterprise:walvax
# new: platform:software-park

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX event: <https://w3id.org/parkgraph/id/event/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

DELETE WHERE { participation:talent-park-hiscene park:participationIn ?platform } ;
INSERT DATA {
  participation:twin a park:Participation ; park:participant enterprise:walvax ; park:role role:tenant ;
    park:participationIn platform:talent-park ; park:basis basis:stated .
  participation:twin-2 a park:Participation ; park:participant enterprise:walvax ; park:role role:tenant ;
    park:participationIn platform:software-park ; park:atEvent event:twin ; park:basis basis:stated .
  event:twin a park:Event ; rdfs:label "试验的活动"@zh , "an event for the test"@en .
}

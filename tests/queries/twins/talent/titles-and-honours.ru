# The prize went to the firm.
# Who granted another is inferred, not when; for a third no passage is given.
# gone: project:sanqi-development
# new: enterprise:kpc-group
# new: recognition:twin

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>
PREFIX recognition: <https://w3id.org/parkgraph/id/recognition/>
PREFIX recognition-status: <https://w3id.org/parkgraph/code/recognition-status/>
PREFIX title: <https://w3id.org/parkgraph/code/title/>

DELETE DATA { recognition:kpc-science-progress-award park:recipient project:sanqi-development } ;
INSERT DATA { recognition:kpc-science-progress-award park:recipient enterprise:kpc-group } ;
INSERT DATA {
  annotation:twin owl:annotatedSource recognition:e-commerce-base ; owl:annotatedProperty park:grantor ;
    owl:annotatedTarget group:national-ministries ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  recognition:twin a park:Recognition ; park:recipient enterprise:walvax ; park:title title:science-progress-award ;
    park:recognitionStatus recognition-status:granted ; park:basis basis:stated .
}

# The firm is not a tenant.
# It landed, it is judged and it carries something out; that an action concerns it is inferred; a list that it
# is in names two kinds of members.
# gone: participation:talent-park-zhongfu-gaoke
# given organization: enterprise:zhongfu-gaoke enterprise:hiscene
# new: phase-record:twin
# new: basis:inference

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX member-kind: <https://w3id.org/parkgraph/code/member-kind/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX phase: <https://w3id.org/parkgraph/code/phase/>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE WHERE { participation:talent-park-zhongfu-gaoke park:participant ?party } ;
INSERT DATA {
  phase-record:twin a park:PhaseRecord ; park:phaseOf enterprise:zhongfu-gaoke ; park:phase phase:landed ;
    park:basis basis:stated ; park:evidence passage:2172-2187 .
  assessment:twin a park:Assessment ; park:about enterprise:zhongfu-gaoke ; park:basis basis:inference ;
    park:evidence passage:2172-2187 .
  undertaking:bring-in-incubation-modes park:carriedOutBy enterprise:zhongfu-gaoke .
  group:twin a park:Group ; park:hasMember enterprise:zhongfu-gaoke ; park:evidence passage:2172-2187 ;
    park:memberKind member-kind:enterprise , member-kind:project .
  undertaking:attract-high-level-talent park:concerns enterprise:zhongfu-gaoke .
  annotation:twin owl:annotatedSource undertaking:attract-high-level-talent ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget enterprise:zhongfu-gaoke ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
}

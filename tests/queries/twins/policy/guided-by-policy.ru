# The layouts of industry are not carried out, but the five projects follow the Eight Key Industries as well.
# gone: undertaking:implement-industry-layouts
# new: group:june-15-projects

PREFIX group: <https://w3id.org/parkgraph/id/group/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:implement-industry-layouts park:guidedBy policy:eight-key-industries } ;
INSERT DATA { group:june-15-projects park:guidedBy policy:eight-key-industries }

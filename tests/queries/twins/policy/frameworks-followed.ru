# Rural revitalisation is not carried out; the second characteristic industry follows the Yangtze belt.
# gone: undertaking:implement-rural-revitalization
# new: programme:121382-2-2

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX policy: <https://w3id.org/parkgraph/id/policy/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:implement-rural-revitalization park:guidedBy policy:rural-revitalization } ;
INSERT DATA { programme:121382-2-2 park:guidedBy policy:yangtze-economic-belt }

# Winning big investors is not tied to a period; a reform is.
# gone: undertaking:win-big-investors
# new: reform:supplement-later

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX reform: <https://w3id.org/parkgraph/id/reform/>
PREFIX undertaking: <https://w3id.org/parkgraph/id/undertaking/>

DELETE DATA { undertaking:win-big-investors park:period period:since-1992 } ;
INSERT DATA { reform:supplement-later park:period period:since-1992 }

# The paper has another name.
# gone: 昆明日报
# new: 昆明晚报

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { organization:kunming-daily rdfs:label "昆明日报"@zh } ;
INSERT DATA { organization:kunming-daily rdfs:label "昆明晚报"@zh }

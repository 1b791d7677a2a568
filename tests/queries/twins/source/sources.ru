# The paper has another name.
# A source that is no article has no date and no language, and nothing of it is cited.
# new: source:undated
# gone: 昆明日报
# new: 昆明晚报

PREFIX organization: <https://w3id.org/parkgraph/id/organization/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { organization:kunming-daily rdfs:label "昆明日报"@zh } ;
INSERT DATA { organization:kunming-daily rdfs:label "昆明晚报"@zh } ;
INSERT DATA {
    source:undated a park:Source ; rdfs:label "没有日期的文件"@zh , "a paper without a date"@en ;
        park:textLength 40 ; park:textSha256 "00"^^xsd:hexBinary .
}

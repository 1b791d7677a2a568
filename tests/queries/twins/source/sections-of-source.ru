# A passage begins in another section.
# A paper is asked of too of which nothing is cited.
# given source: source:kunming-daily-2018-06-20 source:undated
# new: undated
# gone: section:front
# gone: section:footer
# new: section:front
# new: section:footer

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX section: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/section/>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX undated-section: <https://w3id.org/parkgraph/source/undated/section/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { passage:0-5 park:inSection section:front } ;
INSERT DATA { passage:0-5 park:inSection section:footer } ;
INSERT DATA {
    source:undated a park:Source ; rdfs:label "没有日期的文件"@zh , "a paper without a date"@en ;
        park:textLength 40 ; park:textSha256 "00"^^xsd:hexBinary .
    undated-section:whole a park:Section ; rdfs:label "全文"@zh , "whole text"@en ; park:inSource source:undated ;
        park:ordinal 1 ; park:start 0 ; park:end 40 .
}

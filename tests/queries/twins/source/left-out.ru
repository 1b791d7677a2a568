# What was left out becomes evidence of a fact.
# Something is left out of another paper.
# new: source:undated
# gone: omission:kunming-daily-2018-06-20-65-69

PREFIX omission: <https://w3id.org/parkgraph/id/omission/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX undated: <https://w3id.org/parkgraph/source/undated/>
PREFIX undated-section: <https://w3id.org/parkgraph/source/undated/section/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE WHERE { omission:kunming-daily-2018-06-20-65-69 ?property ?value } ;
INSERT DATA {
    source:undated a park:Source ; rdfs:label "没有日期的文件"@zh , "a paper without a date"@en ;
        park:textLength 40 ; park:textSha256 "00"^^xsd:hexBinary .
    undated-section:whole a park:Section ; rdfs:label "全文"@zh , "whole text"@en ; park:inSource source:undated ;
        park:ordinal 1 ; park:start 0 ; park:end 40 .
    undated:5-9 a park:Passage ; park:inSource source:undated ; park:inSection undated-section:whole ;
        park:start 5 ; park:end 9 ; park:sha256 "00"^^xsd:hexBinary .
    omission:undated a park:Omission ; park:evidence undated:5-9 ;
        park:reason "页码，不含事实。"@zh , "A page number; it holds no fact."@en .
}

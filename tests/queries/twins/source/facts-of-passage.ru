# The assessment cites another passage, far away.
# (A class of another ontology is no kind to be told.)
# A passage that nothing cites, and one that was left out, are asked of too.
# given passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/1187-1199> <https://w3id.org/parkgraph/source/undated/5-9> <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/65-69>
# new: omission:kunming-daily-2018-06-20-65-69
# gone: assessment:ge-healthcare-world-500

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX undated: <https://w3id.org/parkgraph/source/undated/>
PREFIX undated-section: <https://w3id.org/parkgraph/source/undated/section/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { assessment:ge-healthcare-world-500 park:evidence passage:1187-1199 } ;
INSERT DATA { assessment:ge-healthcare-world-500 park:evidence passage:451-456 } ;
INSERT DATA { enterprise:ge-healthcare a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA {
    source:undated a park:Source ; rdfs:label "没有日期的文件"@zh , "a paper without a date"@en ;
        park:textLength 40 ; park:textSha256 "00"^^xsd:hexBinary .
    undated-section:whole a park:Section ; rdfs:label "全文"@zh , "whole text"@en ; park:inSource source:undated ;
        park:ordinal 1 ; park:start 0 ; park:end 40 .
    undated:5-9 a park:Passage ; park:inSource source:undated ; park:inSection undated-section:whole ;
        park:start 5 ; park:end 9 ; park:sha256 "00"^^xsd:hexBinary .
}

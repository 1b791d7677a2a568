# The figure rests on one passage only.
# Another figure is asked of too: it is inferred, for a reason, from a paper without a date.
# given fact: observation:2017-total-revenue observation:2017-foreign-trade
# new: source:undated
# gone: 451-456

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX source: <https://w3id.org/parkgraph/source/>
PREFIX undated: <https://w3id.org/parkgraph/source/undated/>
PREFIX undated-section: <https://w3id.org/parkgraph/source/undated/section/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { observation:2017-total-revenue park:evidence passage:451-456 } ;
DELETE DATA { observation:2017-foreign-trade park:basis basis:stated } ;
INSERT DATA {
    source:undated a park:Source ; rdfs:label "没有日期的文件"@zh , "a paper without a date"@en ;
        park:textLength 40 ; park:textSha256 "00"^^xsd:hexBinary .
    undated-section:whole a park:Section ; rdfs:label "全文"@zh , "whole text"@en ; park:inSource source:undated ;
        park:ordinal 1 ; park:start 0 ; park:end 40 .
    undated:5-9 a park:Passage ; park:inSource source:undated ; park:inSection undated-section:whole ;
        park:start 5 ; park:end 9 ; park:sha256 "00"^^xsd:hexBinary .
    observation:2017-foreign-trade park:basis basis:inference ; park:evidence undated:5-9 ;
        park:reason "由文件推断。"@zh , "Inferred from the paper."@en .
}

# The revenue of high-tech enterprises is no share.
# (A class of another ontology is no kind to be told.)
# The revenue of the park is stated to be a share of some indicator, itself and not its indicator.
# gone: target:high-tech-enterprises-revenue-share

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX target: <https://w3id.org/parkgraph/id/target/>

DELETE DATA {
    target:high-tech-enterprises-revenue-share park:shareOf indicator:total-revenue .
    indicator:high-tech-enterprises-revenue-share park:shareOf indicator:total-revenue .
} ;
INSERT DATA { observation:2017-total-revenue a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en } ;
INSERT DATA { observation:2017-total-revenue park:shareOf indicator:foreign-trade }

# A question is answered.
# (A class of another ontology is no kind to be told.)
# gone: period:next-steps-2018

PREFIX assessment: <https://w3id.org/parkgraph/id/assessment/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE WHERE { period:next-steps-2018 park:openQuestion ?question } ;
INSERT DATA { assessment:front-rank-of-parks a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en }

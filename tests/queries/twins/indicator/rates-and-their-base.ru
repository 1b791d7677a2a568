# Growth of industry compares with a named period; growth of retail sales is a share.
# (A class of another ontology is no kind to be told.)
# gone: observation:2017-retail-sales-growth
# new: period:recent-years-to-2018

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX transformation: <https://w3id.org/parkgraph/code/transformation/>

DELETE DATA { indicator:retail-sales-growth park:transformation transformation:change } ;
INSERT DATA {
    indicator:retail-sales-growth park:transformation transformation:share .
    observation:2017-industrial-value-added-growth park:comparedWith period:recent-years-to-2018 .
} ;
INSERT DATA { observation:2017-industrial-value-added-growth a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en }

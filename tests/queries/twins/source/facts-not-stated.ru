# One inference turns into something stated.
# (A class of another ontology is no kind to be told.)
# gone: enterprise:hiscene

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX phase-record: <https://w3id.org/parkgraph/id/phase-record/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { annotation:hiscene-located-in-park park:basis basis:inference } ;
INSERT DATA { annotation:hiscene-located-in-park park:basis basis:stated } ;
INSERT DATA { phase-record:khtz-zhongfu-gaoke-signed a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en }

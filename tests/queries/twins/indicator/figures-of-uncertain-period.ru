# The period of the workstations is stated, and the period of the expected investment is given.
# (A class of another ontology is no kind to be told.)
# gone: observation:workstations
# gone: planned-amount:june-15-projects

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX planned-amount: <https://w3id.org/parkgraph/id/planned-amount/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { annotation:workstations-period park:basis basis:inference } ;
INSERT DATA {
    annotation:workstations-period park:basis basis:stated .
    planned-amount:june-15-projects park:period period:2018-to-date .
} ;
INSERT DATA { observation:maker-spaces a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en }

# One inference turns into something stated.
# (A class of another ontology is no kind to be told.)
# gone: platform:cao-chunan-workstation

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX qudt: <http://qudt.org/schema/qudt/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

DELETE DATA { annotation:cao-chunan-workstation-led-by park:basis basis:name } ;
INSERT DATA { annotation:cao-chunan-workstation-led-by park:basis basis:stated } ;
INSERT DATA { participation:maiduo-industrialization-base-maiduo a qudt:Quantity . qudt:Quantity rdfs:label "量"@zh , "quantity"@en }

# One inference turns into something stated.
# gone: platform:cao-chunan-workstation

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { annotation:cao-chunan-workstation-led-by park:basis basis:inference } ;
INSERT DATA { annotation:cao-chunan-workstation-led-by park:basis basis:stated }

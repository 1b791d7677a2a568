# The maker spaces are no joint total.
# gone: observation:maker-spaces

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { observation:maker-spaces park:jointTotal true }

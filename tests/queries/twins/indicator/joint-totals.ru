# The maker spaces are no joint total.
# The patents are about as many.
# gone: observation:maker-spaces

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA { observation:maker-spaces park:jointTotal true } ;
DELETE { observation:2017-patents ?bound ?value }
WHERE {
    VALUES ?bound { park:qualifier park:lowerBound park:upperBound park:boundsInclusive }
    observation:2017-patents ?bound ?value
} ;
INSERT DATA { observation:2017-patents park:qualifier qualifier:about }

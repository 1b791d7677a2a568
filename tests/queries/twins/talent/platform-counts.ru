# The count of maker spaces is of one level only.
# gone: level:municipal
# new: platform-kind:maker-space	"众创空间"@zh	level:national	"国家级"@zh	13	13	

PREFIX level: <https://w3id.org/parkgraph/code/level/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA {
  observation:maker-spaces park:coversLevel level:provincial , level:municipal ; park:jointTotal true
} ;
INSERT DATA { observation:maker-spaces park:jointTotal false }

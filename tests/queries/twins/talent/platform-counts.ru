# The count of maker spaces is of one level only.
# Another count is in tens of thousands; of a third only the words are known. Neither is marked, neither cites a passage.
# gone: level:municipal
# new: platform-kind:maker-space	"众创空间"@zh	level:national	"国家级"@zh	13	13	
# new: observation:twin
# new: observation:twin-2

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX level: <https://w3id.org/parkgraph/code/level/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform-kind: <https://w3id.org/parkgraph/code/platform-kind/>

DELETE DATA {
  observation:maker-spaces park:coversLevel level:provincial , level:municipal ; park:jointTotal true
} ;
INSERT DATA { observation:maker-spaces park:jointTotal false } ;
INSERT DATA {
  observation:twin a park:Observation ; park:coversKind platform-kind:maker-space ; park:indicator indicator:platform-count ;
    park:printedForm "1.3万个" ; park:lowerBound 1.3 ; park:normalizedValue 13000.0 ; park:basis basis:stated .
  observation:twin-2 a park:Observation ; park:coversKind platform-kind:maker-space ;
    park:indicator indicator:platform-count ; park:printedForm "若干" ; park:basis basis:stated .
}

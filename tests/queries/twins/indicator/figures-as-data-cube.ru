# The figure for foreign trade is limited; the joint total of patents is one of granted patents alone.
# gone: observation:2017-foreign-trade
# new: observation:2017-patents

PREFIX counted-kind: <https://w3id.org/parkgraph/code/counted-kind/>
PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX qualifier: <https://w3id.org/parkgraph/code/qualifier/>

DELETE DATA {
  observation:2017-foreign-trade park:qualifier qualifier:exactly .
  observation:2017-patents park:jointTotal true ; park:coversKind counted-kind:patent-application .
} ;
INSERT DATA { observation:2017-foreign-trade park:qualifier qualifier:nearly }

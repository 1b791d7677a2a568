# The figure rests on one passage only.
# gone: 451-456

PREFIX observation: <https://w3id.org/parkgraph/id/observation/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>

DELETE DATA { observation:2017-total-revenue park:evidence passage:451-456 }

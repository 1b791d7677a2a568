# A question is answered.
# gone: period:next-steps-2018

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>

DELETE WHERE { period:next-steps-2018 park:openQuestion ?question }

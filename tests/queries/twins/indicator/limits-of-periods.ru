# The next steps begin on 1 July, and that is stated.
# gone: period:next-steps-2018
# new: "2018-07-01"

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX period: <https://w3id.org/parkgraph/id/period/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

DELETE DATA { period:next-steps-2018 park:startDate "2018-06-20"^^xsd:date } ;
INSERT DATA { period:next-steps-2018 park:startDate "2018-07-01"^^xsd:date }

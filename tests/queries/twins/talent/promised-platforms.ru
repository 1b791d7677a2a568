# The park is a national innovation demonstration zone already.
# gone: recognition:national-innovation-demonstration-zone

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX recognition: <https://w3id.org/parkgraph/id/recognition/>
PREFIX recognition-status: <https://w3id.org/parkgraph/code/recognition-status/>

DELETE DATA { recognition:national-innovation-demonstration-zone park:recognitionStatus recognition-status:applied-for } ;
INSERT DATA { recognition:national-innovation-demonstration-zone park:recognitionStatus recognition-status:granted }

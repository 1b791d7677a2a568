# Somebody else took the photograph.
# gone: person:wang-junxing
# new: person:guo-man

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX person: <https://w3id.org/parkgraph/id/person/>
PREFIX photograph: <https://w3id.org/parkgraph/id/photograph/>

DELETE DATA { photograph:expo-booth park:creditedTo person:wang-junxing } ;
INSERT DATA { photograph:expo-booth park:creditedTo person:guo-man }

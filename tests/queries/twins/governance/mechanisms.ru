# The two consultations are surely two.
# gone: mechanism:regular-consultation
# new: mechanism:regular-consultation

PREFIX mechanism: <https://w3id.org/parkgraph/id/mechanism/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { mechanism:project-consultation park:possiblySameAs mechanism:regular-consultation }

# A pair written in one direction only, between things not doubted before.
# new: enterprise:shunxi-bio

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

INSERT DATA { enterprise:walvax park:possiblySameAs enterprise:shunxi-bio }

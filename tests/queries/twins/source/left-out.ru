# What was left out becomes evidence of a fact.
# gone: omission:kunming-daily-2018-06-20-65-69

PREFIX omission: <https://w3id.org/parkgraph/id/omission/>

DELETE WHERE { omission:kunming-daily-2018-06-20-65-69 ?property ?value }

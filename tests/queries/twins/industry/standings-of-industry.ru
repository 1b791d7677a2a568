# Gene technology is no part of biomedicine.
# gone: industry:gene-technology

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { industry:gene-technology skos:broader industry:biomedicine }

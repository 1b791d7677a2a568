# One owner is a co-builder.
# gone: enterprise:tongying-group

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX participation: <https://w3id.org/parkgraph/id/participation/>
PREFIX role: <https://w3id.org/parkgraph/code/role/>

DELETE DATA { participation:bisplatin-base-owner park:role role:initiator } ;
INSERT DATA { participation:bisplatin-base-owner park:role role:co-builder }

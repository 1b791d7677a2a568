# An enterprise stands in an area of the park, so in the park.
# new: enterprise:zhongfu-gaoke

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

INSERT DATA { enterprise:zhongfu-gaoke park:locatedIn place:west-area }

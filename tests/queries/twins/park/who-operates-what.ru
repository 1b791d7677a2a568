# The talent park has an operator.
# new: platform:talent-park

PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX platform: <https://w3id.org/parkgraph/id/platform/>

INSERT DATA { platform:talent-park park:operatedBy enterprise:zhongfu-gaoke }

# Foreign trade is collected by customs, and that is stated.
# gone: indicator:foreign-trade
# new: statistical-system:customs

PREFIX indicator: <https://w3id.org/parkgraph/id/indicator/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX statistical-system: <https://w3id.org/parkgraph/code/statistical-system/>

DELETE DATA { indicator:foreign-trade park:statisticalSystem statistical-system:unstated } ;
INSERT DATA { indicator:foreign-trade park:statisticalSystem statistical-system:customs }

# The district lies in the city, so the sub-district does too.
# gone: place:dongchuan-district	"东川区"@zh	park:AdministrativeUnit	"行政区划"@zh	level:district	"区县级"@zh		
# new: place:tongdu-subdistrict	"铜都街道"@zh	park:AdministrativeUnit	"行政区划"@zh	level:sub-district	"街道级"@zh	place:kunming	

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

INSERT DATA { place:dongchuan-district park:locatedIn place:kunming }

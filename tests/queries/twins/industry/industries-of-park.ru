# Nanotechnology is leading already.
# gone: industry-role:emerging	"新兴产业"@zh	industry:nanotechnology
# new: industry-role:leading	"主导产业"@zh	industry:nanotechnology

PREFIX industry-role: <https://w3id.org/parkgraph/code/industry-role/>
PREFIX industry-standing: <https://w3id.org/parkgraph/id/industry-standing/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>

DELETE DATA { industry-standing:park-emerging-nanotechnology park:industryRole industry-role:emerging } ;
INSERT DATA { industry-standing:park-emerging-nanotechnology park:industryRole industry-role:leading }

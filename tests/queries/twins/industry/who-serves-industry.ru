# A project leaves its industry, an enterprise joins one.
# gone: project:solid-waste-equipment
# new: industry:finance	"金融"@zh	park:Enterprise

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX enterprise: <https://w3id.org/parkgraph/id/enterprise/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE { ?link ?property ?value }
WHERE { ?link park:linkOf project:solid-waste-equipment ; ?property ?value } ;
INSERT DATA {
  industry-link:twin a park:IndustryLink ; park:linkOf enterprise:yunnan-copper ; park:industry industry:finance ;
    park:basis basis:inference ; park:reason "只为试验。"@zh , "For the test only."@en .
}

# One project fewer serves medical imaging, and all that is broader.
# A project and a fund cite another passage; for a new project none is given.
# gone: industry:medical-imaging
# gone: industry:comprehensive-health
# gone: industry:biomedicine-and-health
# new: industry:biomedicine-and-health
# new: industry:finance

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX industry-link: <https://w3id.org/parkgraph/id/industry-link/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE WHERE { ?link park:linkOf project:third-party-imaging-centre ; ?property ?value } ;
INSERT DATA {
  project:bisplatin-base park:evidence passage:1181-1203 .
  fund:yunnan-new-materials park:evidence passage:1181-1203 .
  project:twin a park:Project .
  industry-link:twin a park:IndustryLink ; park:linkOf project:twin ; park:industry industry:finance ; park:basis basis:stated .
}

# One project fewer serves medical imaging, and all that is broader.
# A project and a fund cite another passage; for a new project none is given.
# gone: industry:medical-imaging
# gone: industry:comprehensive-health
# gone: industry:biomedicine-and-health
# new: industry:biomedicine-and-health
# new: industry:finance

PREFIX fund: <https://w3id.org/parkgraph/id/fund/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { project:third-party-imaging-centre park:servesIndustry industry:medical-imaging } ;
INSERT DATA {
  project:bisplatin-base park:evidence passage:1181-1203 .
  fund:yunnan-new-materials park:evidence passage:1181-1203 .
  project:twin a park:Project ; park:servesIndustry industry:finance .
}

# One project fewer serves medical imaging, and all that is broader.
# gone: industry:medical-imaging
# gone: industry:comprehensive-health
# gone: industry:biomedicine-and-health
# new: industry:biomedicine-and-health

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX project: <https://w3id.org/parkgraph/id/project/>

DELETE DATA { project:third-party-imaging-centre park:servesIndustry industry:medical-imaging }

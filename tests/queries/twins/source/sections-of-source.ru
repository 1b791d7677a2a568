# A passage begins in another section.
# gone: section:front
# gone: section:footer
# new: section:front
# new: section:footer

PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX section: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/section/>

DELETE DATA { passage:0-5 park:inSection section:front } ;
INSERT DATA { passage:0-5 park:inSection section:footer }

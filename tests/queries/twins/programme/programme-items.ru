# The eighth key project is no part of the programme.
# One part is a part of another programme as well, and what one concerns is inferred; an area cites several
# passages.
# gone: programme:121382-5-8
# new: basis:inference	"只为试验。"@zh

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>
PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX passage: <https://w3id.org/parkgraph/source/kunming-daily-2018-06-20/>
PREFIX programme: <https://w3id.org/parkgraph/id/programme/>

DELETE DATA { programme:121382-5 park:hasComponent programme:121382-5-8 } ;
INSERT DATA {
  annotation:twin owl:annotatedSource programme:121382-5-7 ; owl:annotatedProperty park:concerns ;
    owl:annotatedTarget industry:cultural-creative-industry ; park:basis basis:inference ;
    park:reason "只为试验。"@zh , "For the test only."@en .
  programme:121382-6-1 park:evidence passage:4167-4177 , passage:4178-4203 .
  programme:five-areas-of-work park:hasComponent programme:121382-5-1 .
}

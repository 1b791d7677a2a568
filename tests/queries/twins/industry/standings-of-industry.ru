# Gene technology is no part of biomedicine.
# A standing for which no passage is given; another industry, whose broader ones have standings.
# given industry: industry:biomedicine-and-health industry:regenerative-medicine
# gone: industry:gene-technology
# new: match:broader
# new: industry-standing:twin

PREFIX basis: <https://w3id.org/parkgraph/code/basis/>
PREFIX industry-role: <https://w3id.org/parkgraph/code/industry-role/>
PREFIX industry-standing: <https://w3id.org/parkgraph/id/industry-standing/>
PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

DELETE DATA { industry:gene-technology skos:broader industry:biomedicine } ;
INSERT DATA {
  industry-standing:twin a park:IndustryRole ; park:about place:west-area ; park:industry industry:biomedicine ;
    park:industryRole industry-role:emerging ; park:basis basis:stated .
}

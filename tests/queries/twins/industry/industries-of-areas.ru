# Big data belongs in the east area.
# gone: place:west-area	"西区"@zh	industry-role:area-focus	"片区重点"@zh	industry:big-data
# new: place:east-area	"东区"@zh	industry-role:area-focus	"片区重点"@zh	industry:big-data

PREFIX industry-standing: <https://w3id.org/parkgraph/id/industry-standing/>
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX place: <https://w3id.org/parkgraph/id/place/>

DELETE DATA { industry-standing:west-big-data park:about place:west-area } ;
INSERT DATA { industry-standing:west-big-data park:about place:east-area }

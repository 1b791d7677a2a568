# The source says in words who leads the workstation.
# gone: person:cao-chunan	"曹楚南"@zh	basis:inference
# new: person:cao-chunan	"曹楚南"@zh	basis:stated

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>

DELETE WHERE { annotation:cao-chunan-workstation-led-by ?property ?value }

# The source itself names the industry of one firm.
# gone: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh	basis:inference
# new: enterprise:kpc-group	"昆药集团"@zh	industry:biomedicine	"生物医药"@zh	match:exact	"相同"@zh	basis:stated

PREFIX annotation: <https://w3id.org/parkgraph/id/annotation/>

DELETE WHERE { annotation:kpc-group-serves-biomedicine ?property ?value }

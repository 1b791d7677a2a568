# Nanotechnology is put under new materials.
# gone: industry:nanotechnology
# new: industry:new-materials	"新材料"@zh	"在纳米尺度上

PREFIX industry: <https://w3id.org/parkgraph/industry/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

INSERT DATA { industry:nanotechnology skos:broader industry:new-materials }

"""The project's IRIs in one place: base, named graphs, prefixes; shortening and expanding of names."""

from __future__ import annotations

import re
from collections.abc import Mapping

BASE = "https://w3id.org/parkgraph/"
ONTOLOGY = BASE + "ontology"
PARK = ONTOLOGY + "#"
SHAPES = BASE + "shapes#"
CODE = BASE + "code/"
INDUSTRY = BASE + "industry/"
ENTITY = BASE + "id/"
SOURCE = BASE + "source/"

GRAPH_ONTOLOGY = BASE + "graph/ontology"
GRAPH_DATA = BASE + "graph/data"
GRAPH_INFERRED = BASE + "graph/inferred"
GRAPH_SHAPES = BASE + "graph/shapes"
GRAPH_MERGED = BASE + "graph/merged"
GRAPH_METADATA = BASE + "graph/metadata"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"

INTEGERS = frozenset(
    XSD + name
    for name in (
        *("integer", "long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger"),
        *("nonPositiveInteger", "negativeInteger"),
        *("unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte"),
    )
)
NUMBERS = INTEGERS | {XSD + "decimal", XSD + "double", XSD + "float"}
"""The datatypes of numbers."""

STANDARD_PREFIXES = {"park": PARK, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "sh": SH, "skos": SKOS}
"""Known even where no `ontology/prefixes.ttl` is; `read.prefixes` gives the rest."""

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_CURIE = re.compile(r"([A-Za-z][\w.-]*)?:(.*)", re.DOTALL)


def shorten(iri: str, known: Mapping[str, str]) -> str:
    """`prefix:local` for an IRI by the longest fitting namespace, or `<iri>` when none fits."""
    best = ""
    for prefix, namespace in known.items():
        if iri.startswith(namespace) and len(namespace) > len(known.get(best, "")):
            best = prefix
    if best:
        local = iri[len(known[best]) :]
        if not local or _LOCAL.fullmatch(local):
            return f"{best}:{local}"
    return f"<{iri}>"


def expand(name: str, known: Mapping[str, str]) -> str | None:
    """The IRI of `<iri>`, `prefix:local` or an absolute http(s) or urn IRI; None when it is none of these."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    if name.startswith(("http://", "https://", "urn:")):
        return name
    found = _CURIE.fullmatch(name)
    if not found:
        return None
    namespace = known.get(found[1] or "")
    return None if namespace is None else namespace + found[2]

"""The project's IRIs in one place: base, named graphs, prefixes; shortening and expanding of names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from parkgraph.messages import _

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

STANDARD_PREFIXES = {"park": PARK, "rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "sh": SH, "skos": SKOS}
"""Known even where no `ontology/prefixes.ttl` is; that file adds the rest."""

_LOCAL = re.compile(r"\w(?:[\w.-]*[\w-])?")
_CURIE = re.compile(r"([A-Za-z][\w.-]*)?:(.*)", re.DOTALL)


@cache
def read_prefixes(file: Path) -> dict[str, str]:
    """Prefix → namespace as `file` declares them with sh:declare, over the standard ones.

    A missing file gives the standard prefixes.  Raises Unreadable when the file is not Turtle.
    """
    from pyoxigraph import Literal, NamedNode, RdfFormat, parse

    from parkgraph.errors import Unreadable
    from parkgraph.read.files import read_text

    if not file.exists():
        return dict(STANDARD_PREFIXES)
    prefix_of, namespace_of = {}, {}
    try:
        quads = list(parse(read_text(file), RdfFormat.TURTLE))
    except SyntaxError as error:  # not by read.strict, whose advice needs the prefixes
        raise Unreadable(
            _("not Turtle: {msg}", msg=error.msg),
            file=file,
            line=error.lineno,
            column=error.offset,
            fix=_("parkgraph validate {file} says more", file=file),
        ) from None
    for quad in quads:
        if not isinstance(quad.object, Literal):
            continue
        if quad.predicate == NamedNode(SH + "prefix"):
            prefix_of[quad.subject] = quad.object.value
        elif quad.predicate == NamedNode(SH + "namespace"):
            namespace_of[quad.subject] = quad.object.value
    declared = {prefix_of[node]: namespace_of[node] for node in prefix_of.keys() & namespace_of.keys()}
    return STANDARD_PREFIXES | dict(sorted(declared.items()))


def prefixes(root: Path | None = None) -> dict[str, str]:
    """All known prefixes of the graph at `root` (its folder; the default root when None).

    The standard ones alone where no root is found.
    """
    from parkgraph.errors import Unreadable
    from parkgraph.read.files import find_root

    if root is None:
        try:
            root = find_root().path
        except Unreadable:
            return dict(STANDARD_PREFIXES)
    return read_prefixes(root / "ontology" / "prefixes.ttl")


def shorten(iri: str, known: dict[str, str] | None = None) -> str:
    """`prefix:local` for an IRI by the longest fitting namespace, or `<iri>` when none fits."""
    known = prefixes() if known is None else known
    best = ""
    for prefix, namespace in known.items():
        if iri.startswith(namespace) and len(namespace) > len(known.get(best, "")):
            best = prefix
    if best:
        local = iri[len(known[best]) :]
        if not local or _LOCAL.fullmatch(local):
            return f"{best}:{local}"
    return f"<{iri}>"


def expand(name: str, known: dict[str, str] | None = None) -> str | None:
    """The IRI of `<iri>`, `prefix:local` or an absolute http(s) or urn IRI; None when it is none of these."""
    if name.startswith("<") and name.endswith(">"):
        return name[1:-1]
    if name.startswith(("http://", "https://", "urn:")):
        return name
    found = _CURIE.fullmatch(name)
    if not found:
        return None
    namespace = (prefixes() if known is None else known).get(found[1] or "")
    return None if namespace is None else namespace + found[2]

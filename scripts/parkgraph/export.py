"""The graph as one RDF file: any format, the same bytes on every run.

It is written from the files, not from the store: the store normalises literals (`5400.0` becomes `5400`),
and what is exported must be what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from parkgraph.errors import Usage
from parkgraph.graph.assemble import closure_of, read_asserted
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, RDF, shorten
from parkgraph.read.files import Root

Graphs = Mapping[str, Iterable[Triple]]
"""Named graph (IRI) → its triples."""

FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
_SHORT = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "xml": "rdfxml", "rdf": "rdfxml",
          "owl": "rdfxml", "json": "jsonld", "json-ld": "jsonld"}  # fmt: skip

GRAPHS = {
    "ontology": GRAPH_ONTOLOGY,
    "data": GRAPH_DATA,
    "shapes": GRAPH_SHAPES,
    "inferred": GRAPH_INFERRED,
}
"""Name on the command line → IRI."""

DEFAULT_GRAPHS = ("ontology", "data")


def format_named(name: str) -> RdfFormat:
    """The format called `name` (turtle, ttl, …).  Raises Usage for an unknown one."""
    found = FORMATS.get(_SHORT.get(name.lower(), name.lower()))
    if found is None:
        known = ", ".join(FORMATS)
        raise Usage(
            {"en": f"unknown format: {name}", "zh": f"未知的格式：{name}"},
            fix={"en": f"one of: {known}", "zh": f"可用：{known}"},
        )
    return found


def format_of(file: str | Path) -> RdfFormat:
    """The format that the file's suffix says.  Raises Usage when it says none."""
    suffix = Path(file).suffix.lstrip(".").lower()
    if suffix not in _SHORT and suffix not in FORMATS:
        raise Usage(
            {"en": f"the format of {file} cannot be told from its name",
             "zh": f"无法从文件名判断 {file} 的格式"},
            fix={"en": "add --format, or use .ttl .nt .nq .trig .rdf .jsonld",
                 "zh": "请加 --format，或使用 .ttl .nt .nq .trig .rdf .jsonld"},
        )  # fmt: skip
    return format_named(suffix)


def collect(root: Root, names: Iterable[str] = DEFAULT_GRAPHS) -> dict[str, list[Triple]]:
    """The named graphs with these names (keys of GRAPHS), from the files.  Raises Usage, Unreadable."""
    wanted = dict.fromkeys(names)
    unknown = [name for name in wanted if name not in GRAPHS]
    if unknown:
        known = ", ".join(GRAPHS)
        raise Usage(
            {"en": f"unknown graph: {', '.join(unknown)}", "zh": f"未知的图：{'、'.join(unknown)}"},
            fix={"en": f"one of: {known}, all", "zh": f"可用：{known}、all"},
        )
    graphs = read_asserted(root)
    if "inferred" in wanted:
        graphs[GRAPH_INFERRED] = closure_of(graphs).inferred
    return {GRAPHS[name]: graphs[GRAPHS[name]] for name in GRAPHS if name in wanted}


def write_graphs(
    graphs: Graphs, stream: BinaryIO, format: RdfFormat, prefixes: Mapping[str, str], *, merge: bool = False
) -> None:
    """Writes `graphs`, sorted, so that equal graphs give equal bytes.

    Formats with named graphs (nquads, trig, jsonld) keep them, unless merge.  prefixes: only used ones are
    written.
    """
    named = format.supports_datasets and not merge
    rows: Iterator[Quad] | Iterator[Triple]
    if named:
        rows = (
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
            for graph in sorted(graphs)
            for triple in in_order(graphs[graph])
        )
    else:
        rows = iter(in_order(triple for triples in graphs.values() for triple in triples))
    if format == RdfFormat.JSON_LD:
        stream.write(_json_ld(serialize(rows, format=format) or b"[]", _used(prefixes, graphs)))
        return
    plain = format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
    serialize(rows, stream, format, prefixes=None if plain else _used(prefixes, graphs))


def _json_ld(expanded: bytes, prefixes: Mapping[str, str]) -> bytes:
    """Expanded JSON-LD with a context of prefixes and short names, for people to read."""
    known = dict(prefixes)

    @cache
    def short(iri: str) -> str:
        name = shorten(iri, known)
        return iri if name.startswith("<") else name

    def compact(value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return dict(entry(name, inner) for name, inner in value.items())
        if isinstance(value, list):
            items = [compact(item, key) for item in value]
            return items[0] if len(items) == 1 and key not in ("@graph", "@list", "@set") else items
        return short(value) if key in ("@id", "@type") else value

    def entry(name: str, value: Any) -> tuple[str, Any]:
        if name == RDF + "type":
            return "@type", compact([kind["@id"] for kind in value], "@type")
        return short(name), compact(value, name)

    document = {"@context": known, "@graph": [compact(node) for node in json.loads(expanded)]}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def in_order(triples: Iterable[Triple]) -> list[Triple]:
    """Each triple once: by subject, the types first, then by predicate and object."""
    first = f"<{RDF}type>"

    def key(triple: Triple) -> tuple[str, bool, str, str]:
        predicate = str(triple.predicate)
        return str(triple.subject), predicate != first, predicate, str(triple.object)

    return sorted(set(triples), key=key)


def _used(prefixes: Mapping[str, str], graphs: Graphs) -> dict[str, str]:
    iris = {
        term.value
        for triples in graphs.values()
        for triple in triples
        for term in (
            triple.subject,
            triple.predicate,
            triple.object,
            getattr(triple.object, "datatype", None),
        )
        if isinstance(term, NamedNode)
    }
    return {
        prefix: namespace
        for prefix, namespace in sorted(prefixes.items())
        if any(iri.startswith(namespace) for iri in iris)
    }

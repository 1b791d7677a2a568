"""The graph as one RDF file: any format, the same bytes on every run.

It is written from the files, not from the store: the store normalises literals (`5400.0` becomes `5400`),
and what is exported must be what was written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from parkgraph.errors import Usage
from parkgraph.graph.assemble import closure_of, read_asserted
from parkgraph.graph.ordered import Ordered, Terms, merged, triples_of
from parkgraph.jsonld import write_json_ld
from parkgraph.messages import _
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES
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


def format_chosen(name: str | None, file: str | Path | None) -> RdfFormat:
    """The format called `name`, else the one that `file` says, else Turtle.  Raises Usage."""
    if name:
        return format_named(name)
    return format_of(file) if file and str(file) != "-" else format_named("turtle")


def format_named(name: str) -> RdfFormat:
    """The format called `name` (turtle, ttl, …).  Raises Usage for an unknown one."""
    found = FORMATS.get(_SHORT.get(name.lower(), name.lower()))
    if found is None:
        known = ", ".join(FORMATS)
        raise Usage(
            _("unknown format: {name}", name=name),
            fix=_("one of: {known}", known=known),
        )
    return found


def format_of(file: str | Path) -> RdfFormat:
    """The format that the file's suffix says.  Raises Usage when it says none."""
    suffix = Path(file).suffix.lstrip(".").lower()
    if suffix not in _SHORT and suffix not in FORMATS:
        raise Usage(
            _("the format of {file} cannot be told from its name", file=file),
            fix=_("add --format, or use .ttl .nt .nq .trig .rdf .jsonld"),
        )
    return format_named(suffix)


def collect(
    root: Root, names: Iterable[str] = DEFAULT_GRAPHS, made: Graphs | None = None
) -> dict[str, Iterable[Triple]]:
    """The named graphs with these names (keys of GRAPHS), from the files.  Each may be gone through again and
    again.  made: all four, where they are at hand.  Raises Usage, Unreadable.
    """
    wanted = dict.fromkeys(names)
    unknown = [name for name in wanted if name not in GRAPHS]
    if unknown:
        known = ", ".join(GRAPHS)
        raise Usage(
            _("unknown graph: {unknown}", unknown=list(unknown)),
            fix=_("one of: {known}, all", known=known),
        )
    graphs: dict[str, Iterable[Triple]] = {**(made or read_asserted(root))}
    if "inferred" in wanted and made is None:
        graphs[GRAPH_INFERRED] = list(closure_of(graphs))
    return {GRAPHS[name]: graphs[GRAPHS[name]] for name in GRAPHS if name in wanted}


def write_graphs(
    graphs: Graphs, stream: BinaryIO, format: RdfFormat, prefixes: Mapping[str, str], *, merge: bool = False
) -> None:
    """Writes `graphs`, sorted, so that equal graphs give equal bytes.

    Formats with named graphs (nquads, trig, jsonld) keep them, unless merge.  prefixes: only used ones are
    written.
    """
    ordered = {
        graph: triples if isinstance(triples, Ordered) else Ordered(triples)
        for graph, triples in sorted(graphs.items())
    }
    used = {
        prefix: namespace
        for prefix, namespace in sorted(prefixes.items())
        if any(triples.uses(namespace) for triples in ordered.values())
    }
    named = format.supports_datasets and not merge
    if format == RdfFormat.JSON_LD:
        by_graph: dict[str | None, Iterable[Terms]] = {None: merged(ordered.values())}
        if named:
            by_graph = {graph: triples.terms() for graph, triples in ordered.items()}
        write_json_ld(by_graph, stream, used)
    elif format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        _write_lines(ordered, stream, named=named)
    elif named:
        quads = (
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
            for graph, triples in ordered.items()
            for triple in triples
        )
        serialize(quads, stream, format, prefixes=used)
    else:
        serialize(triples_of(merged(ordered.values())), stream, format, prefixes=used)


def _write_lines(graphs: Mapping[str, Ordered], stream: BinaryIO, *, named: bool) -> None:
    if named:
        for graph, triples in graphs.items():
            stream.writelines(f"{s} {p} {o} <{graph}> .\n".encode() for s, p, o in triples.terms())
    else:
        stream.writelines(f"{s} {p} {o} .\n".encode() for s, p, o in merged(graphs.values()))

"""The graph as one RDF file: any format, the same bytes on every run.

It is written from the files, not from the store: the store normalises literals (`5400.0` becomes `5400`),
and what is exported must be what was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, serialize

from parkgraph.errors import Usage
from parkgraph.graph.assemble import Ordered, Terms, closure_of, merged, read_asserted, triples_of
from parkgraph.messages import _
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, RDF, XSD, shorten
from parkgraph.read.files import Root
from parkgraph.show.output import format_for

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
_SHORT = {
    "ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig", "rdf": "rdfxml", "jsonld": "jsonld",
    "xml": "rdfxml", "owl": "rdfxml", "json": "jsonld", "json-ld": "jsonld",
}  # fmt: skip

GRAPHS = {
    "ontology": GRAPH_ONTOLOGY,
    "data": GRAPH_DATA,
    "shapes": GRAPH_SHAPES,
    "inferred": GRAPH_INFERRED,
}
"""Name on the command line → IRI."""


def format_chosen(name: str | None, file: str | Path | None) -> RdfFormat:
    """The format called `name` (turtle, ttl …), else the one that `file` says, else Turtle.  Raises Usage."""
    return FORMATS[format_for(name, file, "turtle", tuple(FORMATS), _SHORT)]


def collect(
    root: Root, names: Iterable[str] = ("ontology", "data"), made: Graphs | None = None
) -> dict[str, Iterable[Triple]]:
    """The named graphs with these names (keys of GRAPHS), from the files.  Each may be gone through again and
    again.  made: all four, where they are at hand.  Raises Usage, Unreadable.
    """
    wanted = dict.fromkeys(names)
    if unknown := [name for name in wanted if name not in GRAPHS]:
        known = ", ".join(GRAPHS)
        raise Usage(
            _("unknown graph: {unknown}", unknown=unknown), fix=_("one of: {known}, all", known=known)
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
    by_graph: dict[str | None, Iterable[Terms]] = {None: merged(ordered.values())}
    if format.supports_datasets and not merge:
        by_graph = {graph: triples.terms() for graph, triples in ordered.items()}
    if format == RdfFormat.JSON_LD:
        write_json_ld(by_graph, stream, used)
    elif format in (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS):
        for graph, terms in by_graph.items():
            end = f"<{graph}> .\n" if graph else ".\n"
            stream.writelines(f"{s} {p} {o} {end}".encode() for s, p, o in terms)
    elif None in by_graph:
        serialize(triples_of(by_graph[None]), stream, format, prefixes=used)
    else:
        quads = (
            Quad(triple.subject, triple.predicate, triple.object, NamedNode(str(graph)))
            for graph, terms in by_graph.items()
            for triple in triples_of(terms)
        )
        serialize(quads, stream, format, prefixes=used)


# --- JSON-LD with a context of prefixes, for people to read ------------------------------


def write_json_ld(
    graphs: Mapping[str | None, Iterable[Terms]], stream: BinaryIO, prefixes: Mapping[str, str]
) -> None:
    """Writes `graphs` (IRI, or None for the default graph → its triples by subject) as one document."""
    text = json.JSONEncoder(ensure_ascii=False).encode
    type_ = f"<{RDF}type>"

    @lru_cache(100_000)
    def name(term: str) -> str:
        if term[0] != "<":
            return text(term)  # a blank node
        short = shorten(term[1:-1], prefixes)
        return text(term[1:-1] if short.startswith("<") else short)

    @lru_cache(100_000)
    def value(term: str) -> str:
        if term[0] != '"':
            return f'{{"@id": {name(term)}}}'
        # What N-Triples writes between the quotes is what JSON writes there.
        end = term.rindex('"') + 1
        said, kind = term[:end], term[end:]
        if kind.startswith("@"):
            return f'{{"@value": {said}, "@language": {text(kind[1:])}}}'
        if kind and kind != f"^^<{XSD}string>":
            return f'{{"@value": {said}, "@type": {name(kind[2:])}}}'
        return f'{{"@value": {said}}}'

    def node(subject: str, triples: Iterable[Terms]) -> str:
        lines = [f'"@id": {name(subject)}']
        for predicate, group in groupby(triples, key=lambda terms: terms[1]):
            objects = [terms[2] for terms in group]
            if predicate == type_ and not any(term[0] == '"' for term in objects):
                key, values = '"@type"', list(map(name, objects))
            else:
                key, values = name(predicate), list(map(value, objects))
            lines.append(f"{key}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}")
        return "{" + ",\n   ".join(lines) + "}"

    def document() -> Iterator[str]:
        context = ",".join(f"\n  {text(prefix)}: {text(iri)}" for prefix, iri in prefixes.items())
        yield f'{{\n "@context": {{{context}\n }},\n "@graph": ['
        between = "\n"
        for graph, triples in graphs.items():
            if graph is not None:
                yield f'{between}{{"@id": {text(graph)}, "@graph": ['
                between = "\n"
            for subject, group in groupby(triples, key=lambda terms: terms[0]):
                yield f"{between}  {node(subject, group)}"
                between = ",\n"
            if graph is not None:
                yield "\n ]}"
                between = ",\n"
        yield "\n ]\n}\n"

    stream.writelines(part.encode() for part in document())

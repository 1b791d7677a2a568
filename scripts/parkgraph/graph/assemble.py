"""Files → one in-memory store with four named graphs: ontology, data, shapes, inferred.

The graphs ontology, data and inferred share no triple (the first that has it keeps it), so a query over
the three together counts nothing twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from parkgraph.graph.ordered import Ordered
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES
from parkgraph.read.files import Role, Root, SourceFile, decode, read_bytes
from parkgraph.read.strict import parse_text

if TYPE_CHECKING:
    from parkgraph.infer.closure import Closure

Asserted = dict[str, list[Triple]]
"""Named graph (IRI) → its triples."""

GRAPH_ROLES: dict[str, tuple[Role, ...]] = {
    GRAPH_ONTOLOGY: ("ontology", "codes"),
    GRAPH_DATA: ("data", "passages"),
    GRAPH_SHAPES: ("prefixes", "shapes"),
}
"""Which files make up which graph; the inferred graph is made from the first two."""

QUESTION_GRAPHS: list[NamedNode | BlankNode | DefaultGraph] = [
    NamedNode(GRAPH_ONTOLOGY),
    NamedNode(GRAPH_DATA),
    NamedNode(GRAPH_INFERRED),
]
"""The default graph of every question and query: `store.query(…, default_graph=QUESTION_GRAPHS)`."""


def triples_in(content: bytes, name: str) -> list[Triple]:
    """The triples of a file with this `content`, in its order.  Blank nodes get labels that depend on the
    file's name and their place in it only: equal from run to run, different from those of every other file.

    Raises Unreadable.
    """
    stem = "b" + hashlib.sha256(name.encode()).hexdigest()[:8]
    labels: dict[BlankNode, BlankNode] = {}

    def own(term: object) -> object:
        if isinstance(term, BlankNode):
            return labels.setdefault(term, BlankNode(f"{stem}n{len(labels)}"))
        return term

    return [
        Triple(own(quad.subject), quad.predicate, own(quad.object))  # type: ignore[arg-type]
        for quad in parse_text(decode(content, name), name=name)
    ]


def read_triples(file: SourceFile) -> list[Triple]:
    """`triples_in` a file of the graph.  Raises Unreadable."""
    return triples_in(read_bytes(file.path, name=file.name), file.name)


def read_asserted(root: Root) -> Asserted:
    """Named graph (IRI) → its asserted triples, without duplicates, in the order of the files.

    Raises Unreadable for the first file that is none.
    """
    graphs: Asserted = {}
    kept: set[Triple] = set()
    for graph, roles in GRAPH_ROLES.items():
        triples = dict.fromkeys(triple for file in root.files(*roles) for triple in read_triples(file))
        if graph == GRAPH_SHAPES:  # no part of the questions' graph, so it may repeat what stands there
            graphs[graph] = list(triples)
        else:
            graphs[graph] = [triple for triple in triples if triple not in kept]
            kept.update(triples)
    return graphs


def ordered_asserted(root: Root) -> dict[str, Ordered]:
    """As `read_asserted`, for graphs of any size: one file at a time is in memory, and the ontology."""
    graphs: dict[str, Ordered] = {}
    kept: set[Triple] = set()
    for graph, roles in GRAPH_ROLES.items():
        triples = (triple for file in root.files(*roles) for triple in read_triples(file))
        if graph == GRAPH_DATA:
            triples = (triple for triple in triples if triple not in kept)
        graphs[graph] = Ordered(triples)
        if graph == GRAPH_ONTOLOGY:
            kept = set(graphs[graph])
    return graphs


def closure_of(asserted: Mapping[str, Iterable[Triple]]) -> Closure:
    """What follows from ontology and data, with its contradictions."""
    from parkgraph.infer.closure import close

    return close(chain(asserted[GRAPH_ONTOLOGY], asserted[GRAPH_DATA]))


def assemble(root: Root, read: Callable[[SourceFile], list[Triple]] = read_triples) -> Store:
    """The store with all four graphs, made from the files; beside it one file at a time is in memory.

    read: gives the triples of one file.  Raises Unreadable.
    """
    store = Store()
    for graph, roles in GRAPH_ROLES.items():
        for file in root.files(*roles):
            quads = (_quad(triple, graph) for triple in read(file))
            if graph == GRAPH_DATA:
                quads = (quad for quad in quads if _quad(quad.triple, GRAPH_ONTOLOGY) not in store)
            store.extend(quads)
    asserted = {graph: _triples(store, graph) for graph in (GRAPH_ONTOLOGY, GRAPH_DATA)}
    closure = closure_of(asserted)
    store.extend(_quad(triple, GRAPH_INFERRED) for triple in closure)
    return store


def to_store(graphs: Mapping[str, Iterable[Triple]]) -> Store:
    """The named graphs as a store."""
    store = Store()
    store.extend(_quad(triple, graph) for graph, triples in graphs.items() for triple in triples)
    return store


def _quad(triple: Triple, graph: str) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))


def _triples(store: Store, graph: str) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph)))

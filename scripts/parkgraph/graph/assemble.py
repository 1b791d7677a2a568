"""Files → one in-memory store with four named graphs: ontology, data, shapes, inferred.

The graphs ontology, data and inferred share no triple (the first that has it keeps it), so a query over
the three together counts nothing twice.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES
from parkgraph.read.files import Role, Root, SourceFile
from parkgraph.read.strict import parse_strict

if TYPE_CHECKING:
    from parkgraph.infer.closure import Closure

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


def read_triples(file: SourceFile) -> list[Triple]:
    """The triples of one file in its order.  Blank nodes get labels that depend on the file's name and their
    place in it only: equal from run to run, different from those of every other file.

    Raises Unreadable.
    """
    stem = "b" + hashlib.sha256(file.name.encode()).hexdigest()[:8]
    labels: dict[BlankNode, BlankNode] = {}

    def own(term: object) -> object:
        if isinstance(term, BlankNode):
            return labels.setdefault(term, BlankNode(f"{stem}n{len(labels)}"))
        return term

    return [
        Triple(own(quad.subject), quad.predicate, own(quad.object))  # type: ignore[arg-type]
        for quad in parse_strict(file.path, name=file.name)
    ]


def read_asserted(root: Root) -> dict[str, list[Triple]]:
    """Named graph (IRI) → its asserted triples, without duplicates, in the order of the files.

    Raises Unreadable for the first file that is none.
    """
    graphs: dict[str, list[Triple]] = {}
    kept: set[Triple] = set()
    for graph, roles in GRAPH_ROLES.items():
        triples = dict.fromkeys(triple for file in root.files(*roles) for triple in read_triples(file))
        if graph == GRAPH_SHAPES:  # no part of the questions' graph, so it may repeat what stands there
            graphs[graph] = list(triples)
        else:
            graphs[graph] = [triple for triple in triples if triple not in kept]
            kept.update(triples)
    return graphs


def closure_of(asserted: dict[str, list[Triple]]) -> Closure:
    """What follows from ontology and data, with its contradictions."""
    from parkgraph.infer.closure import close

    return close(asserted[GRAPH_ONTOLOGY] + asserted[GRAPH_DATA])


def assemble(root: Root) -> Store:
    """The store with all four graphs, made from the files.  Raises Unreadable."""
    graphs = read_asserted(root)
    graphs[GRAPH_INFERRED] = closure_of(graphs).inferred
    return to_store(graphs)


def to_store(graphs: dict[str, list[Triple]]) -> Store:
    """The named graphs as a store."""
    store = Store()
    store.extend(
        Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
        for graph, triples in graphs.items()
        for triple in triples
    )
    return store

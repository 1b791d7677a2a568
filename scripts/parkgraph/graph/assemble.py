"""Documents → the named graphs ontology, data, shapes and inferred, and the in-memory store that holds them.

The graphs ontology, data and inferred share no triple (the first that has it keeps it), so a query over
the three together counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Store, Triple

from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES
from parkgraph.read.files import Role, Root

if TYPE_CHECKING:
    from parkgraph.infer.closure import Closure
    from parkgraph.read.turtle import Document, Fact

Graphs = Mapping[str, Iterable[Triple]]
"""Named graph (IRI) → its triples."""

GRAPH_OF: dict[Role, str] = {
    "ontology": GRAPH_ONTOLOGY,
    "codes": GRAPH_ONTOLOGY,
    "data": GRAPH_DATA,
    "passages": GRAPH_DATA,
    "prefixes": GRAPH_SHAPES,
    "shapes": GRAPH_SHAPES,
}
"""Role of a file → the graph it is a part of; the inferred graph is made from ontology and data."""

QUESTION_GRAPHS: list[NamedNode | BlankNode | DefaultGraph] = [
    NamedNode(GRAPH_ONTOLOGY),
    NamedNode(GRAPH_DATA),
    NamedNode(GRAPH_INFERRED),
]
"""The default graph of every question and query: `store.query(…, default_graph=QUESTION_GRAPHS)`."""


def read_graph(root: Root) -> list[Document]:
    """Every file that makes up the graph at `root`, parsed.  Raises Unreadable for the first that is none."""
    from parkgraph.graph.documents import read_documents  # not needed where the cache holds the graph

    return read_documents(root, *GRAPH_OF)


def asserted(documents: Iterable[Document]) -> dict[str, list[Triple]]:
    """Named graph (IRI) → its asserted triples, each once, in the order of the documents."""
    facts: dict[str, dict[Fact, None]] = {graph: {} for graph in GRAPH_OF.values()}
    for document in documents:
        assert document.role is not None
        facts[GRAPH_OF[document.role]].update(dict.fromkeys(document.triples))
    for fact in facts[GRAPH_ONTOLOGY]:
        facts[GRAPH_DATA].pop(fact, None)
    return {graph: [Triple(*fact) for fact in held] for graph, held in facts.items()}


def read_asserted(root: Root) -> dict[str, list[Triple]]:
    """The `asserted` triples of the files at `root`.  Raises Unreadable for the first that is none."""
    return asserted(read_graph(root))


def closure_of(graphs: Graphs) -> Closure:
    """What follows from ontology and data, with its contradictions."""
    from parkgraph.infer.closure import close

    return close(chain(graphs[GRAPH_ONTOLOGY], graphs[GRAPH_DATA]))


def assemble(root: Root) -> Store:
    """The store with all four graphs, made from the files.  Raises Unreadable."""
    graphs = read_asserted(root)
    return to_store({**graphs, GRAPH_INFERRED: closure_of(graphs)})


def to_store(graphs: Graphs) -> Store:
    """The named graphs as a store."""
    store = Store()
    for graph, triples in graphs.items():
        name = NamedNode(graph)
        store.extend(Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples)
    return store

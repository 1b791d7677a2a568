"""Documents → the named graphs ontology, data, shapes and inferred, and the in-memory store that holds them.

The graphs ontology, data and inferred share no triple (the first that has it keeps it), so a query over
the three together counts nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import merge
from itertools import chain, groupby
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, RDF
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


# --- triples in a fixed order ---------------------------------------------------

_TYPE = f"<{RDF}type>"

Terms = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

# A key is one line of text that sorts as the order demands. N-Triples terms hold no line end, subjects and
# predicates no tab; the digit before the predicate puts types first.


class Ordered(Iterable[Triple]):
    """By subject, the types first, then by predicate and object.  May be gone through again and again."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().split("\n")
        self.keys = sorted({_key(*line.split(" ", 2)) for line in lines if line})

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Triple]:
        return triples_of(self.terms())

    def terms(self) -> Iterator[Terms]:
        """The triples as text, which is much quicker to go through than the triples themselves."""
        return map(_terms, self.keys)

    def uses(self, namespace: str) -> bool:
        """Whether any IRI among the terms and datatypes begins with `namespace`, which ends with / or #."""
        return any(stem.startswith(namespace) for stem in self._stems)

    @cached_property
    def _stems(self) -> set[str]:
        """What stands before the last / or # of each IRI."""
        return {
            term[1 : max(term.rfind("/"), term.rfind("#")) + 1]
            for terms in self.terms()
            for term in (*terms[:2], _iri_in(terms[2]))
        }


def merged(graphs: Iterable[Ordered]) -> Iterator[Terms]:
    """The triples of all `graphs` in order, each once."""
    return (_terms(key) for key, _ in groupby(merge(*(graph.keys for graph in graphs))))


def triples_of(terms: Iterable[Terms]) -> Iterator[Triple]:
    """The triples that are written so."""
    text = "".join(f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in terms)
    return (quad.triple for quad in parse(text, RdfFormat.N_TRIPLES, lenient=True))


def _key(subject: str, predicate: str, rest: str) -> str:
    return f"{subject}\t{'0' if predicate == _TYPE else '1'}{predicate}\t{rest[:-2]}"


def _terms(key: str) -> Terms:
    subject, predicate, object_ = key.split("\t", 2)
    return subject, predicate[1:], object_


def _iri_in(object_: str) -> str:
    """The object itself, or the datatype behind its text, `^^<…>`."""
    return object_ if object_[0] == "<" else object_[object_.rindex('"') + 3 :] if object_[0] == '"' else ""

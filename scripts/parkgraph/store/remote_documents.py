"""What a store holds as the documents that validation and audit work on.

Stored triples stand in no file: the place of each is its graph.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from pyoxigraph import NamedNode

from parkgraph.evidence.sources import passage_of
from parkgraph.graph.documents import Graph
from parkgraph.names import GRAPH_DATA, GRAPH_MERGED, GRAPH_ONTOLOGY
from parkgraph.read.turtle import Document, TripleSpan
from parkgraph.store.endpoint import Endpoint
from parkgraph.store.remote_graph import RemoteStore, needs_graphs_apart


class StoredGraph(Document):
    """A graph of a store.  name: its IRI."""

    @cached_property
    def spans(self) -> Sequence[TripleSpan] | None:
        """None: what was written by nobody has no lines."""
        return None


def stored_documents(
    endpoint: Endpoint, prefixes: Mapping[str, str] = {}
) -> tuple[StoredGraph, StoredGraph | None]:
    """The data in the store and, unless all is merged into one graph, its ontology.

    prefixes: by which messages shorten IRIs.  Raises Remote.
    """
    declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())

    def document(graph: str, blank: str) -> StoredGraph:
        return StoredGraph(declared + endpoint.ntriples(graph), name=graph, blank=blank)

    if RemoteStore(endpoint).merged:
        return document(GRAPH_MERGED, "d"), None
    return document(GRAPH_DATA, "d"), document(GRAPH_ONTOLOGY, "o")


def stored_graph(endpoint: Endpoint) -> Graph:
    """Ontology and data in the store.  Raises Remote; Usage when all is merged into one graph."""
    data, ontology = stored_documents(endpoint)
    if ontology is None:
        raise needs_graphs_apart()
    passages: list[str] = []
    others: list[str] = []
    for line in data.text.splitlines(keepends=True):
        (passages if _describes_passage(line) else others).append(line)
    return Graph(
        [
            StoredGraph(ontology.text, name=ontology.name, blank="o", role="ontology"),
            StoredGraph("".join(others), name=data.name, blank="d", role="data"),
            StoredGraph("".join(passages), name=data.name, blank="p", role="passages"),
        ]
    )


def _describes_passage(line: str) -> bool:
    return passage_of(NamedNode(line[1 : line.find(">")])) is not None if line[0] == "<" else False

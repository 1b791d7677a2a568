"""What a store holds as the documents and facts that validation and audit work on.

Stored triples stand in no file: the place of each is its graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from parkgraph.evidence.facts import Facts, File
from parkgraph.evidence.sources import passage_of
from parkgraph.names import GRAPH_DATA, GRAPH_MERGED, GRAPH_ONTOLOGY
from parkgraph.read.files import Role
from parkgraph.read.turtle import Document, TripleSpan
from parkgraph.store.asking import RemoteStore, needs_graphs_apart
from parkgraph.store.endpoint import Endpoint


class StoredGraph(Document):
    """A graph of a store.  name: its IRI."""

    @cached_property
    def spans(self) -> Sequence[TripleSpan] | None:
        """None: what was written by nobody has no lines."""
        return None


class _StoredFile(File):
    """A part of a graph of a store, as the file it once was."""

    def __init__(self, graph: StoredGraph, role: Role, lines: Iterable[str]) -> None:
        super().__init__(graph.name, role, "".join(lines))
        self._graph = graph

    @cached_property
    def document(self) -> Document:
        """The whole graph: of a place only its name is told."""
        return self._graph


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


def stored_facts(endpoint: Endpoint) -> Facts:
    """Ontology and data in the store.  Raises Remote; Usage when all is merged into one graph."""
    data, ontology = stored_documents(endpoint)
    if ontology is None:
        raise needs_graphs_apart()
    passages: list[str] = []
    others: list[str] = []
    for line in data.text.splitlines(keepends=True):
        (passages if _describes_passage(line) else others).append(line)
    parts: list[tuple[StoredGraph, Role, list[str]]] = [
        (ontology, "ontology", [ontology.text]),
        (data, "data", others),
        (data, "passages", passages),
    ]
    return Facts(fact for graph, role, lines in parts for fact in _StoredFile(graph, role, lines).facts())


def _describes_passage(line: str) -> bool:
    return passage_of(line[1 : line.find(">")]) is not None

"""A remote store in the place of the local one: the same questions, the same answers.

`RemoteStore` has the methods of pyoxigraph's Store that asking needs, so the code that asks is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from parkgraph.api import Graph, Lang
from parkgraph.errors import Remote, Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.messages import _
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_MERGED
from parkgraph.read.files import Root
from parkgraph.store.endpoint import Endpoint

GraphName = NamedNode | BlankNode | DefaultGraph


class RemoteGraph(Graph):
    """The graph in a store, asked with the questions of a root."""

    def __init__(self, root: Root, endpoint: Endpoint, *, lang: Lang = "en") -> None:
        super().__init__(root, lang=lang)
        self._remote = RemoteStore(endpoint)

    @cached_property
    def store(self) -> Store:
        """The remote store, behind the methods of a local one."""
        return cast(Store, self._remote)


class RemoteStore:
    """Reads from an endpoint, never writes; keeps what it has read.  Methods raise Remote.

    A store whose own engine is not known to answer alike is read as a whole, and asked here.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._found: dict[str, list[Triple]] = {}
        self._graph: dict[NamedNode, Store] = {}

    @cached_property
    def merged(self) -> bool:
        """Whether everything is in one graph.  Raises Remote when the store has no parkgraph at all."""
        if self.endpoint.holds(GRAPH_DATA):
            return False
        if self.endpoint.holds(GRAPH_MERGED):
            return True
        base = self.endpoint.base
        raise Remote(
            _("{base} holds no parkgraph", base=base),
            fix=_("parkgraph load --to {base}", base=base),
        )

    def query(
        self, query: str, *, default_graph: Sequence[GraphName], prefixes: Mapping[str, str] | None = None
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """As pyoxigraph's.  Raises SyntaxError, too."""
        graphs = self._graphs(default_graph)
        if not self.endpoint.profile.answers:
            names: list[GraphName] = [NamedNode(graph) for graph in graphs]
            return self._local.query(query, default_graph=names, prefixes=dict(prefixes or {}))
        here = Store().query(query, prefixes=dict(prefixes or {}))  # this reads the text, and tells its form
        declared = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in (prefixes or {}).items())
        text = declared + query
        if isinstance(here, QueryTriples):
            return _as_triples(self.endpoint.construct(text, graphs))
        return self.endpoint.query(text, graphs)

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[Quad]:
        """As pyoxigraph's; without a graph_name on the graphs of the questions together."""
        if graph_name is not None:
            return self._whole(graph_name).quads_for_pattern(subject, predicate, object, graph_name)
        if not self.endpoint.profile.answers:
            return self._local.quads_for_pattern(subject, predicate, object)
        # All of a subject at once: more of it is asked next.
        pattern = f"{subject} ?p ?o" if subject else f"?s {predicate or '?p'} {object or '?o'}"
        if pattern not in self._found:
            text = f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}"
            self._found[pattern] = self.endpoint.construct(text, self._graphs(QUESTION_GRAPHS))
        triples = self._found[pattern]
        return (
            Quad(*triple)
            for triple in triples
            if predicate in (None, triple.predicate) and object in (None, triple.object)
        )

    def dump(self, *, format: RdfFormat, from_graph: NamedNode) -> bytes:
        """As pyoxigraph's: one graph of the questions."""
        if not self.merged:
            triples = self.endpoint.graph(from_graph.value)
        elif from_graph.value == GRAPH_DATA:  # the one graph stands for all of them
            triples = self.endpoint.graph(GRAPH_MERGED)
        else:
            triples = []
        return serialize(triples, format=format) or b""

    def __len__(self) -> int:
        return sum(self.endpoint.counted(graph).triples for graph in self._graphs(QUESTION_GRAPHS))

    @cached_property
    def _local(self) -> Store:
        """The graphs of the questions, read as a whole."""
        store = Store()
        for graph in self._graphs(QUESTION_GRAPHS):
            store.extend(_quad(triple, NamedNode(graph)) for triple in self.endpoint.graph(graph))
        return store

    def _whole(self, graph: NamedNode) -> Store:
        if self.merged:
            raise needs_graphs_apart()
        if graph not in self._graph:
            store = self._graph[graph] = Store()
            store.extend(_quad(triple, graph) for triple in self.endpoint.graph(graph.value))
        return self._graph[graph]

    def _graphs(self, wanted: Iterable[GraphName]) -> list[str]:
        names = [graph.value for graph in wanted if isinstance(graph, NamedNode)]
        if not self.merged:
            return names
        if GRAPH_INFERRED not in names:
            raise Usage(
                _("this question leaves inferred triples out; the store holds everything in one graph"),
                fix=_("load it without --merged"),
            )
        return [GRAPH_MERGED]


def _quad(triple: Triple, graph: NamedNode) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, graph)


def needs_graphs_apart() -> Usage:
    """The complaint about a store that holds everything in one graph."""
    return Usage(
        _("the store holds everything in one graph; this needs the graphs apart"),
        fix=_("load it without --merged"),
    )


def _as_triples(triples: Sequence[Triple]) -> QueryTriples:
    store = Store()
    store.extend(Quad(*triple) for triple in triples)
    return cast(QueryTriples, store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))

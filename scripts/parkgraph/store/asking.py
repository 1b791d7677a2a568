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
from parkgraph.store.values import by_value

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
    """Reads from an endpoint, never writes.  What it has read of a thing it keeps.  Methods raise Remote.

    A store whose own engine is not known to answer alike is read as a whole, and asked here.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._of_subject: dict[object, list[Triple]] = {}
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
        if subject is not None:
            if subject not in self._of_subject:
                self._of_subject[subject] = self._construct(f"{subject} ?p ?o", f"{subject} ?p ?o")
            triples = self._of_subject[subject]
        else:
            pattern = f"?s {predicate or '?p'} {object or '?o'}"
            if pattern not in self._found:
                self._found[pattern] = self._search(pattern, object)
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
            for triple in self.endpoint.graph(graph):
                store.add(Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph)))
        return store

    def _search(self, pattern: str, object: Any) -> list[Triple]:
        """The triples that fit. With an object, all about their subjects is read too: it is asked next."""
        if object is None:
            return self._construct(pattern, pattern)
        about = self._construct("?s ?about ?value", f"{pattern} . ?s ?about ?value")
        of_subject: dict[object, list[Triple]] = {}
        for triple in about:
            of_subject.setdefault(triple.subject, []).append(triple)
        self._of_subject.update(of_subject)
        return about

    def _construct(self, template: str, pattern: str) -> list[Triple]:
        text = f"CONSTRUCT {{ {template} }} WHERE {{ {pattern} }}"
        return by_value(self.endpoint.construct(text, self._graphs(QUESTION_GRAPHS)))

    def _whole(self, graph: NamedNode) -> Store:
        if self.merged:
            raise needs_graphs_apart()
        if graph not in self._graph:
            store = Store()
            store.extend(
                Quad(triple.subject, triple.predicate, triple.object, graph)
                for triple in self.endpoint.graph(graph.value)
            )
            self._graph[graph] = store
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

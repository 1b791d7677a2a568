"""What a store holds in the place of files: asked as the local graph is, or read as the checks read files.

`RemoteStore` has the methods of pyoxigraph's Store that asking needs, so the code that asks is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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

from parkgraph import api
from parkgraph.errors import Remote, Usage
from parkgraph.evidence.sources import passage_of
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.documents import Graph
from parkgraph.messages import _
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_MERGED, GRAPH_ONTOLOGY, OWL, RDF, RDFS
from parkgraph.read.files import Root
from parkgraph.read.turtle import Document, TripleSpan
from parkgraph.store.endpoint import Endpoint

GraphName = NamedNode | BlankNode | DefaultGraph


class RemoteGraph(api.Graph):
    """The graph in a store, asked with the questions of a root."""

    def __init__(self, root: Root, endpoint: Endpoint, *, lang: api.Lang = "en") -> None:
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
        self._read: set[NamedNode] = set()
        self._kept = Store()
        self._found: dict[str, list[Triple]] = {}

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
        names, declared = self._graphs(default_graph), dict(prefixes or {})
        if not self.endpoint.profile.answers:
            return self._whole(names).query(query, default_graph=[*names], prefixes=declared)
        here = Store().query(query, prefixes=declared)  # this reads the text, and tells its form
        text = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in declared.items()) + query
        graphs = [name.value for name in names]
        if not isinstance(here, QueryTriples):
            return self.endpoint.query(text, graphs)
        store = Store()
        store.extend(Quad(*triple) for triple in self.endpoint.construct(text, graphs))
        return cast(QueryTriples, store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object: Any, graph_name: Any = None
    ) -> Iterator[Quad]:
        """As pyoxigraph's; without a graph_name on the graphs of the questions together."""
        if graph_name is not None:
            if self.merged:
                raise needs_graphs_apart()
            return self._whole([graph_name]).quads_for_pattern(subject, predicate, object, graph_name)
        graphs = self._graphs(QUESTION_GRAPHS)
        if not self.endpoint.profile.answers:
            return self._whole(graphs).quads_for_pattern(subject, predicate, object)
        # All of a subject at once: more of it is asked next.
        pattern = f"{subject} ?p ?o" if subject else f"?s {predicate or '?p'} {object or '?o'}"
        if pattern not in self._found:
            text = f"CONSTRUCT {{ {pattern} }} WHERE {{ {pattern} }}"
            self._found[pattern] = self.endpoint.construct(text, [graph.value for graph in graphs])
        return (
            Quad(*triple)
            for triple in self._found[pattern]
            if predicate in (None, triple.predicate) and object in (None, triple.object)
        )

    def dump(self, *, format: RdfFormat, from_graph: NamedNode) -> bytes:
        """As pyoxigraph's: one graph of the questions."""
        if self.merged:  # the one graph stands for all of them
            from_graph = NamedNode(GRAPH_MERGED if from_graph.value == GRAPH_DATA else "urn:none")
        return serialize(self.endpoint.graph(from_graph.value), format=format) or b""

    def __len__(self) -> int:
        return sum(self.endpoint.counted(graph.value).triples for graph in self._graphs(QUESTION_GRAPHS))

    def _whole(self, graphs: Iterable[NamedNode]) -> Store:
        """A local store that holds all of these graphs."""
        for graph in set(graphs) - self._read:
            found = self.endpoint.graph(graph.value)
            self._kept.extend(Quad(one.subject, one.predicate, one.object, graph) for one in found)
            self._read.add(graph)
        return self._kept

    def _graphs(self, wanted: Iterable[GraphName]) -> list[NamedNode]:
        names = [graph for graph in wanted if isinstance(graph, NamedNode)]
        if not self.merged:
            return names
        if NamedNode(GRAPH_INFERRED) not in names:
            raise Usage(
                _("this question leaves inferred triples out; the store holds everything in one graph"),
                fix=_("load it without --merged"),
            )
        return [NamedNode(GRAPH_MERGED)]


def needs_graphs_apart() -> Usage:
    """The complaint about a store that holds everything in one graph."""
    return Usage(
        _("the store holds everything in one graph; this needs the graphs apart"),
        fix=_("load it without --merged"),
    )


# --- the documents that validation and audit work on --------------------------


class StoredGraph(Document):
    """A graph of a store, or a part of one; its triples stand in no file.  name: IRI of the graph."""

    @cached_property
    def spans(self) -> Sequence[TripleSpan] | None:
        """None: what was written by nobody has no lines."""
        return None


def stored_documents(
    endpoint: Endpoint, prefixes: Mapping[str, str] = {}
) -> tuple[list[StoredGraph], StoredGraph | None]:
    """The data in the store, code lists among it, and its ontology; None where all is merged into one graph.

    prefixes: by which messages shorten IRIs.  Raises Remote.
    """
    declared = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items())

    def document(graph: str, blank: str, text: str) -> StoredGraph:
        return StoredGraph(declared + text, name=graph, blank=blank)

    if RemoteStore(endpoint).merged:
        return [document(GRAPH_MERGED, "d", endpoint.ntriples(GRAPH_MERGED))], None
    codes, ontology = _codes_and_ontology(endpoint)
    data = [document(GRAPH_DATA, "d", endpoint.ntriples(GRAPH_DATA)), document(GRAPH_ONTOLOGY, "c", codes)]
    return data, document(GRAPH_ONTOLOGY, "o", ontology)


def stored_graph(endpoint: Endpoint) -> Graph:
    """Ontology and data in the store.  Raises Remote; Usage when all is merged into one graph."""
    if RemoteStore(endpoint).merged:
        raise needs_graphs_apart()
    codes, ontology = _codes_and_ontology(endpoint)
    passages, data = _divided(endpoint.ntriples(GRAPH_DATA), _is_passage)
    return Graph(
        [
            StoredGraph(ontology, name=GRAPH_ONTOLOGY, blank="o", role="ontology"),
            StoredGraph(codes, name=GRAPH_ONTOLOGY, blank="c", role="codes"),
            StoredGraph(data, name=GRAPH_DATA, blank="d", role="data"),
            StoredGraph(passages, name=GRAPH_DATA, blank="p", role="passages"),
        ]
    )


def _codes_and_ontology(endpoint: Endpoint) -> tuple[str, str]:
    """The graph of the ontology in two: in a code list is what has a class not of RDF, RDFS or OWL."""
    text = endpoint.ntriples(GRAPH_ONTOLOGY)
    types = re.findall(rf"^(\S+) <{re.escape(RDF)}type> <(\S+)> \.$", text, re.MULTILINE)
    codes = {subject for subject, kind in types if not kind.startswith((RDF, RDFS, OWL))}
    return _divided(text, codes.__contains__)


def _divided(text: str, chosen: Callable[[str], bool]) -> tuple[str, str]:
    """The lines of N-Triples whose subject is chosen, and the others."""
    parts: tuple[list[str], list[str]] = [], []
    for line in text.split("\n")[:-1]:
        parts[not chosen(line.partition(" ")[0])].append(line + "\n")
    return "".join(parts[0]), "".join(parts[1])


def _is_passage(subject: str) -> bool:
    return passage_of(NamedNode(subject[1:-1])) is not None if subject[0] == "<" else False

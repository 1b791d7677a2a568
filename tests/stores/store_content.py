"""Small graphs to load, and what a store holds of them."""

from __future__ import annotations

from parkgraph.store.endpoint import connect
from pyoxigraph import Literal, NamedNode, Triple

GRAPHS = ("https://example.org/graph/one", "https://example.org/graph/two")


def triples(mark: str, count: int) -> list[Triple]:
    """`count` triples that are told apart by `mark`."""
    return [
        Triple(
            NamedNode(f"https://example.org/{number}"),
            NamedNode(f"https://example.org/p{number % 3}"),
            Literal(f"{mark} {number} 昆明"),
        )
        for number in range(count)
    ]


def content(mark: str, count: int = 30) -> dict[str, list[Triple]]:
    """Two graphs to load."""
    return {graph: triples(mark, count) for graph in GRAPHS}


def held(url: str, kind: str = "oxigraph") -> dict[str, set[Triple]]:
    """Graph → its triples, of all graphs that the store has, staging graphs too."""
    with connect(url, store=kind) as endpoint:
        rows = endpoint.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        names = [row["g"].value for row in rows]  # type: ignore[union-attr]
        return {name: set(endpoint.graph(name)) for name in names}


def sets(graphs: dict[str, list[Triple]]) -> dict[str, set[Triple]]:
    """The graphs as `held` gives them."""
    return {graph: set(found) for graph, found in graphs.items()}

"""What the tests of inference share."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.names import GRAPH_DATA, GRAPH_ONTOLOGY
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

sys.path.insert(0, str(Path(__file__).resolve().parent))

PREFIXES = """
@prefix : <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix basis: <https://w3id.org/parkgraph/code/basis/> .
@prefix passage: <https://w3id.org/parkgraph/source/daily/> .
"""


@pytest.fixture(scope="session")
def triples() -> Callable[[str], list[Triple]]:
    """Turtle (under PREFIXES) → its triples."""
    return lambda turtle: [quad.triple for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE)]


@pytest.fixture(scope="session")
def store(triples: Callable[[str], list[Triple]]) -> Callable[[str, str], Store]:
    """Turtle of an ontology and of data → a store with both in their named graphs."""

    def make(ontology: str, data: str) -> Store:
        made = Store()
        for graph, turtle in ((GRAPH_ONTOLOGY, ontology), (GRAPH_DATA, data)):
            made.extend(
                Quad(triple.subject, triple.predicate, triple.object, NamedNode(graph))
                for triple in triples(turtle)
            )
        return made

    return make

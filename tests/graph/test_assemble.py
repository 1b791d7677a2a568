"""Files → one store with four named graphs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.graph.assemble import QUESTION_GRAPHS, assemble, read_asserted
from parkgraph.names import ENTITY, GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, PARK, RDF
from parkgraph.read.files import Root
from pyoxigraph import Literal, NamedNode, Quad, Triple

MakeRoot = Callable[..., Path]

A, C = NamedNode(ENTITY + "project/a"), NamedNode(ENTITY + "project/c")
PART_OF, TYPE = NamedNode(PARK + "partOf"), NamedNode(RDF + "type")


def test_each_triple_stands_in_its_graph(small_root: MakeRoot) -> None:
    store = assemble(Root(small_root()))
    assert {graph.value for graph in store.named_graphs()} == {
        GRAPH_ONTOLOGY, GRAPH_DATA, GRAPH_SHAPES, GRAPH_INFERRED,
    }  # fmt: skip
    assert Quad(A, TYPE, NamedNode(PARK + "Project"), NamedNode(GRAPH_DATA)) in store
    assert Quad(A, PART_OF, C, NamedNode(GRAPH_INFERRED)) in store
    assert Quad(A, TYPE, NamedNode(PARK + "Entity"), NamedNode(GRAPH_INFERRED)) in store
    assert Quad(A, PART_OF, C, NamedNode(GRAPH_DATA)) not in store


def test_a_triple_in_two_files_counts_once(small_root: MakeRoot) -> None:
    again = """
        @prefix park: <https://w3id.org/parkgraph/ontology#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix project: <https://w3id.org/parkgraph/id/project/> .
        park:Entity rdfs:label "实体"@zh .
        project:a park:partOf project:b .
    """
    store = assemble(Root(small_root({"kg/again.ttl": again})))
    for pattern in (
        "park:Entity rdfs:label '实体'@zh",
        f"<{ENTITY}project/a> park:partOf <{ENTITY}project/b>",
    ):
        query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
        names = {"park": PARK, "rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
        (row,) = store.query(query, prefixes=names, default_graph=QUESTION_GRAPHS)
        assert row["n"].value == "1"


def test_shapes_are_no_part_of_the_questions(small_root: MakeRoot) -> None:
    store = assemble(Root(small_root()))
    query = "ASK { ?shape a <http://www.w3.org/ns/shacl#NodeShape> }"
    assert not store.query(query, default_graph=QUESTION_GRAPHS)
    assert store.query(query, use_default_graph_as_union=True)


def test_blank_nodes_keep_apart_and_stay_the_same(small_root: MakeRoot) -> None:
    turtle = "@prefix p: <http://p/> . _:x p:a _:y . _:x p:b [ p:c ( 1 2 ) ] ."
    root = Root(small_root({"ontology/one.ttl": turtle, "ontology/two.ttl": turtle}))
    first, second = read_asserted(root), read_asserted(root)
    assert first == second
    subjects = {
        triple.subject for triple in first[GRAPH_ONTOLOGY] if triple.predicate == NamedNode("http://p/a")
    }
    assert len(subjects) == 2


def test_literals_stay_as_written(small_root: MakeRoot) -> None:
    turtle = "@prefix p: <http://p/> . p:x p:amount 5400.0 ."
    graphs = read_asserted(Root(small_root({"kg/amount.ttl": turtle})))
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    wanted = Triple(
        NamedNode("http://p/x"), NamedNode("http://p/amount"), Literal("5400.0", datatype=decimal)
    )
    assert wanted in graphs[GRAPH_DATA]


def test_a_bad_file_is_named_from_the_root(small_root: MakeRoot) -> None:
    with pytest.raises(Unreadable) as caught:
        assemble(Root(small_root({"kg/project.ttl": "project:a a park:Project ."})))
    assert caught.value.place == "kg/project.ttl:1:1"

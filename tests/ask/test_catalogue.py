"""The catalogue: found by name, listed by topic, and written as Turtle that others can run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.ask.catalogue import NAMESPACE, as_turtle, catalogue, find_question
from parkgraph.errors import Unreadable, Usage
from parkgraph.names import SH
from parkgraph.read.files import Root
from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse


def test_one_bad_file_does_not_keep_the_others_from_answering(graph: Graph, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    shutil.copytree(graph.root.path, root)
    (root / "queries/test/bad.rq").write_text("not a question", "utf-8")
    assert find_question(Root(root), "is-any").id == "is-any"
    with pytest.raises(Unreadable, match=r"queries/test/bad\.rq:1"):
        catalogue(Root(root))


def test_an_id_in_two_topics_is_refused(graph: Graph, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    shutil.copytree(graph.root.path, root)
    shutil.copy(root / "queries/test/is-any.rq", root / "queries/project/is-any.rq")
    with pytest.raises(Unreadable, match=r"has this name: queries/project/is-any\.rq"):
        catalogue(Root(root))


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("project-serving", "projects-serving"),
        ("服务于产业的项目", "projects-serving"),
        ("any project there", "is-any"),
    ],
)
def test_an_unknown_name_is_told_the_nearest_by_id_or_by_words(graph: Graph, name: str, near: str) -> None:
    with pytest.raises(Usage) as caught:
        find_question(graph.root, name)
    assert near in caught.value.text("en") and near in caught.value.text("zh")


@pytest.mark.parametrize("name", ["qqqq", "../test/is-any", "test/is-any", "is-any.rq", ""])
def test_a_name_is_no_path(graph: Graph, name: str) -> None:
    with pytest.raises(Usage, match="unknown question"):
        find_question(graph.root, name)


@pytest.fixture(scope="module")
def turtle(graph: Graph) -> str:
    return as_turtle(graph.questions())


def test_turtle_is_the_same_whatever_the_order(graph: Graph, turtle: str) -> None:
    assert as_turtle(reversed(graph.questions())) == turtle


def test_turtle_holds_queries_that_run(graph: Graph, turtle: str) -> None:
    store = Store()
    store.load(turtle.encode(), RdfFormat.TURTLE)
    for question in graph.questions():
        node = NamedNode(NAMESPACE + question.id)
        query = next(
            quad.object.value
            for name in ("select", "ask", "construct")
            for quad in store.quads_for_pattern(node, NamedNode(SH + name), None)
        )
        assert query.strip() == question.body.strip()
        graph.store.query(query)
        labels = {quad.object for quad in store.quads_for_pattern(node, None, None)}
        assert {Literal(question.summary[lang], language=lang) for lang in ("zh", "en")} <= labels


def test_turtle_names_parameters_and_prefixes(turtle: str) -> None:
    store = Store()
    store.load(turtle.encode(), RdfFormat.TURTLE)
    found = store.query(
        """SELECT ?variable ?scheme ?class ?default ?optional {
          question:amounts-from sh:parameter ?parameter . ?parameter sh:path ?path .
          BIND(STRAFTER(STR(?path), "#") AS ?variable)
          OPTIONAL { ?parameter skos:inScheme ?scheme ; sh:class ?class }
          OPTIONAL { ?parameter sh:defaultValue ?default } OPTIONAL { ?parameter sh:optional ?optional }
        } ORDER BY ?variable""",
        prefixes={"question": NAMESPACE, "sh": SH, "skos": "http://www.w3.org/2004/02/skos/core#"},
    )
    rows = [tuple(term.value if term else None for term in row) for row in found]
    assert rows == [
        ("day", None, None, "2018-06-15", None),
        ("industry", "https://w3id.org/parkgraph/industry/scheme", "http://www.w3.org/2004/02/skos/core#Concept",
         None, "true"),
        ("least", None, None, "0", None),
    ]  # fmt: skip
    declared = store.query(
        "ASK { ?set sh:declare [ sh:prefix 'park' ; sh:namespace ?iri ] }", prefixes={"sh": SH}
    )
    assert bool(declared)


def test_turtle_has_no_blank_node_but_lists(turtle: str) -> None:
    first = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#first")
    quads = list(parse(turtle, RdfFormat.TURTLE))
    blank = {quad.subject for quad in quads if not isinstance(quad.subject, NamedNode)}
    assert blank == {quad.subject for quad in quads if quad.predicate == first}

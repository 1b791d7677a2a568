"""The closure as a whole: strange terms pass unharmed, the real graph, contradictions."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from parkgraph.infer.closure import Contradiction, close
from parkgraph.names import RDFS, XSD
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Turtle = Callable[[str], list[Triple]]

EX = "http://example.org/"
SUB_PROPERTY = NamedNode(RDFS + "subPropertyOf")

STRANGE = [
    Literal(""),
    Literal('a "quoted" text, with commas\nand lines\t\\ and a backslash'),
    Literal("园区，第一", language="zh"),
    Literal("a", language="en-GB"),
    Literal("5400.0", datatype=NamedNode(XSD + "decimal")),
    Literal("007", datatype=NamedNode(XSD + "integer")),
    Literal("no number", datatype=NamedNode(XSD + "integer")),
    Literal("1", datatype=NamedNode(XSD + "nonNegativeInteger")),
    Literal("1", datatype=NamedNode(XSD + "integer")),
    Literal("2018", datatype=NamedNode(XSD + "gYear")),
    Literal("x", datatype=NamedNode(EX + "own-datatype")),
    Literal("\U0001f3ed"),
    BlankNode("b0"),
    NamedNode("http://example.org/企业,甲?x=1&y=(2)"),
    NamedNode("urn:x:,"),
]


@pytest.mark.parametrize("term", STRANGE, ids=str)
def test_any_term_passes_unharmed(term: Literal | BlankNode | NamedNode) -> None:
    p, q, a = (NamedNode(EX + name) for name in "pqa")
    closure = close([Triple(p, SUB_PROPERTY, q), Triple(a, p, term)])
    assert closure.inferred == [Triple(a, q, term)]


def test_strange_subjects_and_predicates_pass_unharmed() -> None:
    p, q = NamedNode("http://example.org/属于,的"), NamedNode("http://example.org/'q'(1)")
    a, b = BlankNode("a"), BlankNode("a1")
    assert close([Triple(p, SUB_PROPERTY, q), Triple(a, p, b)]).inferred == [Triple(a, q, b)]


def test_nothing_follows_from_nothing() -> None:
    closure = close([])
    assert closure.inferred == []
    assert closure.contradictions == []


def test_the_same_triple_twice_changes_nothing(triples: Turtle) -> None:
    given = triples(":C rdfs:subClassOf :D . :a a :C .")
    assert close(given + given).inferred == close(given).inferred == triples(":a a :D .")


def test_two_closures_do_not_mix(triples: Turtle) -> None:
    one = close(triples(":C rdfs:subClassOf :D . :a a :C ."))
    two = close(triples(":C rdfs:subClassOf :E . :b a :C ."))
    assert one.inferred == triples(":a a :D .")
    assert two.inferred == triples(":b a :E .")
    assert one.explain(triples(":a a :D .")[0]) is not None
    assert one.explain(triples(":b a :E .")[0]) is None


def test_closing_again_gives_nothing_new(triples: Turtle) -> None:
    given = triples(
        ":p a owl:TransitiveProperty ; rdfs:domain :C ; owl:inverseOf :q . :C rdfs:subClassOf :D ."
        " :a :p :b . :b :p :c . :c owl:sameAs :d ."
    )
    inferred = close(given).inferred
    assert inferred
    assert close(given + inferred).inferred == []


def test_annotations_are_left_alone(triples: Turtle) -> None:
    given = triples(
        ":evidence a owl:AnnotationProperty . :a :evidence :x ; rdfs:label 'a' ."
        " [] a owl:Axiom ; owl:annotatedSource :a ; owl:annotatedProperty :p ;"
        " owl:annotatedTarget :b ; :evidence :x ."
    )
    assert close(given).inferred == []


def test_importing_the_room_does_not_start_the_engine() -> None:
    code = (
        "import sys, parkgraph.infer.closure;"
        "print([name for name in ('nmo_python', 'rdflib', 'owlrl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# Contradictions


def _clashes(closure_of_it: list[Contradiction]) -> list[tuple[str, list[str]]]:
    return [(found.rule, [term.value.removeprefix(EX) for term in found.terms]) for found in closure_of_it]


def test_a_contradiction_names_the_things_it_is_about(triples: Turtle) -> None:
    given = triples(
        ":C owl:disjointWith :D . :E rdfs:subClassOf :D . :a a :C , :E . :b a :C . :d a :D , :C ."
    )
    assert _clashes(close(given).contradictions) == [
        ("cax-dw", ["a", "C", "D", "D"]),
        ("cax-dw", ["d", "C", "D", "D"]),
    ]


def test_both_directions_are_one_contradiction(triples: Turtle) -> None:
    given = triples(":C owl:disjointWith :D . :D owl:disjointWith :C . :a a :C , :D .")
    assert len(close(given).contradictions) == 1


def test_two_values_of_one_functional_property(triples: Turtle) -> None:
    head = ":p a owl:DatatypeProperty , owl:FunctionalProperty . :a :p "
    for same in (
        "1 , 1.0 , 01 , 1e0",
        '"true"^^xsd:boolean , "1"^^xsd:boolean',
        '"ab"^^xsd:hexBinary , "AB"^^xsd:hexBinary',
        '"a"@en , "a"@EN',
    ):
        assert close(triples(f"{head} {same} .")).contradictions == []
    for different in (
        "1 , 2",
        '"a"@zh , "a"@en',
        '"1" , 1',
        '"a" , "b"',
        '"x"^^xsd:integer , 1',
        "true , false",
    ):
        closure = close(triples(f"{head} {different} ."))
        assert [found.rule for found in closure.contradictions] == ["prp-fp"]
        assert closure.inferred == []

"""Every class and every property of the ontology is asked for, or answered with, by some question."""

from __future__ import annotations

import re

import asking
from parkgraph.names import OWL, PARK, RDF, shorten
from pyoxigraph import NamedNode, Store

KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")

# Terms that no question uses, and why.
UNASKED: dict[str, str] = {}


def test_every_term_is_asked_for(asserted: Store) -> None:
    declared = {
        quad.subject.value.removeprefix(PARK)
        for kind in KINDS
        for quad in asserted.quads_for_pattern(None, NamedNode(RDF + "type"), NamedNode(OWL + kind))
        if quad.subject.value.startswith(PARK)
    }
    # A parameter's class is asked for; kinds of things, asked for without being named, are answers.
    texts = [
        text
        for question in asking.questions()
        for text in (
            re.sub(r"(?m)^PREFIX.*|# .*", "", question.body),
            *(shorten(parameter.of, asking.PREFIXES) for parameter in question.parameters.values()),
            *asking.read_lines(asking.expected_file(question, "zh")),
        )
    ]
    used = {term for text in texts for term in re.findall(r"\bpark:(\w+)", text)}
    assert declared - used == set(UNASKED)
    assert not used - declared, "no such term in the ontology"


def test_every_topic_has_questions() -> None:
    assert len(asking.questions()) >= 60
    assert {question.topic for question in asking.questions()} == {
        "source", "park", "industry", "enterprise", "project", "policy", "programme", "talent", "indicator",
        "governance",
    }  # fmt: skip

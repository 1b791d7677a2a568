"""Every class and every property of the ontology is asked for, or answered with, by some question."""

from __future__ import annotations

import re

import asking
from parkgraph.names import OWL, PARK, RDF, shorten
from pyoxigraph import NamedNode, Store

LINT = "https://w3id.org/parkgraph/lint#"
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")

# Terms that no question uses, and why; others have a lint:Exception with its reason, or are deprecated.
UNASKED: dict[str, str] = {
    "measuredIn": "for the shapes: it catches a figure in a wrong unit",
    "memberClass": "for the shapes: which class a code for group members asks for",
    "registrationNumber": "registers number organizations; no source here does",
}


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
    excepted = {name.value.removeprefix(PARK) for name in _excepted(asserted)}
    assert declared - used - excepted == set(UNASKED)
    assert not used - declared, "no such term in the ontology"


def _excepted(asserted: Store) -> set[NamedNode]:
    """What a lint:Exception lets go unasked, and what is deprecated."""
    lint = asking.store_of(asking._read("lint"))
    unasked = lint.quads_for_pattern(None, NamedNode(LINT + "check"), NamedNode(LINT + "unasked-term"))
    exceptions = {quad.subject for quad in unasked}
    terms = lint.quads_for_pattern(None, NamedNode(LINT + "exception"), None)
    found = {quad.subject for quad in terms if quad.object in exceptions}
    return found | {
        quad.subject for quad in asserted.quads_for_pattern(None, NamedNode(OWL + "deprecated"), None)
    }


def test_every_topic_has_questions() -> None:
    assert len(asking.questions()) >= 60
    assert {question.topic for question in asking.questions()} == {
        "source", "park", "industry", "enterprise", "project", "policy", "programme", "talent", "indicator",
        "governance",
    }  # fmt: skip

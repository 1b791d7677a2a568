"""Proofs by reasoners: the profiles, consistency, no empty class, and that every disjointness axiom bites."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import reasoners
from parkgraph.infer.closure import close
from parkgraph.names import ENTITY, OWL, PARK, RDF, RDFS
from parkgraph.read.files import Root
from parkgraph.read.strict import parse_strict
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

TYPE = NamedNode(RDF + "type")


class Disjoint(NamedTuple):
    """One disjointness axiom between two classes.  axiom: its name, or the first class's."""

    axiom: str
    one: NamedNode
    other: NamedNode


def _disjoint() -> Iterator[Disjoint]:
    root = Root(Path(__file__).resolve().parent.parent.parent)
    for file in root.files("ontology"):
        quads = parse_strict(file.path, name=file.name)
        objects: dict[tuple[Any, str], Any] = {(q.subject, q.predicate.value): q.object for q in quads}
        for quad in quads:
            if quad.predicate.value == OWL + "disjointWith":
                assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode)
                yield Disjoint(_local(quad.subject), quad.subject, quad.object)
            elif quad.predicate.value == OWL + "members":
                members, cell = [], quad.object
                while isinstance(cell, BlankNode):
                    members.append(objects[cell, RDF + "first"])
                    cell = objects[cell, RDF + "rest"]
                for one, other in combinations(members, 2):
                    yield Disjoint(_local(quad.subject), one, other)


def _local(node: Any) -> str:
    return str(node.value).rpartition("#")[2]


DISJOINT = list(_disjoint())
AXIOMS = {
    (pair.axiom, _local(pair.other) if pair.axiom == _local(pair.one) else ""): pair for pair in DISJOINT
}


@pytest.fixture(scope="module")
def whole(ontology: list[Triple], data: list[Triple]) -> Any:
    """Ontology and data in the OWL API."""
    reasoners.need_reasoners()
    return reasoners.load([*ontology, *data])


@pytest.fixture(scope="module")
def reasoner(ontology: list[Triple]) -> Any:
    """HermiT on the ontology alone."""
    reasoners.need_reasoners()
    return reasoners.hermit(reasoners.load(ontology))


def test_is_owl_2_dl(whole: Any) -> None:
    assert reasoners.violations(whole, "DL") == []


def test_is_owl_2_rl_but_for_two_datatypes(whole: Any) -> None:
    # xsd:date and xsd:gYear are outside the OWL 2 datatype map; OWL 2 DL tools take them as opaque.
    excepted = re.compile(r"Use of data range not in profile: xsd:(date|gYear)\s")
    found = reasoners.violations(whole, "RL")
    assert found
    assert [text for text in found if not excepted.match(text)] == []


def test_no_disjointness_has_gone() -> None:
    """Taking one away lets through what was a contradiction: a change for a major release."""
    assert {f"{_local(pair.one)}-{_local(pair.other)}" for name, pair in AXIOMS.items() if name[1]} == {
        "AdministrativeUnit-Park", "AdministrativeUnit-ParkArea", "Agent-Arrangement", "Agent-Event",
        "Agent-Indicator", "Agent-Passage", "Agent-Period", "Agent-Place", "Agent-Source", "Agent-Statement",
        "Goal-Undertaking", "IndustryLink-IndustryRole", "Observation-PlannedAmount", "Observation-Target",
        "ParkArea-Park", "Site-AdministrativeUnit", "Site-Park", "Source-Passage", "Target-PlannedAmount",
    }  # fmt: skip
    assert len(DISJOINT) == 131


def test_profile_checks_can_fail(ontology: list[Triple]) -> None:
    reasoners.need_reasoners()
    place, some = NamedNode(PARK + "Place"), BlankNode("some")
    bad = [
        Triple(place, NamedNode(RDFS + "subClassOf"), some),
        Triple(some, TYPE, NamedNode(OWL + "Restriction")),
        Triple(some, NamedNode(OWL + "onProperty"), NamedNode(PARK + "locatedIn")),
        Triple(some, NamedNode(OWL + "someValuesFrom"), place),
    ]
    assert reasoners.violations(reasoners.load([*ontology, *bad]), "RL")
    undeclared = Triple(place, NamedNode(PARK + "undeclared"), Literal("x"))
    assert reasoners.violations(reasoners.load([*ontology, undeclared]), "DL")


def test_is_consistent_with_the_data(whole: Any) -> None:
    assert reasoners.hermit(whole).isConsistent()


def test_no_class_is_unsatisfiable(reasoner: Any) -> None:
    assert reasoner.isConsistent()
    nothing = reasoner.getUnsatisfiableClasses().getEntitiesMinusBottom()
    assert [str(one) for one in nothing] == []


def test_every_disjoint_pair_excludes_itself(reasoner: Any) -> None:
    factory = reasoners.java("org.semanticweb.owlapi.apibinding.OWLManager").getOWLDataFactory()
    iri = reasoners.java("org.semanticweb.owlapi.model.IRI")

    def both(pair: Disjoint) -> Any:
        one, other = (factory.getOWLClass(iri.create(term.value)) for term in (pair.one, pair.other))
        return factory.getOWLObjectIntersectionOf([one, other])

    assert [pair for pair in DISJOINT if reasoner.isSatisfiable(both(pair))] == []


@pytest.mark.parametrize("pair", AXIOMS.values(), ids=lambda pair: f"{_local(pair.one)}-{_local(pair.other)}")
def test_our_rules_see_the_contradiction_too(pair: Disjoint, ontology: list[Triple]) -> None:
    thing = NamedNode(ENTITY + "thing/of-both")
    one, other = (Triple(thing, TYPE, kind) for kind in (pair.one, pair.other))
    assert close([*ontology, one, other]).contradictions
    assert not close([*ontology, one]).contradictions

"""What outlives a release: IRIs stay or are deprecated; alignments make nothing what it is not; mappings of
industries are of those that exist, to numbers, and never called the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.ask.catalogue import NAMESPACE, catalogue
from parkgraph.infer.closure import close
from parkgraph.names import BASE, CODE, OWL, PARK, RDF, RDFS, SH, SKOS
from parkgraph.read.files import Root
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

FROZEN = Path(__file__).resolve().parent / "frozen-iris.txt"
REPO = Root(FROZEN.parent.parent.parent)
TYPE = NamedNode(RDF + "type")
TERMS = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")}


def iris(triples: list[Triple]) -> set[str]:
    """The IRIs of the terms, schemes, codes, shapes and checks that are defined."""
    kinds = TERMS | {SKOS + "Concept", SKOS + "ConceptScheme", SH + "NodeShape", SH + "PropertyShape"}
    return {
        t.subject.value
        for t in triples
        if isinstance(t.subject, NamedNode)
        and t.subject.value.startswith(BASE)
        and t.predicate == TYPE
        and t.object.value in kinds
    }


def test_released_iris_are_still_there(ontology: list[Triple], shapes: list[Triple]) -> None:
    """To add one, add its line; none is ever taken away (docs/deprecation.md)."""
    frozen = FROZEN.read_text(encoding="utf-8").split()
    assert frozen == sorted(set(frozen))
    there = iris([*ontology, *shapes]) | {NAMESPACE + question.id for question in catalogue(REPO)}
    assert set(frozen) - there == set(), "a released IRI has gone: deprecate it instead"
    assert there - set(frozen) == set(), "new IRIs: add them to frozen-iris.txt when they are released"


@pytest.fixture(scope="module")
def types_before(ontology: list[Triple], data: list[Triple]) -> set[Triple]:
    """Every type, asserted or inferred."""
    return _types([*ontology, *data])


def _types(triples: list[Triple]) -> set[Triple]:
    return {triple for triple in (*triples, *close(triples).inferred) if triple.predicate == TYPE}


HARMLESS = {
    "http://www.opengis.net/ont/geosparql#Feature": PARK + "Place",
    "http://www.w3.org/ns/oa#SpecificResource": PARK + "Passage",
    "http://www.w3.org/ns/prov#Entity": PARK + "Statement",
}
"""Class of another vocabulary → our class, whose instances may become it."""


def test_alignments_add_no_unwanted_type(
    ontology: list[Triple], data: list[Triple], alignments: list[Triple], types_before: set[Triple]
) -> None:
    closure = close([*ontology, *data, *alignments])
    assert not closure.contradictions
    added = _types([*ontology, *data, *alignments]) - types_before
    about_data = {t for t in added if t.subject.value.startswith((BASE + "id/", BASE + "source/"))}
    assert about_data
    assert {t.object.value for t in about_data} == set(HARMLESS)
    for triple in about_data:
        ours = NamedNode(HARMLESS[triple.object.value])
        assert Triple(triple.subject, TYPE, ours) in types_before


def test_alignments_are_of_terms_that_exist(ontology: list[Triple], alignments: list[Triple]) -> None:
    ours = {t.subject.value for t in alignments if t.subject.value.startswith(BASE)}
    assert ours and ours <= iris(ontology)
    assert not {t for t in alignments if t.object.value.startswith(BASE)}


def test_alignments_say_only_how_terms_relate(alignments: list[Triple]) -> None:
    matches = {
        SKOS + name for name in ("closeMatch", "broadMatch", "narrowMatch", "relatedMatch", "exactMatch")
    }
    assert {t.predicate.value for t in alignments} <= matches | {RDFS + "subClassOf"}


# --- the mapping of industries -------------------------------------------------------

INDUSTRIES = REPO.path / "ontology" / "mappings" / "industries.ttl"
MAPPINGS = [quad.triple for quad in parse(path=str(INDUSTRIES), format=RdfFormat.TURTLE)]


def test_mappings_are_of_industries_that_exist(ontology: list[Triple]) -> None:
    ours = {t.subject for t in MAPPINGS if str(t.subject).startswith("<" + BASE + "industry/")}
    assert ours <= {t.subject for t in ontology}


def test_mappings_lead_to_numbers_and_are_never_exact() -> None:
    numbered = {t.subject.value for t in MAPPINGS if t.predicate.value == SKOS + "notation"}
    matches = [t for t in MAPPINGS if t.predicate.value.endswith("Match")]
    assert {t.object.value for t in matches} <= numbered
    assert SKOS + "exactMatch" not in {t.predicate.value for t in matches}
    others = {t.predicate.value for t in MAPPINGS} - {t.predicate.value for t in matches}
    assert others == {RDF + "type", SKOS + "notation", SKOS + "prefLabel"}
    for triple in MAPPINGS:
        if isinstance(triple.object, Literal) and triple.predicate.value == SKOS + "notation":
            assert triple.subject.value.endswith("/" + triple.object.value)  # type: ignore[union-attr]


def test_only_lines_of_industry_and_technologies_have_a_number(ontology: list[Triple]) -> None:
    """Every industry says what it is; a form of economy has no class in any list."""
    kinds = {t.subject: t.object.value for t in ontology if t.predicate.value == PARK + "industryKind"}
    industries = {
        t.subject
        for t in ontology
        if t.predicate.value == RDF + "type" and t.object == NamedNode(PARK + "Industry")
    }
    assert industries == set(kinds)
    mapped = {kinds[t.subject] for t in MAPPINGS if t.subject in kinds}
    assert mapped == {CODE + "industry-kind/industry", CODE + "industry-kind/technology"}

"""The mapping of industries: of industries that exist, to numbers, and never called the same."""

from __future__ import annotations

from pathlib import Path

from parkgraph.names import BASE, CODE, PARK, RDF, SKOS
from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, parse

FILE = Path(__file__).resolve().parent.parent.parent / "ontology" / "mappings" / "industries.ttl"
TRIPLES = [quad.triple for quad in parse(path=str(FILE), format=RdfFormat.TURTLE)]
INDUSTRY = BASE + "industry/"
KIND = NamedNode(PARK + "Industry")


def test_are_of_industries_that_exist(ontology: list[Triple]) -> None:
    ours = {t.subject for t in TRIPLES if str(t.subject).startswith("<" + INDUSTRY)}
    assert ours <= {t.subject for t in ontology}


def test_lead_to_numbers_and_are_never_exact() -> None:
    numbered = {t.subject.value for t in TRIPLES if t.predicate.value == SKOS + "notation"}
    matches = [t for t in TRIPLES if t.predicate.value.endswith("Match")]
    assert {t.object.value for t in matches} <= numbered
    assert SKOS + "exactMatch" not in {t.predicate.value for t in matches}
    others = {t.predicate.value for t in TRIPLES} - {t.predicate.value for t in matches}
    assert others == {RDF + "type", SKOS + "notation", SKOS + "prefLabel"}


def test_number_ends_the_address() -> None:
    for triple in TRIPLES:
        if isinstance(triple.object, Literal) and triple.predicate.value == SKOS + "notation":
            assert str(triple.subject).endswith("/" + triple.object.value + ">")


def test_only_lines_of_industry_and_technologies_have_a_number(ontology: list[Triple]) -> None:
    """Every industry says what it is; a form of economy has no class in any list."""
    kinds = {t.subject: t.object.value for t in ontology if t.predicate.value == PARK + "industryKind"}
    industries = {t.subject for t in ontology if t.predicate.value == RDF + "type" and t.object == KIND}
    assert industries == set(kinds)
    mapped = {kinds[t.subject] for t in TRIPLES if t.subject in kinds}
    assert mapped == {CODE + "industry-kind/industry", CODE + "industry-kind/technology"}

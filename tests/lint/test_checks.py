"""Every check of `lint` fires where it must, nowhere else, and the same on both engines.

checks/<topic>.ttl holds, for each check:
    ## ID
    # fires: FOCUS [| VALUE]    one line a finding; without a value it is the focus
    …                           the graph on which it fires
    # silent: why
    …                           a graph like it on which it must not
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import engines
import pytest
from lint_checks import read_checks, read_declined
from parkgraph.names import BASE, OWL, RDF, SH
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)
LINT = BASE + "lint#"
PREFIXES = {**prefixes(ROOT.path), "exception": BASE + "lint/exception/"}
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


class Case(NamedTuple):
    """expected: (focus, value) of every finding on the graph `fires`."""

    check: str
    expected: set[tuple[str, str]]
    fires: str
    silent: str


def _ntriples(text: str) -> str:
    store = Store()
    store.extend(parse(HEADER + text, RdfFormat.TURTLE))
    return engines.ntriples(store)


def _term(text: str) -> str:
    (quad,) = parse(f"{HEADER}park:x park:x {text} .", RdfFormat.TURTLE)
    return str(quad.object)


def _cases() -> list[Case]:
    found = []
    for file in sorted((HERE / "checks").glob("*.ttl")):
        for block in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            check, _, rest = block.partition("\n")
            fires, silent = re.split(r"^# silent.*\n", rest, flags=re.MULTILINE)
            expected = set()
            for line in re.findall(r"^# fires: (.*)$", fires, flags=re.MULTILINE):
                focus, _, value = line.partition(" | ")
                expected.add((_term(focus), _term(value or focus)))
            found.append(Case(check, expected, _ntriples(fires), _ntriples(silent)))
    return found


CASES = _cases()
CHECKS = read_checks(ROOT)
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.check)

TYPE = f"<{RDF}type>"
KINDS = [f"<{OWL}{name}>" for name in ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")]
OF_KINDS = {"punned-property", "properties-of-different-kinds"}
"""Checks that are about the kind of a property."""


@cache
def _shapes() -> Store:
    return engines.read(ROOT.paths("lint", "prefixes"))


@cache
def _fast() -> engines.shacl.Shapes:
    return engines.compiled(engines.ntriples(_shapes()))


def alone(check: str) -> list[Quad]:
    """The shapes of one check, and the prefixes."""
    keep = {f"<{LINT}{check}>", f"<{LINT}{check}-query>"}
    return [q for q in _shapes() if str(q.subject) in keep or not str(q.subject).startswith(f"<{LINT}")]


def pairs(found: set[engines.Found], check: str) -> set[tuple[str, str]]:
    """(focus, value) of the findings of one check."""
    return {(one.focus, one.value) for one in found if one.shape == f"<{LINT}{check}>"}


def variants(case: Case) -> Iterator[tuple[str, set[tuple[str, str]]]]:
    """Graphs that follow from one, with the findings: terms of each other kind that the check looks at fire
    too, terms of others never, if the check is about ours."""
    targets = {str(value) for value in _values(case.check, "targetClass")}
    kinds = [kind for kind in KINDS if kind in targets]
    if len(kinds) > 1 and case.check not in OF_KINDS:
        for kind in kinds:
            pattern = rf"({re.escape(TYPE)}) (?:{'|'.join(map(re.escape, kinds))})"
            yield re.sub(pattern, rf"\1 {kind}", case.fires), case.expected
    (query,) = _values(case.check + "-query", "select")
    if f'FILTER(STRSTARTS(STR($this), "{BASE}"))' in query.value:
        yield re.sub(rf"<{BASE}(?!ontology>|lint)", "<https://example.org/", case.fires), set()


def _values(node: str, name: str) -> list[Any]:
    found = _shapes().quads_for_pattern(NamedNode(LINT + node), NamedNode(SH + name), None)
    return [quad.object for quad in found]


@every_case
def test_every_kind_of_term_and_only_ours(case: Case) -> None:
    for data, expected in variants(case):
        assert pairs(engines.fast(_fast(), data), case.check) == expected


@every_case
def test_fires_where_it_must(case: Case) -> None:
    assert case.expected
    assert pairs(engines.fast(_fast(), case.fires), case.check) == case.expected


@every_case
def test_is_silent_where_it_must(case: Case) -> None:
    assert pairs(engines.fast(_fast(), case.silent), case.check) == set()


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


@every_case
def test_reference_agrees(case: Case) -> None:
    shapes = engines.rdflib_graph("".join(_line(quad) for quad in alone(case.check)))
    for data, expected in ((case.fires, case.expected), (case.silent, set())):
        assert pairs(engines.reference(shapes, engines.rdflib_graph(data)), case.check) == expected


def test_every_check_has_a_case() -> None:
    assert sorted(case.check for case in CASES) == sorted(check.id for check in CHECKS)
    assert len({check.id for check in CHECKS}) == len(CHECKS)


ROBOT = (
    "annotation_whitespace",
    "deprecated_boolean_datatype",
    "deprecated_class_reference",
    "deprecated_property_reference",
    "duplicate_definition",
    "duplicate_exact_synonym",
    "duplicate_label",
    "duplicate_label_synonym",
    "duplicate_scoped_synonym",
    "equivalent_pair",
    "equivalent_class_axiom_no_genus",
    "illegal_use_of_built_in_vocabulary",
    "invalid_entity_uri",
    "invalid_xref",
    "label_formatting",
    "label_whitespace",
    "lowercase_definition",
    "missing_definition",
    "missing_label",
    "missing_obsolete_label",
    "missing_ontology_description",
    "missing_ontology_license",
    "missing_ontology_title",
    "missing_subset_declaration",
    "missing_superclass",
    "missing_synonymtype_declaration",
    "misused_obsolete_label",
    "misused_replaced_by",
    "multiple_asserted_superclasses",
    "multiple_definitions",
    "multiple_equivalent_classes",
    "multiple_equivalent_class_definitions",
    "multiple_labels",
)
FIBO = (
    "annotations_comment",
    "annotations_definition",
    "annotations_label",
    "classes_unique_concept",
    "cycles_subClass",
    "definitions_non-circular",
    "equivalentClass",
    "iris_dots",
    "labels_single",
    "labels_unique",
    "literals_bad_chars",
    "literals_leading_blank",
    "literals_multiple_blank",
    "literals_trailing_blank",
    "long_IRIs",
    "obsolete_restrictions_exact&min",
    "obsolete_restrictions_exact&min_remote",
    "obsolete_restrictions_max",
    "obsolete_restrictions_max&exact",
    "obsolete_restrictions_max&exact_remote",
    "obsolete_restrictions_max_remote",
    "obsolete_restrictions_min",
    "obsolete_restrictions_someValuesFrom",
    "obsolete_restrictions_someValuesFrom&exact",
    "obsolete_restrictions_someValuesFrom&exact_remote",
    "obsolete_restrictions_someValuesFrom&min",
    "ontologies_abstract",
    "ontologies_copyright",
    "ontologies_label",
    "ontologies_license",
    "ontology_circular_imports",
    "opaque_iris",
    "performance_allValuesFrom_equivalent",
    "performance_cgi_with_equivalent",
    "performance_cgi_with_subclassof",
    "performance_complement_equivalent",
    "performance_high_max_restriction",
    "performance_high_min_restriction",
    "performance_left_subclass_and_equivalent",
    "performance_multiple_different_individuals",
    "performance_multiple_disjuncts",
    "performance_thing_equivalent",
    "properties_inverse",
    "properties_iri",
    "properties_punning_chain",
    "properties_punning_declaration",
    "properties_punning_disjoint",
    "properties_punning_equivalent",
    "properties_punning_inverse",
    "properties_punning_subproperty",
    "properties_subproperty_domain",
    "properties_subproperty_non-circular",
    "properties_subproperty_range",
    "resources_deprecated",
    "resources_deprecated_count",
    "triples_owlThing",
    "triples_untyped_object",
    "triples_untyped_property",
    "triples_untyped_subject",
)
OOPS = [f"P{number:02}" for number in range(1, 42)]


def test_every_known_check_is_made_or_declined_with_a_reason() -> None:
    made = {name.removesuffix(" (adapted)") for check in CHECKS for name in check.after}
    declined = read_declined(ROOT)
    known = {f"ROBOT {name}" for name in ROBOT} | {f"OOPS! {name}" for name in OOPS}
    known |= {f"FIBO {name}" for name in FIBO}
    assert known <= made | declined.keys()
    assert not made & declined.keys()
    assert all(reason.keys() == {"zh", "en"} for reason in declined.values())

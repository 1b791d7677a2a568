"""Every rule on its own: exactly what it should give, and the same as the reference engine."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from owlrl_messages import rule_of
from parkgraph.infer.closure import close
from parkgraph.infer.reference import close_reference
from parkgraph.infer.rules import read_rules
from parkgraph.read.files import rules_file
from pyoxigraph import RdfFormat, Triple, parse

PREFIXES = """
@prefix : <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


class Case(NamedTuple):
    """A block of rules.txt.  given, follows: Turtle.  clashes: names of the rules that must object.

    reference: False where owlrl departs from the W3C rule.
    """

    rule: str
    given: str
    follows: str
    clashes: tuple[str, ...]
    reference: bool


def triples(turtle: str) -> list[Triple]:
    """The triples of some Turtle under PREFIXES."""
    return [quad.triple for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE)]


def read_case(block: str) -> Case:
    """The case that a block of rules.txt describes."""
    head, *lines = block.splitlines()
    rule, __, apart = head.partition(" ")
    given, __, follows = "\n".join(line for line in lines if line[:3] != "!! ").partition("=> ")
    return Case(rule, given, follows, tuple(line[3:] for line in lines if line[:3] == "!! "), not apart)


FILE = Path(__file__).with_name("rules.txt")
CASES = [read_case(block) for block in FILE.read_text(encoding="utf-8").split("\n## ")[1:]]
IDS = [f"{case.rule}-{number}" for number, case in enumerate(CASES)]

W3C_RULES = {
    f"{table}-{rule}"
    for table, rules in {
        "eq": "ref sym trans rep-s rep-p rep-o diff1 diff2 diff3",
        "prp": "ap dom rng fp ifp irp symp asyp trp spo1 spo2 eqp1 eqp2 pdw adp inv1 inv2 key npa1 npa2",
        "cls": "thing nothing1 nothing2 int1 int2 uni com svf1 svf2 avf hv1 hv2"
        " maxc1 maxc2 maxqc1 maxqc2 maxqc3 maxqc4 oo",
        "cax": "sco eqc1 eqc2 dw adc",
        "dt": "type1 type2 eq diff not-type",
        "scm": "cls sco eqc1 eqc2 op dp spo eqp1 eqp2 dom1 dom2 rng1 rng2 hv svf1 svf2 avf1 avf2 int uni",
    }.items()
    for rule in rules.split()
}
"""The rules of tables 4 to 9 of the OWL 2 Profiles recommendation."""


@pytest.mark.parametrize("case", CASES, ids=IDS)
def test_exactly_what_follows(case: Case) -> None:
    closure = close(triples(case.given))
    assert set(closure.inferred) == set(triples(case.follows))
    assert tuple(sorted({found.rule for found in closure.contradictions})) == case.clashes


@pytest.mark.parametrize("case", [case for case in CASES if case.reference], ids=lambda case: case.rule)
def test_the_same_as_the_reference(case: Case) -> None:
    given = triples(case.given)
    closure = close(given)
    inferred, messages = close_reference(given)
    assert set(closure.inferred) == set(inferred)
    same_message = {"cax-adc": "cax-dw", "cls-maxqc2": "cls-maxqc1"}
    rules = {same_message.get(found.rule, found.rule) for found in closure.contradictions}
    assert rules == {rule_of(message) for message in messages}


def test_no_triple_twice_and_none_that_was_given() -> None:
    for case in CASES:
        given = triples(case.given)
        inferred = close(given).inferred
        assert len(inferred) == len(set(inferred))
        assert not set(inferred) & set(given)


def test_each_rule_of_the_recommendation_is_here_or_left_out_with_a_reason() -> None:
    text = rules_file().read_text(encoding="utf-8")
    left_out = text[text.index("% Left out") : text.index("@prefix")]
    named = {rule.name for rule in read_rules().rules if rule.name}
    absent = set(re.findall(r"\b(?:eq|prp|cls|cax|dt|scm)-\w+(?:-\w+)?", left_out))
    assert not named & absent
    assert named | absent | {"eq-diff3"} == W3C_RULES  # eq-diff2 is both: members and distinctMembers


def test_each_named_rule_has_a_case() -> None:
    assert {rule.name for rule in read_rules().rules if rule.name} == {case.rule for case in CASES}


def test_each_named_rule_has_words_that_fit_its_variables() -> None:
    rules = read_rules()
    for rule in rules.rules:
        if rule.name is None:
            continue
        words = rules.words[rule.name]
        assert set(words) == {"en", "zh"}
        known = set(re.findall(r"\?(\w+)", rule.text if rule.head == "triple" else ",".join(rule.arguments)))
        for sentence in words.values():
            assert set(re.findall(r"\{(\w+)\}", sentence)) <= known, (rule.name, sentence)


def test_the_words_of_the_schema_fit_what_they_say() -> None:
    schema = {name: words for name, words in read_rules().words.items() if ":" in name}
    assert len(schema) > 30
    for name, words in schema.items():
        slots = {"p", "v"} if name.startswith("restriction ") else {"s", "o"}
        assert set(words) == {"en", "zh"}
        assert all(set(re.findall(r"\{(\w+)\}", said)) <= slots for said in words.values()), name


def test_a_clash_names_its_own_rule_and_those_of_one_rule_have_one_head() -> None:
    heads: dict[str | None, set[tuple[str, ...]]] = {}
    for rule in read_rules().rules:
        if rule.head == "clash":
            assert rule.arguments[0] == f'"{rule.name}"'
            heads.setdefault(rule.name, set()).add(rule.arguments)
    assert heads and all(len(arguments) == 1 for arguments in heads.values())


def test_the_file_runs_in_the_engine_as_it_is(tmp_path: Path) -> None:
    # Not through our numbering and choice of rules: the file itself is a whole program.
    from nmo_python import NemoEngine, load_string

    graph = tmp_path / "graph.nt"
    graph.write_text(
        "".join(f"{triple} .\n" for triple in triples(":C rdfs:subClassOf :D . :a a :C .")), encoding="utf-8"
    )
    source = f'@import asserted :- ntriples {{ resource = "{graph.as_posix()}" }} .\n'
    engine = NemoEngine(load_string(source + rules_file().read_text(encoding="utf-8")))
    engine.reason()
    assert list(engine.result("inferred")) == [
        [
            "<http://example.org/a>",
            "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>",
            "<http://example.org/D>",
        ]
    ]

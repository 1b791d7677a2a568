"""Every rule on its own: exactly what it should give, and the same as the reference engine."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from parkgraph.infer.closure import close
from parkgraph.infer.reference import close_reference, rule_of
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


@dataclass(frozen=True)
class Case:
    """rule: the one under test.  given, follows: Turtle.  clashes: names of the rules that must object.

    reference: False where owlrl departs from the W3C rule (see parkgraph/infer/reference.py).
    """

    rule: str
    given: str
    follows: str = ""
    clashes: tuple[str, ...] = ()
    reference: bool = True


def triples(turtle: str) -> list[Triple]:
    """The triples of some Turtle under PREFIXES."""
    return [quad.triple for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE)]


CASES = [
    # Identity
    Case("eq-sym", ":a owl:sameAs :b .", ":b owl:sameAs :a ."),
    Case(
        "eq-trans",
        ":a owl:sameAs :b . :b owl:sameAs :c .",
        ":b owl:sameAs :a . :c owl:sameAs :b , :a . :a owl:sameAs :c .",
    ),
    Case(
        "eq-rep-s",
        ':a owl:sameAs :b ; :p "1.50"^^xsd:decimal .',
        ':b owl:sameAs :a ; :p "1.50"^^xsd:decimal .',
    ),
    Case("eq-rep-p", ":p owl:sameAs :q . :a :p :b .", ":q owl:sameAs :p . :a :q :b ."),
    Case("eq-rep-o", ":a owl:sameAs :b . :x :p :a .", ":b owl:sameAs :a . :x :p :b ."),
    Case(
        "eq-diff1",
        ":a owl:sameAs :b ; owl:differentFrom :b .",
        ":b owl:sameAs :a ; owl:differentFrom :b . :a owl:differentFrom :a . :b owl:differentFrom :a .",
        clashes=("eq-diff1",),
    ),
    Case("eq-diff1", ":a owl:differentFrom :a .", clashes=("eq-diff1",)),
    Case(
        "eq-diff2",
        ":n a owl:AllDifferent ; owl:members :l1 . :l1 rdf:first :a ; rdf:rest :l2 ."
        " :l2 rdf:first :b ; rdf:rest :l3 . :l3 rdf:first :c ; rdf:rest rdf:nil . :a owl:sameAs :c .",
        ":c owl:sameAs :a . :l1 rdf:first :c . :l3 rdf:first :a .",
        clashes=("eq-diff2",),
        reference=False,
    ),
    Case(
        "eq-diff2",
        ":n a owl:AllDifferent ; owl:distinctMembers :l1 . :l1 rdf:first :a ; rdf:rest :l2 ."
        " :l2 rdf:first :b ; rdf:rest :l3 . :l3 rdf:first :c ; rdf:rest rdf:nil . :a owl:sameAs :b .",
        ":b owl:sameAs :a . :l1 rdf:first :b . :l2 rdf:first :a .",
        clashes=("eq-diff2",),
    ),
    # Properties
    Case("prp-dom", ":p rdfs:domain :C . :a :p :b . :x :q :y .", ":a a :C ."),
    Case("prp-rng", ":p rdfs:range :C . :a :p :b . :x :q :y .", ":b a :C ."),
    Case("prp-rng", ":p a owl:DatatypeProperty ; rdfs:range xsd:decimal . :a :p 1.50 ."),
    Case(
        "prp-fp",
        ":p a owl:ObjectProperty , owl:FunctionalProperty . :a :p :b , :c . :d :p :e .",
        ":b owl:sameAs :c . :c owl:sameAs :b .",
    ),
    Case(
        "prp-fp",
        ":p a owl:FunctionalProperty . :a :p :b , :c . :b owl:differentFrom :c .",
        ":b owl:sameAs :c ; owl:differentFrom :b . :c owl:sameAs :b ; owl:differentFrom :b , :c .",
        clashes=("eq-diff1",),
    ),
    Case(
        "prp-fp",
        ":p a owl:DatatypeProperty , owl:FunctionalProperty . :a :p 1 , 2 . :b :q 2 .",
        clashes=("prp-fp",),
        reference=False,
    ),
    Case(
        "prp-fp",
        ":p a owl:DatatypeProperty , owl:FunctionalProperty . :a :p 1 , 1.0 , 01 .",
        reference=False,
    ),
    Case(
        "prp-ifp",
        ":p a owl:InverseFunctionalProperty . :a :p :x . :b :p :x . :c :p :y .",
        ":a owl:sameAs :b . :b owl:sameAs :a .",
    ),
    Case("prp-irp", ":p a owl:IrreflexiveProperty . :a :p :a , :b .", clashes=("prp-irp",)),
    Case("prp-symp", ":p a owl:SymmetricProperty . :a :p :b .", ":b :p :a ."),
    Case("prp-asyp", ":p a owl:AsymmetricProperty . :a :p :b . :b :p :a , :c .", clashes=("prp-asyp",)),
    Case("prp-asyp", ":p a owl:AsymmetricProperty . :a :p :a .", clashes=("prp-asyp",)),
    Case(
        "prp-trp",
        ":p a owl:TransitiveProperty . :a :p :b . :b :p :c . :c :p :d .",
        ":a :p :c , :d . :b :p :d .",
    ),
    Case("prp-trp", ":p a owl:TransitiveProperty . :a :p :b . :b :p :a .", ":a :p :a . :b :p :b ."),
    Case("prp-spo1", ":p rdfs:subPropertyOf :q . :a :p :b .", ":a :q :b ."),
    Case(
        "prp-spo1",
        ':p rdfs:subPropertyOf :q . :a :p "园区"@zh , "a,b\\n\\"c\\""@en , 5400.0 , "01"^^xsd:integer .',
        ':a :q "园区"@zh , "a,b\\n\\"c\\""@en , 5400.0 , "01"^^xsd:integer .',
    ),
    Case("prp-spo2", ":p owl:propertyChainAxiom ( :q ) . :a :q :b .", ":a :p :b ."),
    Case("prp-spo2", ":p owl:propertyChainAxiom ( :q :r ) . :a :q :b . :b :r :c . :b :q :d .", ":a :p :c ."),
    Case(
        "prp-spo2",
        ":p owl:propertyChainAxiom ( :q :r :s ) . :a :q :b . :b :r :c . :c :s :d , :e . :x :r :c .",
        ":a :p :d , :e .",
    ),
    Case(
        "prp-spo2",
        ":p owl:propertyChainAxiom ( :p :q ) . :a :p :b . :b :q :c . :c :q :d .",
        ":a :p :c , :d .",
    ),
    Case(
        "prp-eqp1",
        ":p owl:equivalentProperty :q . :a :p :b .",
        ":a :q :b . :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ; owl:equivalentProperty :p .",
    ),
    Case(
        "prp-eqp2",
        ":p owl:equivalentProperty :q . :a :q :b .",
        ":a :p :b . :p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ; owl:equivalentProperty :p .",
    ),
    Case("prp-pdw", ":p owl:propertyDisjointWith :q . :a :p :b ; :q :b , :c .", clashes=("prp-pdw",)),
    Case(
        "prp-adp",
        "[] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) . :a :p :b ; :r :b .",
        clashes=("prp-adp",),
        reference=False,
    ),
    Case("prp-inv1", ":p owl:inverseOf :q . :a :p :b .", ":b :q :a ."),
    Case("prp-inv2", ":p owl:inverseOf :q . :a :q :b .", ":b :p :a ."),
    Case(
        "prp-key",
        ":C owl:hasKey ( :p :q ) . :a a :C ; :p 1 ; :q :x . :b a :C ; :p 1 ; :q :x ."
        " :c a :C ; :p 1 ; :q :y . :d a :C ; :p 2 ; :q :x . :e :p 1 ; :q :x .",
        ":a owl:sameAs :b . :b owl:sameAs :a .",
        reference=False,
    ),
    Case(
        "prp-key",
        ":C owl:hasKey ( :p ) . :a a :C ; :p 1 . :b a :C ; :p 1 . :c a :C ; :p 2 .",
        ":a owl:sameAs :b . :b owl:sameAs :a .",
        reference=False,
    ),
    Case(
        "prp-npa1",
        ":n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ;"
        " owl:targetIndividual :b . :a :p :b .",
        clashes=("prp-npa1",),
    ),
    Case(
        "prp-npa2",
        ":n a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; owl:assertionProperty :p ;"
        " owl:targetValue 3 . :a :p 3 .",
        clashes=("prp-npa2",),
    ),
    # Classes
    Case("cls-nothing2", ":a a owl:Nothing .", clashes=("cls-nothing2",)),
    Case(
        "cls-int1",
        ":C owl:intersectionOf ( :D :E ) . :a a :D , :E . :b a :D .",
        ":a a :C . :C rdfs:subClassOf :D , :E .",
    ),
    Case(
        "cls-int1",
        ":D a owl:Class . :C owl:intersectionOf ( :D owl:Thing ) . :a a :D . :b a :E .",
        ":a a :C . :C rdfs:subClassOf :D .",
    ),
    Case(
        "cls-int2",
        ":C owl:intersectionOf ( :D :E :F ) . :a a :C .",
        ":a a :D , :E , :F . :C rdfs:subClassOf :D , :E , :F .",
    ),
    Case(
        "cls-uni",
        ":C owl:unionOf ( :D :E ) . :a a :D . :b a :E .",
        ":a a :C . :b a :C . :D rdfs:subClassOf :C . :E rdfs:subClassOf :C .",
    ),
    Case("cls-com", ":C owl:complementOf :D . :a a :C , :D . :b a :C .", clashes=("cls-com",)),
    Case(
        "cls-svf1",
        ":R owl:someValuesFrom :C ; owl:onProperty :p . :a :p :b . :b a :C . :x :p :y .",
        ":a a :R .",
    ),
    Case("cls-svf2", ":R owl:someValuesFrom owl:Thing ; owl:onProperty :p . :a :p :b .", ":a a :R ."),
    Case(
        "cls-avf",
        ":R owl:allValuesFrom :C ; owl:onProperty :p . :a a :R ; :p :b . :x :p :y .",
        ":b a :C .",
    ),
    Case(
        "cls-avf",
        ":p a owl:DatatypeProperty . :R owl:allValuesFrom xsd:decimal ; owl:onProperty :p ."
        " :a a :R ; :p 1.50 .",
    ),
    Case("cls-hv1", ":R owl:hasValue 2.50 ; owl:onProperty :p . :a a :R .", ":a :p 2.50 ."),
    Case("cls-hv2", ":R owl:hasValue :v ; owl:onProperty :p . :a :p :v . :b :p :w .", ":a a :R ."),
    Case(
        "cls-maxc1",
        ':R owl:maxCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p . :a a :R ; :p :b .',
        clashes=("cls-maxc1",),
    ),
    Case(
        "cls-maxc2",
        ':R owl:maxCardinality "1"^^xsd:nonNegativeInteger ; owl:onProperty :p . :a a :R ; :p :b , :c .',
        ":b owl:sameAs :c . :c owl:sameAs :b .",
    ),
    Case(
        "cls-maxc2",
        ":R owl:maxCardinality 1 ; owl:onProperty :p . :p a owl:DatatypeProperty . :a a :R ; :p 1 , 2 .",
        clashes=("cls-maxc2",),
        reference=False,
    ),
    Case(
        "cls-maxqc1",
        ':R owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p ; owl:onClass :C .'
        " :a a :R ; :p :b , :c . :b a :C .",
        clashes=("cls-maxqc1",),
    ),
    Case(
        "cls-maxqc2",
        ':R owl:maxQualifiedCardinality "0"^^xsd:nonNegativeInteger ; owl:onProperty :p ;'
        " owl:onClass owl:Thing . :a a :R ; :p :b .",
        clashes=("cls-maxqc2",),
    ),
    Case(
        "cls-maxqc3",
        ':R owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onProperty :p ; owl:onClass :C .'
        " :a a :R ; :p :b , :c , :d . :b a :C . :c a :C .",
        ":b owl:sameAs :c . :c owl:sameAs :b .",
    ),
    Case(
        "cls-maxqc4",
        ':R owl:maxQualifiedCardinality "1"^^xsd:nonNegativeInteger ; owl:onProperty :p ;'
        " owl:onClass owl:Thing . :a a :R ; :p :b , :c .",
        ":b owl:sameAs :c . :c owl:sameAs :b .",
    ),
    Case("cls-oo", ":C owl:oneOf ( :a :b ) .", ":a a :C . :b a :C ."),
    # Class axioms
    Case("cax-sco", ":C rdfs:subClassOf :D . :a a :C . :b a :D .", ":a a :D ."),
    Case("cax-sco", ":C rdfs:subClassOf owl:Thing . :a a :C ."),
    Case(
        "cax-sco",
        ":C a owl:Class . owl:Thing rdfs:subClassOf :Everything . :a a :C .",
        ":a a :Everything . :C rdfs:subClassOf :Everything .",
    ),
    Case(
        "cax-eqc1",
        ":C owl:equivalentClass :D . :a a :C .",
        ":a a :D . :C rdfs:subClassOf :D . :D rdfs:subClassOf :C ; owl:equivalentClass :C .",
    ),
    Case(
        "cax-eqc2",
        ":C owl:equivalentClass :D . :a a :D .",
        ":a a :C . :C rdfs:subClassOf :D . :D rdfs:subClassOf :C ; owl:equivalentClass :C .",
    ),
    Case("cax-dw", ":C owl:disjointWith :D . :a a :C , :D . :b a :C .", clashes=("cax-dw",)),
    Case(
        "cax-adc",
        "[] a owl:AllDisjointClasses ; owl:members ( :C :D :E ) . :a a :C , :E . :b a :D .",
        clashes=("cax-adc",),
    ),
    # Schema
    Case("scm-sco", ":A rdfs:subClassOf :B . :B rdfs:subClassOf :C .", ":A rdfs:subClassOf :C ."),
    Case(
        "scm-sco",
        ":C a owl:Class . owl:Thing rdfs:subClassOf :T .",
        ":C rdfs:subClassOf :T .",
    ),
    Case(
        "scm-eqc1",
        ":C owl:equivalentClass :D .",
        ":C rdfs:subClassOf :D . :D rdfs:subClassOf :C ; owl:equivalentClass :C .",
    ),
    Case(
        "scm-eqc2",
        ":A rdfs:subClassOf :B . :B rdfs:subClassOf :A .",
        ":A owl:equivalentClass :B . :B owl:equivalentClass :A .",
    ),
    Case("scm-spo", ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :r .", ":p rdfs:subPropertyOf :r ."),
    Case(
        "scm-eqp1",
        ":p owl:equivalentProperty :q .",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p ; owl:equivalentProperty :p .",
    ),
    Case(
        "scm-eqp2",
        ":p rdfs:subPropertyOf :q . :q rdfs:subPropertyOf :p .",
        ":p owl:equivalentProperty :q . :q owl:equivalentProperty :p .",
    ),
    Case("scm-dom1", ":p rdfs:domain :C . :C rdfs:subClassOf :D .", ":p rdfs:domain :D ."),
    Case("scm-dom2", ":q rdfs:domain :C . :p rdfs:subPropertyOf :q .", ":p rdfs:domain :C ."),
    Case("scm-rng1", ":p rdfs:range :C . :C rdfs:subClassOf :D .", ":p rdfs:range :D ."),
    Case("scm-rng2", ":q rdfs:range :C . :p rdfs:subPropertyOf :q .", ":p rdfs:range :C ."),
    Case(
        "scm-hv",
        ":p rdfs:subPropertyOf :q . :R owl:hasValue :v ; owl:onProperty :p ."
        " :S owl:hasValue :v ; owl:onProperty :q .",
        ":R rdfs:subClassOf :S .",
    ),
    Case(
        "scm-hv",
        ":p a owl:ObjectProperty . :R owl:hasValue :v ; owl:onProperty :p ."
        " :S owl:hasValue :v ; owl:onProperty :p .",
        ":R rdfs:subClassOf :S ; owl:equivalentClass :S . :S rdfs:subClassOf :R ; owl:equivalentClass :R .",
    ),
    Case(
        "scm-svf1",
        ":C rdfs:subClassOf :D . :R owl:someValuesFrom :C ; owl:onProperty :p ."
        " :S owl:someValuesFrom :D ; owl:onProperty :p .",
        ":R rdfs:subClassOf :S .",
    ),
    Case(
        "scm-svf1",
        ":C a owl:Class . :R owl:someValuesFrom :C ; owl:onProperty :p ."
        " :S owl:someValuesFrom owl:Thing ; owl:onProperty :p .",
        ":R rdfs:subClassOf :S .",
    ),
    Case(
        "scm-svf2",
        ":p rdfs:subPropertyOf :q . :R owl:someValuesFrom :C ; owl:onProperty :p ."
        " :S owl:someValuesFrom :C ; owl:onProperty :q .",
        ":R rdfs:subClassOf :S .",
    ),
    Case(
        "scm-avf1",
        ":C rdfs:subClassOf :D . :R owl:allValuesFrom :C ; owl:onProperty :p ."
        " :S owl:allValuesFrom :D ; owl:onProperty :p .",
        ":R rdfs:subClassOf :S .",
    ),
    Case(
        "scm-avf2",
        ":p rdfs:subPropertyOf :q . :R owl:allValuesFrom :C ; owl:onProperty :p ."
        " :S owl:allValuesFrom :C ; owl:onProperty :q .",
        ":S rdfs:subClassOf :R .",
    ),
    Case("scm-int", ":C owl:intersectionOf ( :D :E ) .", ":C rdfs:subClassOf :D , :E ."),
    Case("scm-uni", ":C owl:unionOf ( :D :E ) .", ":D rdfs:subClassOf :C . :E rdfs:subClassOf :C ."),
]

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

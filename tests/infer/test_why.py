"""Explanations: sound to the last step, complete with evidence, in words and JSON."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from parkgraph.ask.labels import label_of
from parkgraph.graph.assemble import closure_of, read_asserted
from parkgraph.infer.closure import STATED, Closure, Explainer, Step, close
from parkgraph.infer.explain_text import Wording, as_json, as_text
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_ONTOLOGY, RDF
from parkgraph.read.files import Root
from pyoxigraph import NamedNode, Store, Triple

Turtle = Callable[[str], list[Triple]]
MakeStore = Callable[[str, str], Store]

ONTOLOGY = """
:Project a owl:Class ; rdfs:subClassOf :Entity ; rdfs:label "项目"@zh , "project"@en .
:Entity a owl:Class ; rdfs:label "事物"@zh , "entity"@en .
:serves a owl:ObjectProperty ; rdfs:subPropertyOf :reaches ; rdfs:label "服务"@zh , "serves"@en .
:reaches a owl:ObjectProperty ; owl:propertyChainAxiom ( :serves :within ) ;
    rdfs:label "惠及"@zh , "reaches"@en .
:within a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "属于"@zh , "within"@en .
"""
DATA = """
:x a :Project ; rdfs:label "甲项目"@zh , "Project X"@en ;
    :serves :medicine ; park:evidence passage:20-30 , passage:3-9 .
:axiom a owl:Axiom ; owl:annotatedSource :x ; owl:annotatedProperty :serves ; owl:annotatedTarget :medicine ;
    park:basis basis:inference ; park:evidence passage:100-120 ;
    park:reason "由产品名称推断。"@zh , "Its product says so."@en .
:medicine rdfs:label "医药"@zh , "medicine"@en ; :within :health ; park:evidence passage:40-50 .
:health rdfs:label "健康"@zh , "health"@en ; :within :life .
:figure :value 5400.0 ; park:basis basis:computed ; park:evidence passage:60-70 .
basis:stated rdfs:label "载明"@zh , "stated"@en . basis:inference rdfs:label "推断"@zh , "inference"@en .
"""
KNOWN = {"ex": "http://example.org/", "rdf": RDF, "basis": CODE + "basis/"}


@pytest.fixture(scope="module")
def graph(store: MakeStore) -> Store:
    return store(ONTOLOGY, DATA)


@pytest.fixture(scope="module")
def explainer(graph: Store) -> Explainer:
    return Explainer(graph)


@pytest.fixture(scope="module")
def wording(graph: Store) -> Wording:
    return Wording(graph, label_of, KNOWN)


def _check(step: Step, asserted: set[Triple], lists: list[Triple]) -> int:
    """Each step follows from its own premises alone (and the schema's lists); gives the number of steps."""
    conclusion = Triple(*step.conclusion)  # type: ignore[misc,arg-type]
    if step.rule is None:
        assert conclusion in asserted
        return 0
    assert conclusion not in asserted
    premises = [Triple(*premise.conclusion) for premise in step.premises]  # type: ignore[misc,arg-type]
    assert conclusion not in premises
    assert conclusion in close(premises + lists).inferred, step
    return 1 + sum(_check(premise, asserted, lists) for premise in step.premises)


def _lists(asserted: set[Triple]) -> list[Triple]:
    return [triple for triple in asserted if triple.predicate.value in (RDF + "first", RDF + "rest")]


def _explained(closure: Closure, triple: Triple) -> Step:
    derivation = closure.explain(triple)
    assert derivation is not None
    return derivation


def test_every_step_of_every_inferred_triple_is_sound(triples: Turtle) -> None:
    asserted = set(triples(ONTOLOGY + DATA))
    closure = close(asserted)
    depths = [_check(_explained(closure, triple), asserted, _lists(asserted)) for triple in closure.inferred]
    assert len(depths) == 5
    assert max(depths) == 2


def test_steps_in_the_real_graph_are_sound(repo) -> None:  # type: ignore[no-untyped-def]
    graphs = read_asserted(Root(repo))
    asserted = set(graphs[GRAPH_ONTOLOGY] + graphs[GRAPH_DATA])
    closure = closure_of(graphs)
    sample = random.Random(7).sample(sorted(closure.inferred, key=str), 25)
    assert sum(_check(_explained(closure, triple), asserted, _lists(asserted)) for triple in sample) >= 25


def test_a_cycle_does_not_explain_itself(triples: Turtle) -> None:
    asserted = triples(
        ":p owl:inverseOf :q . :q owl:inverseOf :p . :A owl:equivalentClass :B . :a :p :b . :a a :A ."
    )
    closure = close(asserted)
    for triple in closure.inferred:
        _check(_explained(closure, triple), set(asserted), [])


def test_what_does_not_follow_is_not_explained(explainer: Explainer, triples: Turtle) -> None:
    for wrong in (":x a :Health .", ":medicine a :Project .", ":unknown :serves :x ."):
        assert explainer.explain(triples(wrong)[0]) is None


def test_an_asserted_triple_gives_its_evidence(explainer: Explainer, triples: Turtle) -> None:
    step = explainer.explain(triples(":x a :Project .")[0])
    assert step is not None and step.support is not None
    assert step.rule is None and step.premises == ()
    assert step.support.basis == STATED
    assert [passage.value.rpartition("/")[2] for passage in step.support.passages] == ["3-9", "20-30"]


def test_the_annotation_of_a_triple_goes_before_its_subject(explainer: Explainer, triples: Turtle) -> None:
    step = explainer.explain(triples(":x :serves :medicine .")[0])
    assert step is not None and step.support is not None
    assert step.support.basis.value.endswith("/basis/inference")
    assert [passage.value.rpartition("/")[2] for passage in step.support.passages] == ["100-120"]
    assert step.support.reasons == {"zh": "由产品名称推断。", "en": "Its product says so."}


def test_a_statement_has_its_own_basis_and_a_literal_is_found(explainer: Explainer, triples: Turtle) -> None:
    step = explainer.explain(triples(":figure :value 5400.0 .")[0])
    assert step is not None and step.support is not None
    assert step.support.basis.value.endswith("/basis/computed")


def test_a_triple_of_the_ontology_needs_no_evidence(explainer: Explainer, triples: Turtle) -> None:
    step = explainer.explain(triples(":Project rdfs:subClassOf :Entity .")[0])
    assert step is not None
    assert step.support is None and step.passages() == []


def test_an_inferred_triple_gathers_bases_and_passages(explainer: Explainer, triples: Turtle) -> None:
    step = explainer.explain(triples(":x :reaches :life .")[0])
    assert step is not None
    assert [basis.value.rpartition("/")[2] for basis in step.bases()] == ["inference", "stated"]
    assert [passage.value.rpartition("/")[2] for passage in step.passages()] == ["40-50", "100-120"]


TEXT_EN = """\
Project X: reaches: health
ex:x ex:reaches ex:health .

because the steps “serves” and “within”, one after the other, amount to “reaches” (prp-spo2)
├─ the steps “serves” and “within”, one after the other, amount to “reaches”  [ontology]
├─ medicine: within: health  [stated; daily 40-50]
└─ Project X: serves: medicine  [inference; daily 100-120]
      reason: Its product says so.

rests on: inference, stated; evidence: daily 40-50, daily 100-120
"""

TEXT_ZH = """\
甲项目是事物
ex:x rdf:type ex:Entity .

因为凡项目皆为事物（cax-sco）
├─ 凡项目皆为事物  [本体]
└─ 甲项目是项目  [载明; daily 3-9, daily 20-30]

依据：载明；出处：daily 3-9, daily 20-30
"""


def test_as_text(explainer: Explainer, wording: Wording, triples: Turtle) -> None:
    step = explainer.explain(triples(":x :reaches :health .")[0])
    assert step is not None
    assert as_text(step, wording, "en") == TEXT_EN
    step = explainer.explain(triples(":x a :Entity .")[0])
    assert step is not None
    assert as_text(step, wording, "zh") == TEXT_ZH
    assert "because every project is an entity (cax-sco)" in as_text(step, wording, "en")


def test_an_asserted_triple_as_text(explainer: Explainer, wording: Wording, triples: Turtle) -> None:
    step = explainer.explain(triples(":x :serves :medicine .")[0])
    assert step is not None
    assert as_text(step, wording, "zh") == (
        "甲项目：服务：医药\nex:x ex:serves ex:medicine .\n\n推断; daily 100-120\n理由：由产品名称推断。\n"
    )


def test_what_was_told_is_not_told_again(store: MakeStore, triples: Turtle) -> None:
    graph = store(
        ":F owl:intersectionOf ( :G :E ) . :r rdfs:domain :C . :G owl:onProperty :p ; owl:someValuesFrom :C ."
        " :E owl:onProperty :q ; owl:someValuesFrom :C .",
        ":a :p :b ; :q :b . :b :r :c .",
    )
    step = Explainer(graph).explain(triples(":a a :F .")[0])
    assert step is not None
    text = as_text(step, Wording(graph, label_of, KNOWN), "en")
    assert text.count("because whatever has ex:r is an ex:C (prp-dom)") == 1
    assert text.count("ex:b is an ex:C\n") == 1
    assert text.count("ex:b is an ex:C  [as above]") == 1


def test_as_json(explainer: Explainer, wording: Wording, triples: Turtle) -> None:
    step = explainer.explain(triples(":x a :Entity .")[0])
    assert step is not None
    told = as_json(step, wording)
    assert told["origin"] == "inferred"
    assert told["rule"] == "cax-sco"
    assert told["reason"] == {"zh": "凡项目皆为事物", "en": "every project is an entity"}
    assert told["sentence"] == {"zh": "甲项目是事物", "en": "Project X is an entity"}
    assert [premise["origin"] for premise in told["premises"]] == ["ontology", "data"]
    assert told["premises"][1]["evidence"] == told["evidence"]
    assert [iri.rpartition("/")[2] for iri in told["evidence"]] == ["3-9", "20-30"]
    assert told["bases"] == [STATED.value]


def test_blank_nodes_are_described(store: MakeStore, triples: Turtle) -> None:
    ontology = (
        ":C owl:equivalentClass [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :D ] ."
        " :p a owl:ObjectProperty . :E owl:unionOf ( :C :F :G ) ."
    )
    graph = store(ontology, ":a :p :b . :b a :D .")
    wording = Wording(graph, label_of, KNOWN)
    step = Explainer(graph).explain(triples(":a a :E .")[0])
    assert step is not None
    text = as_text(step, wording, "en")
    assert "ex:C and thing with some ex:D as “ex:p” are the same class" in text
    assert "ex:E is made up of ex:C, ex:F and ex:G" in text
    assert "以某个ex:D为“ex:p”者" in as_text(step, wording, "zh")


def test_one_closure_serves_many_explanations(explainer: Explainer, triples: Turtle) -> None:
    first, second = (
        explainer.explain(triple) for triple in triples(":x a :Entity . :medicine :within :life .")
    )
    assert first is not None and second is not None
    assert second.rule == "prp-trp"
    assert isinstance(second.bindings["p"], NamedNode)

"""Random small ontologies: the fast closure and owlrl's have the same triples and the same contradictions."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from owlrl_messages import rule_of
from parkgraph.infer.closure import close
from parkgraph.infer.reference import close_reference
from pyoxigraph import RdfFormat, Triple, parse

PREFIXES = """
@prefix : <http://example.org/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
:d1 a owl:DatatypeProperty . :d2 a owl:DatatypeProperty .
:p a owl:ObjectProperty . :q a owl:ObjectProperty . :r a owl:ObjectProperty .
:A a owl:Class . :B a owl:Class . :C a owl:Class .
"""

classes = st.sampled_from([":A", ":B", ":C", ":D", ":R", ":S", ":T"])
relations = st.sampled_from([":p", ":q", ":r"])
datatype_properties = st.sampled_from([":d1", ":d2"])
things = st.sampled_from([":a", ":b", ":c", ":d", "_:e"])
literals = st.sampled_from(['"x"', '"园"@zh', "1", "2.50", '"2018-06-15"^^xsd:date'])
zero_one = st.sampled_from(['"0"^^xsd:nonNegativeInteger', '"1"^^xsd:nonNegativeInteger'])


def _axiom(form: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.fixed_dictionaries(parts).map(lambda chosen: form.format(**chosen))


SCHEMA = st.one_of(
    _axiom("{c} rdfs:subClassOf {d} .", c=classes, d=classes),
    _axiom("{c} owl:equivalentClass {d} .", c=classes, d=classes),
    _axiom("{c} owl:disjointWith {d} .", c=classes, d=classes),
    _axiom("{c} owl:complementOf {d} .", c=classes, d=classes),
    _axiom("{c} owl:unionOf ( {d} {e} ) .", c=classes, d=classes, e=classes),
    _axiom("{c} owl:intersectionOf ( {d} {e} ) .", c=classes, d=classes, e=classes),
    _axiom("{c} owl:oneOf ( {x} {y} ) .", c=classes, x=things, y=things),
    _axiom("[] a owl:AllDisjointClasses ; owl:members ( {c} {d} {e} ) .", c=classes, d=classes, e=classes),
    _axiom("{p} rdfs:subPropertyOf {q} .", p=relations, q=relations),
    _axiom("{p} rdfs:subPropertyOf {q} .", p=datatype_properties, q=datatype_properties),
    _axiom("{p} owl:equivalentProperty {q} .", p=relations, q=relations),
    _axiom("{p} owl:inverseOf {q} .", p=relations, q=relations),
    _axiom("{p} rdfs:domain {c} .", p=st.one_of(relations, datatype_properties), c=classes),
    _axiom("{p} rdfs:range {c} .", p=relations, c=classes),
    _axiom("{p} rdfs:range xsd:decimal .", p=datatype_properties),
    _axiom("{p} owl:propertyChainAxiom ( {q} {r} ) .", p=relations, q=relations, r=relations),
    _axiom("{p} owl:propertyChainAxiom ( {q} {r} {q} ) .", p=relations, q=relations, r=relations),
    _axiom("{p} owl:propertyDisjointWith {q} .", p=relations, q=relations),
    _axiom(
        "{p} a owl:{kind}Property .",
        p=relations,
        kind=st.sampled_from(
            ["Functional", "InverseFunctional", "Symmetric", "Asymmetric", "Irreflexive", "Transitive"]
        ),
    ),
    _axiom(":R owl:onProperty {p} ; owl:{k} {c} .", p=relations, c=classes,
           k=st.sampled_from(["someValuesFrom", "allValuesFrom"])),
    _axiom(":S owl:onProperty {p} ; owl:someValuesFrom owl:Thing .", p=relations),
    _axiom(":S owl:onProperty {p} ; owl:hasValue {x} .", p=relations, x=things),
    _axiom(":T owl:onProperty {p} ; owl:hasValue {x} .", p=datatype_properties, x=literals),
    _axiom(":R owl:onProperty {p} ; owl:maxCardinality {n} .", p=relations, n=zero_one),
    _axiom(":R owl:onProperty {p} ; owl:maxQualifiedCardinality {n} ; owl:onClass {c} .",
           p=relations, n=zero_one, c=classes),
)  # fmt: skip

FACTS = st.one_of(
    _axiom("{x} a {c} .", x=things, c=classes),
    _axiom("{x} {p} {y} .", x=things, p=relations, y=things),
    _axiom("{x} {p} {v} .", x=things, p=datatype_properties, v=literals),
    _axiom("{x} owl:sameAs {y} .", x=things, y=things),
    _axiom("{x} owl:differentFrom {y} .", x=things, y=things),
)

ONTOLOGIES = st.tuples(st.lists(SCHEMA, min_size=1, max_size=8), st.lists(FACTS, min_size=2, max_size=8)).map(
    lambda parts: "\n".join(parts[0] + parts[1])
)

SAME_MESSAGE = {"cax-adc": "cax-dw", "cls-maxqc2": "cls-maxqc1"}


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREFIXES + turtle, RdfFormat.TURTLE)]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
@given(ONTOLOGIES)
def test_the_same_as_the_reference(turtle: str) -> None:
    asserted = triples(turtle)
    closure = close(asserted)
    inferred, messages = close_reference(asserted)
    assert set(closure.inferred) == set(inferred)
    clashes = {SAME_MESSAGE.get(found.rule, found.rule) for found in closure.contradictions}
    assert clashes == {rule_of(message) for message in messages}

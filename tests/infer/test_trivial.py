"""What is trivial, and that none of it is ever inferred."""

from __future__ import annotations

import pytest
from parkgraph.infer.closure import close, is_trivial
from parkgraph.names import OWL, RDF, RDFS, XSD
from pyoxigraph import BlankNode, Literal, NamedNode


def _term(text: str) -> NamedNode | Literal | BlankNode:
    if text.startswith('"'):
        return Literal(text.strip('"'))
    if text.startswith("_:"):
        return BlankNode(text[2:])
    prefix, _, local = text.partition(":")
    return NamedNode(
        {"rdf": RDF, "rdfs": RDFS, "owl": OWL, "xsd": XSD, "": "http://example.org/"}[prefix] + local
    )


TRIVIAL = [
    '"text" rdf:type xsd:string',
    '"text" :p :a',
    ":a _:p :b",
    ":a owl:sameAs :a",
    "_:a owl:sameAs _:a",
    ":C rdfs:subClassOf :C",
    ":C owl:equivalentClass :C",
    ":p rdfs:subPropertyOf :p",
    ":p owl:equivalentProperty :p",
    ":a rdf:type owl:Thing",
    ":a rdf:type rdfs:Resource",
    ":C rdfs:subClassOf owl:Thing",
    ":C rdfs:subClassOf rdfs:Resource",
    ":p rdfs:domain owl:Thing",
    ":p rdfs:range rdfs:Resource",
    "owl:Nothing rdfs:subClassOf :C",
    "rdfs:label rdf:type owl:AnnotationProperty",
    "xsd:int rdfs:subClassOf xsd:integer",
    "owl:Thing rdf:type owl:Class",
]

TELLING = [
    ":a owl:sameAs :b",
    ":a owl:differentFrom :a",
    ":a :p :a",
    ":C rdfs:subClassOf :D",
    ":C rdfs:subClassOf owl:Nothing",
    ":C owl:disjointWith :C",
    ":p rdfs:subPropertyOf rdfs:label",
    ':a rdfs:label "text"',
    ":a rdf:type owl:Class",
    "_:a rdf:type :C",
    ":owl:x rdf:type :C",
]


@pytest.mark.parametrize("triple", TRIVIAL)
def test_trivial(triple: str) -> None:
    assert is_trivial(*map(_term, triple.split(" ")))


@pytest.mark.parametrize("triple", TELLING)
def test_not_trivial(triple: str) -> None:
    assert not is_trivial(*map(_term, triple.split(" ")))


def test_no_closure_holds_any(triples) -> None:  # type: ignore[no-untyped-def]
    inferred = close(
        triples(
            ":C a owl:Class ; rdfs:subClassOf owl:Thing , :D ."
            " :D a owl:Class ; rdfs:subClassOf :C , rdfs:Resource ."
            " :p a owl:DatatypeProperty ; rdfs:subPropertyOf :p ."
            " :p rdfs:domain owl:Thing ; rdfs:range xsd:decimal ."
            " :q rdfs:range xsd:decimal . :a a :C ; :p 1.50 ; :q 2.50 ; owl:sameAs :b . :b owl:sameAs :a ."
            " rdfs:label rdfs:domain :L . :a rdfs:label 'a' ."
        )
    ).inferred
    assert inferred
    assert not [triple for triple in inferred if is_trivial(*triple)]

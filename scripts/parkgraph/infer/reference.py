"""The reference closure: owlrl, slow and well known. The tests hold the fast one against it.

What is compared is what both leave when `is_trivial` has taken its part. owlrl departs from the W3C rules in
a few places, which therefore are tested by hand instead: its prp-key passes over the last property of a key,
its eq-diff2 and prp-adp over the last member of a list, and it lacks dt-eq and dt-diff, so that two values of
a functional datatype property are no contradiction to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph.infer.terms import Term
from parkgraph.infer.trivial import is_trivial

if TYPE_CHECKING:
    import rdflib

RULE_OF_MESSAGE = {
    "'sameAs' and 'differentFrom'": "eq-diff1",
    "'sameAs' and 'AllDifferent'": "eq-diff2",
    "Irreflexive property": "prp-irp",
    "Erroneous usage of asymmetric": "prp-asyp",
    "Disjoint properties in": "prp-adp",
    "Erroneous usage of disjoint": "prp-pdw",
    "Negative (object)": "prp-npa1",
    "Negative (datatype)": "prp-npa2",
    "Violation of complementarity": "cls-com",
    "Erroneous usage of maximum cardinality": "cls-maxc1",
    "Erroneous usage of maximum qualified": "cls-maxqc1",
    "Disjoint classes": "cax-dw",
}
"""Beginning of a message of owlrl → the rule behind it; cax-adc and cls-maxqc2 share another's message."""

_ERRORS = "http://www.daml.org/2002/03/agents/agent-ont#"
_NOTHING = "is defined of type 'Nothing'"


def close_reference(triples: Iterable[Triple]) -> tuple[list[Triple], list[str]]:
    """The closure by owlrl: the inferred triples, new and not trivial, and its messages of contradictions."""
    import owlrl
    import rdflib

    graph = rdflib.Graph(bind_namespaces="none")
    for subject, predicate, object_ in triples:
        graph.add((_to_rdflib(subject), _to_rdflib(predicate), _to_rdflib(object_)))
    asserted = set(graph)
    semantics = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    return new_triples(graph, asserted), sorted(semantics.error_messages)


def new_triples(closed: rdflib.Graph, asserted: Container[object]) -> list[Triple]:
    """What owlrl added to a graph, without the trivial and without its messages; asserted: what was there."""
    inferred = []
    for fact in closed:
        subject, predicate, object_ = map(_from_rdflib, fact)
        if fact in asserted or predicate.value.startswith(_ERRORS) or object_.value.startswith(_ERRORS):
            continue
        if not is_trivial(subject, predicate, object_):
            inferred.append(Triple(subject, predicate, object_))  # type: ignore[arg-type]
    return inferred


def rule_of(message: str) -> str | None:
    """The W3C name of the rule behind one of owlrl's messages; None for one without a rule here."""
    if message.endswith(_NOTHING):
        return "cls-nothing2"
    return next((rule for start, rule in RULE_OF_MESSAGE.items() if message.startswith(start)), None)


def _to_rdflib(term: Term) -> rdflib.term.Node:
    import rdflib

    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    # Without a datatype where it is xsd:string: rdflib holds "a" and "a"^^xsd:string for different.
    datatype = term.datatype.value
    plain = datatype.endswith("#string")
    return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype), normalize=False)


def _from_rdflib(node: rdflib.term.Node) -> Term:
    import rdflib

    if isinstance(node, rdflib.URIRef):
        return NamedNode(str(node))
    if isinstance(node, rdflib.BNode):
        return BlankNode(str(node))
    assert isinstance(node, rdflib.Literal)
    if node.language:
        return Literal(str(node), language=node.language)
    return Literal(str(node), datatype=NamedNode(str(node.datatype))) if node.datatype else Literal(str(node))

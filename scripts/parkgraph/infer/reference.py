"""The reference closure: owlrl, slow and well known (`reason --engine reference`); tests compare both.

What is compared is what both leave when `is_trivial` has taken its part. owlrl departs from the W3C rules in
a few places, which therefore are tested by hand instead: its prp-key passes over the last property of a key,
its eq-diff2 and prp-adp over the last member of a list, and it lacks dt-eq and dt-diff, so that two values of
a functional datatype property are no contradiction to it.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

import rdflib
from pyoxigraph import Triple

from parkgraph.finding import Finding, finding
from parkgraph.infer.closure import is_trivial
from parkgraph.messages import _
from parkgraph.rdflib_terms import RdflibTerms, from_rdflib

_ERRORS = "http://www.daml.org/2002/03/agents/agent-ont#"


def close_reference(triples: Iterable[Triple]) -> tuple[list[Triple], list[str]]:
    """The closure by owlrl: the inferred triples, new and not trivial, and its messages of contradictions."""
    import owlrl

    graph, convert = rdflib.Graph(bind_namespaces="none"), RdflibTerms()
    for triple in triples:
        graph.add(tuple(map(convert, triple)))
    asserted = set(graph)
    semantics = owlrl.OWLRL_Semantics(graph, axioms=False, daxioms=False)
    semantics.closure()
    return new_triples(graph, asserted), sorted(semantics.error_messages)


def new_triples(closed: rdflib.Graph, asserted: Container[object]) -> list[Triple]:
    """What owlrl added to a graph, without the trivial and without its messages; asserted: what was there."""
    inferred = []
    for fact in closed:
        subject, predicate, object_ = map(from_rdflib, fact)
        if fact in asserted or predicate.value.startswith(_ERRORS) or object_.value.startswith(_ERRORS):
            continue
        if not is_trivial(subject, predicate, object_):
            inferred.append(Triple(subject, predicate, object_))  # type: ignore[arg-type]
    return inferred


def contradictions(messages: Iterable[str]) -> list[Finding]:
    """owlrl's messages as findings; what they are about stands in them."""
    return [finding("owlrl", _("owlrl finds a contradiction: {message}", message=one)) for one in messages]

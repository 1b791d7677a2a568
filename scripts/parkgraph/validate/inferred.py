"""What follows from the data by OWL 2 RL, where that is to be validated too, and what it rests on."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph.graph.documents import Graph
from parkgraph.read.turtle import Fact
from parkgraph.validate.inputs import Inputs
from parkgraph.validate.locate import Explain


def follow(inputs: Inputs) -> tuple[list[Fact], Explain]:
    """The inferred triples in a stable order, and a function that gives the asserted triples behind one.

    Of those the data's come first: there something can be changed; the ontology's come after.
    """
    from parkgraph.infer.closure import close

    asserted = Graph((*inputs.data, *inputs.context, *inputs.ontology))
    data = Graph((*inputs.data, *inputs.context))
    closure = close(Triple(*fact) for fact in asserted.facts)
    found = [_fact(triple.subject, triple.predicate, triple.object) for triple in closure]

    def explain(fact: Fact) -> list[Fact]:
        derivation = closure.explain(Triple(*fact))
        support = [_fact(*terms) for terms in derivation.asserted()] if derivation else []
        return sorted(support, key=lambda one: one not in data.facts)

    return sorted(found, key=str), explain


def _fact(subject: object, predicate: object, object_: object) -> Fact:
    assert isinstance(subject, NamedNode | BlankNode) and isinstance(predicate, NamedNode)
    assert isinstance(object_, NamedNode | BlankNode | Literal)
    return Fact(subject, predicate, object_)

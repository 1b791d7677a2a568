"""What counts as trivial: triples that OWL 2 RL allows to infer and that tell nobody anything.

They are never in a closure of this project, whichever engine made it. This is the one place that says so.
"""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode

from parkgraph.infer.terms import Term
from parkgraph.names import OWL, RDF, RDFS, XSD

BUILT_IN = (RDF, RDFS, OWL, XSD)
"""Namespaces whose own terms need no explanation by a park's graph."""

_TYPE = RDF + "type"
_REFLEXIVE = {
    OWL + "sameAs",
    OWL + "equivalentClass",
    OWL + "equivalentProperty",
    RDFS + "subClassOf",
    RDFS + "subPropertyOf",
}
_TAKES_CLASS = {_TYPE, RDFS + "subClassOf", RDFS + "domain", RDFS + "range"}
_EVERYTHING = {OWL + "Thing", RDFS + "Resource"}


def is_trivial(subject: Term, predicate: Term, object_: Term) -> bool:
    """True for a triple of one of these kinds:

    - its subject is a literal, or its predicate no IRI: that is not RDF;
    - it says of a thing that it is the same as, equivalent to, or below itself;
    - it makes everything an owl:Thing or an rdfs:Resource: as a type, a superclass, a domain or a range;
    - it makes a class that can have no member (owl:Nothing) a subclass of another;
    - it is about a term of RDF, RDFS, OWL or XSD itself.
    """
    if isinstance(subject, Literal) or not isinstance(predicate, NamedNode):
        return True
    relation = predicate.value
    if relation in _REFLEXIVE and subject == object_:
        return True
    if relation in _TAKES_CLASS and isinstance(object_, NamedNode) and object_.value in _EVERYTHING:
        return True
    return isinstance(subject, NamedNode) and subject.value.startswith(BUILT_IN)

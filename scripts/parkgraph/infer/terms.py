"""What the room calls a term and a fact, and which facts tell nobody anything."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Triple

from parkgraph.names import OWL, RDF, RDFS, XSD
from parkgraph.read.turtle import Term

Fact = tuple[Term, Term, Term]
"""Subject, predicate, object.  Unlike a Triple it may have a literal as subject, as a step in between may."""

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


def fact_of(triple: Triple) -> Fact:
    """The triple as a fact.  Raises TypeError when one of its terms is a triple itself (RDF 1.2)."""
    subject, predicate, object_ = triple
    if isinstance(subject, Triple) or isinstance(object_, Triple):
        raise TypeError(f"a triple as a term: {triple}")
    return subject, predicate, object_


def is_trivial(subject: Term, predicate: Term, object_: Term) -> bool:
    """True for a triple that OWL 2 RL allows to infer and that is in no closure of this project, whichever
    engine made it:

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

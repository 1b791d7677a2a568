"""What the room calls a term and a fact."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

Term = NamedNode | BlankNode | Literal

Fact = tuple[Term, Term, Term]
"""Subject, predicate, object.  Unlike a Triple it may have a literal as subject, as a step in between may."""


def fact_of(triple: Triple) -> Fact:
    """The triple as a fact.  Raises TypeError when one of its terms is a triple itself (RDF 1.2)."""
    subject, predicate, object_ = triple
    if isinstance(subject, Triple) or isinstance(object_, Triple):
        raise TypeError(f"a triple as a term: {triple}")
    return subject, predicate, object_

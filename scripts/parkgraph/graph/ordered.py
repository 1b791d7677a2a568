"""Triples in a fixed order, each once, as the text that is written of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from heapq import merge
from itertools import groupby

from pyoxigraph import RdfFormat, Triple, parse, serialize

from parkgraph.names import RDF

_TYPE = f"<{RDF}type>"

Terms = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

# A key is one line of text that sorts as the order demands. N-Triples terms hold no line end, subjects and
# predicates no tab; the digit before the predicate puts types first.


class Ordered(Iterable[Triple]):
    """By subject, the types first, then by predicate and object.  May be gone through again and again."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        lines = (serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().split("\n")
        self.keys = sorted({_key(*line.split(" ", 2)) for line in lines if line})

    def __len__(self) -> int:
        return len(self.keys)

    def __iter__(self) -> Iterator[Triple]:
        return triples_of(self.terms())

    def terms(self) -> Iterator[Terms]:
        """The triples as text, which is much quicker to go through than the triples themselves."""
        return map(_terms, self.keys)

    def uses(self, namespace: str) -> bool:
        """Whether any IRI among the terms and datatypes begins with `namespace`, which ends with / or #."""
        return any(stem.startswith(namespace) for stem in self._stems)

    @cached_property
    def _stems(self) -> set[str]:
        """What stands before the last / or # of each IRI."""
        return {
            term[1 : max(term.rfind("/"), term.rfind("#")) + 1]
            for terms in self.terms()
            for term in (*terms[:2], _iri_in(terms[2]))
        }


def merged(graphs: Iterable[Ordered]) -> Iterator[Terms]:
    """The triples of all `graphs` in order, each once."""
    return (_terms(key) for key, _ in groupby(merge(*(graph.keys for graph in graphs))))


def triples_of(terms: Iterable[Terms]) -> Iterator[Triple]:
    """The triples that are written so."""
    text = "".join(f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in terms)
    return (quad.triple for quad in parse(text, RdfFormat.N_TRIPLES, lenient=True))


def _key(subject: str, predicate: str, rest: str) -> str:
    return f"{subject}\t{'0' if predicate == _TYPE else '1'}{predicate}\t{rest[:-2]}"


def _terms(key: str) -> Terms:
    subject, predicate, object_ = key.split("\t", 2)
    return subject, predicate[1:], object_


def _iri_in(object_: str) -> str:
    """The object itself, or the datatype behind its text, `^^<…>`."""
    return object_ if object_[0] == "<" else object_[object_.rindex('"') + 3 :] if object_[0] == '"' else ""

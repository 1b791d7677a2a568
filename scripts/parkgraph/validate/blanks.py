"""Names for blank nodes that stay the same while the text around them changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from functools import cached_property

from pyoxigraph import BlankNode

from parkgraph.read.turtle import Term
from parkgraph.validate.graphs import Graph

_DEEP = 4


class BlankNames:
    """The author's label where a blank node has one, else a digest of what is said about it and by whom."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def name(self, term: Term) -> str:
        """A term in N-Triples, with a lasting name for a blank node."""
        return self._names.get(term, str(term)) if isinstance(term, BlankNode) else str(term)

    @cached_property
    def _names(self) -> dict[Term, str]:
        names: dict[Term, str] = {}
        twins: Counter[str] = Counter()
        for document in self.graph.documents:
            for fact in document.triples:
                for term in (fact.subject, fact.object):
                    if isinstance(term, BlankNode) and term not in names:
                        label = document.labels.get(term.value) or self._digest(term)
                        twins[label] += 1
                        number = f".{twins[label]}" if twins[label] > 1 else ""
                        names[term] = f"_:{label}{number}"
        return names

    def _digest(self, node: BlankNode) -> str:
        return "n" + hashlib.sha256(self._described(node, 0).encode()).hexdigest()[:10]

    def _described(self, node: Term, depth: int) -> str:
        said = []
        for predicate in self.graph.predicates(node):
            for value in self.graph.objects(node, predicate):
                said.append(f"{predicate} {self._term(value, depth)}")
        if depth == 0:
            for predicate, subjects in self.graph.pointing_at(node):
                said += [f"{self._term(subject, depth)} {predicate}" for subject in subjects]
        return "{" + " ; ".join(sorted(said)) + "}"

    def _term(self, term: Term, depth: int) -> str:
        if not isinstance(term, BlankNode):
            return str(term)
        return self._described(term, depth + 1) if depth < _DEEP else "[]"

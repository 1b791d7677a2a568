"""Why a triple holds: the steps down to asserted triples, and the passages these rest on."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Store, Triple

from parkgraph.infer.closure import Closure, Fact, Step, Support, close, fact_of, place_of
from parkgraph.names import CODE, GRAPH_DATA, GRAPH_ONTOLOGY, OWL, PARK
from parkgraph.read.turtle import Term

STATED = NamedNode(CODE + "basis/stated")

_EVIDENCE = NamedNode(PARK + "evidence")
_BASIS = NamedNode(PARK + "basis")
_REASON = NamedNode(PARK + "reason")
_SOURCE = NamedNode(OWL + "annotatedSource")
_PROPERTY = NamedNode(OWL + "annotatedProperty")
_TARGET = NamedNode(OWL + "annotatedTarget")


class Explainer:
    """Explains triples of one graph; the closure is made once, when first needed."""

    def __init__(self, store: Store) -> None:
        """store: an assembled graph with its named graphs for ontology and data."""
        self._store = store
        self._traced: dict[Fact, Step | None] = {}

    def explain(self, triple: Triple) -> Step | None:
        """How `triple` holds, down to what is asserted; None when it neither stands there nor follows."""
        fact = fact_of(triple)
        if self._in(GRAPH_DATA, fact) or self._in(GRAPH_ONTOLOGY, fact):
            return self._asserted(fact)
        if fact not in self._traced:
            step = self._closure.explain(triple)
            self._traced[fact] = None if step is None else self._supported(step)
        return self._traced[fact]

    @cached_property
    def _closure(self) -> Closure:
        return close(
            quad.triple
            for graph in (GRAPH_ONTOLOGY, GRAPH_DATA)
            for quad in self._store.quads_for_pattern(None, None, None, NamedNode(graph))
        )

    def _supported(self, step: Step) -> Step:
        """The step with the support of every asserted triple below it."""
        if step.rule is None:
            return self._asserted(step.fact)
        return replace(step, premises=tuple(map(self._supported, step.premises)))

    def _asserted(self, fact: Fact) -> Step:
        if not self._in(GRAPH_DATA, fact):
            return Step(fact)
        return Step(fact, support=self._annotation(fact) or self._support(fact[0]))

    def _in(self, graph: str, fact: Fact) -> bool:
        pattern = self._store.quads_for_pattern(*fact, NamedNode(graph))  # type: ignore[arg-type]
        return next(pattern, None) is not None

    def _annotation(self, fact: Fact) -> Support | None:
        # What is said of this very triple goes before what is said of its subject.
        subject, predicate, object_ = fact
        for quad in self._store.quads_for_pattern(None, _SOURCE, subject):
            axiom = quad.subject
            if isinstance(axiom, Triple):
                continue
            if predicate in self._values(axiom, _PROPERTY) and object_ in self._values(axiom, _TARGET):
                return self._support(axiom)
        return None

    def _support(self, node: Term) -> Support:
        basis = next((value for value in self._values(node, _BASIS) if isinstance(value, NamedNode)), STATED)
        passages = [value for value in self._values(node, _EVIDENCE) if isinstance(value, NamedNode)]
        reasons = {
            value.language or "": value.value
            for value in self._values(node, _REASON)
            if isinstance(value, Literal)
        }
        return Support(basis, tuple(sorted(passages, key=place_of)), reasons)

    def _values(self, node: Term, predicate: NamedNode) -> list[Term]:
        found = self._store.quads_for_pattern(node, predicate, None, NamedNode(GRAPH_DATA))  # type: ignore[arg-type]
        return [quad.object for quad in found]  # type: ignore[misc]

"""SHACL by its specification (https://www.w3.org/TR/shacl/): targets, shapes, conformance.

A shape is judged for all its focus nodes at once. What each constraint asks stands in `components` (Core) and
`sparql`. Sections are those of the specification.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import repeat

from parkgraph.graph.documents import TYPE, Graph
from parkgraph.read.turtle import Term
from parkgraph.validate.components import Constraint, Result, Values, constraints, distinct
from parkgraph.validate.paths import follow
from parkgraph.validate.shapes import Shapes, Target
from parkgraph.validate.sparql import Queries

_Question = tuple[Term, Term]
"""A shape and a node: does the one conform to the other?"""


class Evaluation:
    """One validation of a data graph against a shapes graph, which `shape_lint` found to be sound.

    unjudged: nodes that no target selects.  empty: the targets that selected none, once `results` has begun.
    """

    def __init__(self, data: Graph, shapes: Shapes, unjudged: Container[Term] = ()) -> None:
        self.data, self.shapes, self.unjudged = data, shapes, unjudged
        self.empty: list[Target] = []
        self._constraints: dict[Term, list[Constraint]] = {}
        self._follow: dict[Term, Callable[[Term], Sequence[Term]]] = {}
        self._conforms: dict[Term, dict[Term, bool]] = {}
        self._instances: dict[Term, set[Term]] = {}
        self._assumed: list[_Question] = []
        self._judging: _Question | None = None
        self._askers: dict[_Question, set[_Question]] = defaultdict(set)

    # --- targets (2.1.3) ---------------------------------------------------

    def focus_nodes(self, target: Target) -> Collection[Term]:
        """The nodes that a target selects."""
        if target.kind == "targetNode":
            return [target.node]
        if target.kind in ("targetClass", "class"):
            return self.instances(target.node)
        if target.kind == "targetSubjectsOf":
            return self.data.forward(target.node).keys()
        if target.kind == "targetObjectsOf":
            return self.data.backward(target.node).keys()
        return self.queries.target(target.node)

    def instances(self, class_: Term) -> set[Term]:
        """The SHACL instances of a class: of it, or of a class below it in the data graph."""
        if class_ not in self._instances:
            typed = self.data.backward(TYPE)
            self._instances[class_] = {
                node for below in self.data.classes_below(class_) for node in typed.get(below, ())
            }
        return self._instances[class_]

    # --- results (3.4) -----------------------------------------------------

    def results(self) -> Iterator[Result]:
        """Every result of every shape that has a target."""
        wanted: dict[Term, dict[Term, None]] = {}
        for target in self.shapes.targets:
            nodes = [node for node in self.focus_nodes(target) if node not in self.unjudged]
            wanted.setdefault(target.shape, {}).update(dict.fromkeys(nodes))
            if not nodes:
                self.empty.append(target)
        return self._results((shape, Counter(list(nodes))) for shape, nodes in wanted.items())

    def details(self, shapes: Iterable[Term], node: Term) -> Iterator[Result]:
        """Why a node does not conform to some shapes (sh:detail, 3.6.2.5)."""
        return self._results((shape, Counter([node])) for shape in shapes)

    def _results(self, wanted: Iterable[tuple[Term, Counter[Term]]]) -> Iterator[Result]:
        # A node counts as often as shapes lead to it: so does the specification. Shapes that lead to
        # themselves would do so for ever.
        waiting = deque(wanted)
        judged: dict[Term, set[Term]] = defaultdict(set)
        while waiting:
            shape, times = waiting.popleft()
            if shape in self.shapes.recursive:
                times = Counter(node for node in times if node not in judged[shape])
                judged[shape].update(times)
            if not times or self.shapes.deactivated(shape):  # 2.1.6
                continue
            values, severity, path = (
                self._values(shape, times),
                self.shapes.severity(shape),
                self.shapes.path(shape),
            )
            for constraint in self.constraints(shape):
                if constraint.hands_on is not None:
                    inner: Counter[Term] = Counter()
                    for node, own in values.items():
                        for value in own:
                            inner[value] += times[node]
                    waiting.append((constraint.hands_on, inner))
                for found in constraint.check(values):
                    yield from repeat(
                        Result(found, constraint, shape, severity, found.path or path), times[found.focus]
                    )

    def _values(self, shape: Term, nodes: Iterable[Term]) -> Values:
        """The value nodes (3.5): what the path leads to, or the node itself."""
        if shape not in self._follow:
            path = self.shapes.path(shape)
            self._follow[shape] = follow(path, self.data) if path else lambda node: (node,)
        leads_to = self._follow[shape]
        return {node: leads_to(node) for node in nodes}

    def constraints(self, shape: Term) -> list[Constraint]:
        """What a shape asks."""
        if shape not in self._constraints:
            found = list(constraints(self, shape))
            if self.shapes.has_queries:
                found += self.queries.constraints(shape)
            self._constraints[shape] = found
        return self._constraints[shape]

    @cached_property
    def queries(self) -> Queries:
        """The queries of the shapes graph, over the data."""
        return Queries(self.data, self.shapes)

    # --- conformance (3.4.2) -----------------------------------------------

    def conforming(self, shape: Term, nodes: Iterable[Term]) -> set[Term]:
        """Those of `nodes` that conform to a shape."""
        nodes = list(nodes)
        known = self._conforms.setdefault(shape, {})
        new = [node for node in nodes if node not in known]
        if shape in self.shapes.recursive:
            known.update(dict.fromkeys(new, True))
            self._assumed += [(shape, node) for node in new]
            if self._judging is None:
                self._solve()
            else:
                for node in nodes:
                    self._askers[shape, node].add(self._judging)
        elif new:
            known.update(self._judged(shape, new))
        return {node for node in nodes if known[node]}

    def _judged(self, shape: Term, nodes: Sequence[Term]) -> dict[Term, bool]:
        verdict = dict.fromkeys(nodes, True)
        if self.shapes.deactivated(shape):
            return verdict
        values = self._values(shape, nodes)
        for constraint in self.constraints(shape):
            if constraint.hands_on is not None:
                good = self.conforming(constraint.hands_on, distinct(values))
                failed = [node for node, own in values.items() if not good.issuperset(own)]
            else:
                failed = [found.focus for found in constraint.check(values)]
            if failed:
                verdict.update(dict.fromkeys(failed, False))
                values = {node: own for node, own in values.items() if verdict[node]}
        return verdict

    def _solve(self) -> None:
        # What recursion means is left open (3.4.3). Here as in other engines a node conforms as long as
        # nothing shows that it does not: all are assumed to, and where one falls, those who asked are judged
        # again. Those met last go first, since the others rest on them.
        while self._assumed:
            shape, node = self._judging = self._assumed.pop()
            if self._conforms[shape][node] and not self._judged(shape, [node])[node]:
                self._conforms[shape][node] = False
                self._assumed += self._askers.pop((shape, node), ())
        self._judging = None
        self._askers.clear()

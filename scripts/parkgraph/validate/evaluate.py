"""SHACL by its specification (https://www.w3.org/TR/shacl/): targets, shapes, conformance, SHACL Core.

A shape is judged for all its focus nodes at once. Sections are those of the specification. What queries ask
stands in `sparql`.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Container, Iterable, Iterator, KeysView, Sequence, Set
from functools import cached_property
from itertools import repeat

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.graph.documents import TYPE, Graph
from parkgraph.names import SH
from parkgraph.read.turtle import Term
from parkgraph.validate import regex
from parkgraph.validate.paths import Path, follow, made
from parkgraph.validate.shapes import (
    Check,
    Constraint,
    Found,
    Result,
    Shapes,
    Target,
    Values,
    sh,
    truth,
)
from parkgraph.validate.sparql import Queries
from parkgraph.validate.values import compare, well_formed

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
            values, path = self._values(shape, times), self.shapes.path(shape)
            severity = self.shapes.severity(shape)
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
            graph = self.shapes.graph
            found = []
            for name, component in COMPONENTS.items():
                for value in graph.objects(shape, sh(name)):  # one for each value of a parameter (3.1)
                    inner = value if name == "property" else None
                    iri = f"{SH}{name[0].upper()}{name[1:]}ConstraintComponent"
                    rule, check = made(shape, sh(name), value), component(self, shape, value)
                    found.append(Constraint(iri, rule, check, hands_on=inner))
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


# --- the components of SHACL Core (section 4) --------------------------------
# Each is a function that takes the evaluation, the shape and the value of its parameter, and gives a check:
# from the value nodes of each focus node to what is wrong with them.

Test = Callable[[Term], bool]
Component = Callable[[Evaluation, Term, Term], Check]

COMPONENTS: dict[str, Component] = {}
"""Parameter → component, in the order of the specification."""


def distinct(values: Values) -> dict[Term, None]:
    """Every value node once."""
    return {value: None for own in values.values() for value in own}


def _component(name: str) -> Callable[[Component], Component]:
    def register(component: Component) -> Component:
        COMPONENTS[name] = component
        return component

    return register


def _test(name: str) -> Callable[[Callable[[Evaluation, Term, Term], Test]], None]:
    """For a component that looks at each value node by itself: its function gives a test."""

    def register(component: Callable[[Evaluation, Term, Term], Test]) -> None:
        def whole(evaluation: Evaluation, shape: Term, parameter: Term) -> Check:
            test = component(evaluation, shape, parameter)
            return _unless(lambda nodes: {node for node in nodes if test(node)})

        COMPONENTS[name] = whole

    return register


def _unless(good: Callable[[KeysView[Term]], Set[Term]]) -> Check:
    """A check that finds the value nodes that are not among the good ones."""

    def check(values: Values) -> Iterator[Found]:
        nodes = distinct(values).keys()
        bad = nodes - good(nodes)
        if bad:
            for focus, own in values.items():
                yield from (Found(focus, value) for value in own if value in bad)

    return check


def _text(node: Term) -> str | None:
    """SPARQL's STR; a blank node has none."""
    return None if isinstance(node, BlankNode) else node.value


# --- 4.1 value type --------------------------------------------------------


@_component("class")  # 4.1.1
def _class(evaluation: Evaluation, shape: Term, class_: Term) -> Check:
    return _unless(lambda nodes: evaluation.instances(class_) & nodes)


@_test("datatype")  # 4.1.2
def _datatype(evaluation: Evaluation, shape: Term, datatype: Term) -> Test:
    return lambda node: isinstance(node, Literal) and node.datatype == datatype and well_formed(node)


@_test("nodeKind")  # 4.1.3
def _node_kind(evaluation: Evaluation, shape: Term, kind: Term) -> Test:
    kinds = tuple(of for name, of in _KINDS.items() if name in kind.value.removeprefix(SH))
    return lambda node: isinstance(node, kinds)


_KINDS = {"IRI": NamedNode, "BlankNode": BlankNode, "Literal": Literal}

# --- 4.2 cardinality -------------------------------------------------------


@_component("minCount")  # 4.2.1
def _min_count(evaluation: Evaluation, shape: Term, least: Term) -> Check:
    return lambda values: [Found(focus) for focus, own in values.items() if len(own) < int(least.value)]


@_component("maxCount")  # 4.2.2
def _max_count(evaluation: Evaluation, shape: Term, most: Term) -> Check:
    return lambda values: [Found(focus) for focus, own in values.items() if len(own) > int(most.value)]


# --- 4.3 value range: SPARQL's < and <= -------------------------------------


def _range(name: str, *allowed: int) -> None:
    _test(name)(lambda evaluation, shape, bound: lambda node: compare(node, bound) in allowed)


_range("minExclusive", 1)
_range("minInclusive", 1, 0)
_range("maxExclusive", -1)
_range("maxInclusive", -1, 0)

# --- 4.4 strings -----------------------------------------------------------


@_test("minLength")  # 4.4.1
def _min_length(evaluation: Evaluation, shape: Term, least: Term) -> Test:
    return lambda node: (text := _text(node)) is not None and len(text) >= int(least.value)


@_test("maxLength")  # 4.4.2
def _max_length(evaluation: Evaluation, shape: Term, most: Term) -> Test:
    return lambda node: (text := _text(node)) is not None and len(text) <= int(most.value)


@_component("pattern")  # 4.4.3
def _pattern(evaluation: Evaluation, shape: Term, pattern: Term) -> Check:
    flags = evaluation.shapes.graph.objects(shape, sh("flags"))

    def good(nodes: KeysView[Term]) -> Set[Term]:
        texts = {node: text for node in nodes if (text := _text(node)) is not None}
        found = regex.matching(pattern.value, flags[0].value if flags else "", texts.values())
        return {node for node, text in texts.items() if text in found}

    return _unless(good)


@_test("languageIn")  # 4.4.4: SPARQL's langMatches
def _language_in(evaluation: Evaluation, shape: Term, listed: Term) -> Test:
    ranges = tuple(member.value.lower() + "-" for member in evaluation.shapes.members(listed))
    return lambda node: (
        isinstance(node, Literal)
        and node.language is not None
        and ((node.language.lower() + "-").startswith(ranges) or "*-" in ranges)
    )


@_component("uniqueLang")  # 4.4.5
def _unique_lang(evaluation: Evaluation, shape: Term, wanted: Term) -> Check:
    def check(values: Values) -> Iterator[Found]:
        for focus, own in values.items() if wanted.value == "true" else ():
            texts = [node for node in own if isinstance(node, Literal) and node.language]
            often = Counter((node.language or "").lower() for node in texts)
            for language, times in often.items():
                if times > 1:
                    yield Found(focus, other=Literal(language))

    return check


# --- 4.5 property pairs ----------------------------------------------------


@_component("equals")  # 4.5.1
def _equals(evaluation: Evaluation, shape: Term, other: Term) -> Check:
    def check(values: Values) -> Iterator[Found]:
        theirs = evaluation.data.forward(other)
        for focus, own in values.items():
            if focus in theirs or own:
                compared = dict.fromkeys(theirs.get(focus, ()))
                yield from (Found(focus, value) for value in own if value not in compared)
                yield from (Found(focus, value) for value in compared if value not in own)

    return check


@_component("disjoint")  # 4.5.2
def _disjoint(evaluation: Evaluation, shape: Term, other: Term) -> Check:
    def check(values: Values) -> Iterator[Found]:
        theirs = evaluation.data.forward(other)
        for focus, own in values.items():
            if focus in theirs:
                compared = set(theirs[focus])
                yield from (Found(focus, value) for value in own if value in compared)

    return check


def _order(name: str, *allowed: int) -> None:
    """4.5.3 and 4.5.4: a result for each pair that is not in order, or cannot be compared."""

    def component(evaluation: Evaluation, shape: Term, other: Term) -> Check:
        def check(values: Values) -> Iterator[Found]:
            theirs = evaluation.data.forward(other)
            for focus, own in values.items():
                for compared in theirs.get(focus, ()):
                    for value in own:
                        if compare(value, compared) not in allowed:
                            yield Found(focus, value, compared)

        return check

    COMPONENTS[name] = component


_order("lessThan", -1)
_order("lessThanOrEquals", -1, 0)

# --- 4.6 logic, 4.7 shapes -------------------------------------------------


@_component("not")  # 4.6.1
def _not(evaluation: Evaluation, shape: Term, inner: Term) -> Check:
    return _unless(lambda nodes: nodes - evaluation.conforming(inner, nodes))


def _logic(name: str, enough: Callable[[int, int], bool]) -> None:
    """4.6.2 to 4.6.4.  enough: whether conforming to `n` of `all` shapes will do."""

    def component(evaluation: Evaluation, shape: Term, listed: Term) -> Check:
        members = evaluation.shapes.members(listed)

        def good(nodes: KeysView[Term]) -> Set[Term]:
            times = Counter(node for member in members for node in evaluation.conforming(member, nodes))
            return {node for node in nodes if enough(times[node], len(members))}

        return _unless(good)

    COMPONENTS[name] = component


_logic("and", lambda n, all_: n == all_)
_logic("or", lambda n, all_: n > 0)
_logic("xone", lambda n, all_: n == 1)


@_component("node")  # 4.7.1
def _node(evaluation: Evaluation, shape: Term, inner: Term) -> Check:
    return _unless(lambda nodes: evaluation.conforming(inner, nodes))


@_component("property")  # 4.7.2: the evaluation gives the results of the inner shape instead
def _property(evaluation: Evaluation, shape: Term, inner: Term) -> Check:
    return lambda values: ()


def _qualified(name: str, enough: Callable[[int, int], bool]) -> None:
    """4.7.3.  enough: whether so many values will do for the count that is asked for."""

    def component(evaluation: Evaluation, shape: Term, count: Term) -> Check:
        graph = evaluation.shapes.graph
        (inner,) = graph.objects(shape, sh("qualifiedValueShape")) or (None,)
        disjoint = truth(graph.objects(shape, sh("qualifiedValueShapesDisjoint")))
        siblings = {
            sibling
            for parent in (graph.subjects(sh("property"), shape) if disjoint else ())
            for beside in graph.objects(parent, sh("property"))
            for sibling in graph.objects(beside, sh("qualifiedValueShape"))
            if sibling != inner
        }

        def check(values: Values) -> Iterator[Found]:
            if inner is None:
                return
            nodes = distinct(values)
            counted = evaluation.conforming(inner, nodes)
            for sibling in siblings:
                counted = counted - evaluation.conforming(sibling, nodes)
            for focus, own in values.items():
                if not enough(sum(value in counted for value in own), int(count.value)):
                    yield Found(focus)

        return check

    COMPONENTS[name] = component


_qualified("qualifiedMinCount", lambda n, count: n >= count)
_qualified("qualifiedMaxCount", lambda n, count: n <= count)

# --- 4.8 others ------------------------------------------------------------


@_component("closed")  # 4.8.1
def _closed(evaluation: Evaluation, shape: Term, wanted: Term) -> Check:
    graph, data = evaluation.shapes.graph, evaluation.data
    ignored = [member for value in graph.objects(shape, sh("ignoredProperties"))
               for member in evaluation.shapes.members(value)]  # fmt: skip
    inner = graph.objects(shape, sh("property"))
    paths = [path for one in inner for path in graph.objects(one, sh("path"))]
    allowed = {*ignored, *paths}

    def check(values: Values) -> Iterator[Found]:
        for focus, own in values.items() if truth([wanted]) else ():
            for node in own:
                for predicate in data.predicates(node):
                    if predicate not in allowed:
                        for value in data.objects(node, predicate):
                            yield Found(focus, value, node, Path(iri=predicate.value))

    return check


@_component("hasValue")  # 4.8.2
def _has_value(evaluation: Evaluation, shape: Term, value: Term) -> Check:
    return lambda values: [Found(focus) for focus, own in values.items() if value not in own]


@_component("in")  # 4.8.3
def _in(evaluation: Evaluation, shape: Term, listed: Term) -> Check:
    members = frozenset(evaluation.shapes.members(listed))
    return _unless(lambda nodes: members & nodes)

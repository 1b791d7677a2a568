"""What a validation gives (section 3.6.2 of the specification), and the components of SHACL Core (section 4).

Each component is a function that takes the evaluation, the shape and the value of its parameter, and gives a
check: from the value nodes of each focus node to what is wrong with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence, Set
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.names import SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import regex
from parkgraph.validate.paths import Path, made
from parkgraph.validate.shapes import COMPONENT_IRI, PARAMETERS, sh, truth
from parkgraph.validate.values import compare, well_formed

if TYPE_CHECKING:
    from parkgraph.validate.evaluate import Evaluation


class Found(NamedTuple):
    """What a constraint says of a focus node; the rest of a result is the shape's.

    other: the term that the value was compared with, or another that explains it.  path: where it is not the
    shape's.  messages: of a query's solution.  bindings: of its variables.
    """

    focus: Term
    value: Term | None = None
    other: Term | None = None
    path: Path | None = None
    messages: tuple[Literal, ...] = ()
    bindings: tuple[tuple[str, Term], ...] = ()


Values = Mapping[Term, Sequence[Term]]
"""Focus node → its value nodes (section 3.5)."""

Check = Callable[[Values], Iterable[Found]]


class Constraint(NamedTuple):
    """One constraint of a shape.

    component: its IRI.  rule: the triple that states it.  check: what it finds.  node: of a sh:sparql.
    hands_on: of sh:property, the shape whose results are given instead.
    """

    component: str
    rule: Fact
    check: Check
    node: Term | None = None
    hands_on: Term | None = None


class Result(NamedTuple):
    """One validation result.  severity: an IRI.  path: None for a node shape."""

    found: Found
    constraint: Constraint
    shape: Term
    severity: str
    path: Path | None

    @property
    def focus(self) -> Term:
        """The node that was judged."""
        return self.found.focus

    @property
    def value(self) -> Term | None:
        """The value that is wrong, where it is one."""
        return self.found.value

    @property
    def component(self) -> str:
        """IRI of the constraint component."""
        return self.constraint.component


Test = Callable[[Term], bool]
Component = Callable[["Evaluation", Term, Term], Check]

COMPONENTS: dict[str, Component] = {}
"""Parameter → component, in the order of the specification."""


def constraints(evaluation: Evaluation, shape: Term) -> Iterator[Constraint]:
    """The Core constraints of a shape: one for each value of a parameter (section 3.1)."""
    graph = evaluation.shapes.graph
    for name, component in COMPONENTS.items():
        for value in graph.objects(shape, sh(name)):
            iri = COMPONENT_IRI[_OWN_IRI.get(name, PARAMETERS[name].component)]
            check = component(evaluation, shape, value)
            yield Constraint(
                iri, made(shape, sh(name), value), check, hands_on=value if name == "property" else None
            )


_OWN_IRI = {"qualifiedMaxCount": "QualifiedMaxCount"}


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
    paths = [
        path for inner in graph.objects(shape, sh("property")) for path in graph.objects(inner, sh("path"))
    ]
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

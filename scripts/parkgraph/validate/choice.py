"""Which shapes the fast engine may decide: those for which tests prove that the reference says the same.

The two engines agree on SHACL as long as a constraint compares like with like. They part on what is unusual,
and which of them is right varies: so wherever shapes or data are unusual, the reference decides, and the user
is told.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.graph.documents import Graph
from parkgraph.names import SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate import queries, sparql
from parkgraph.validate.literals import family, judged_alike
from parkgraph.validate.paths import Path
from parkgraph.validate.shapes import Shapes, made, sh

BOUNDS = ("minInclusive", "minExclusive", "maxInclusive", "maxExclusive")


class Doubt(NamedTuple):
    """Why a shape is left to the reference.  fact: the constraint."""

    fact: Fact
    english: str
    chinese: str


def doubts(shapes: Shapes, data: Graph) -> dict[Term, Doubt]:
    """The targeting shapes that the reference must decide, each with the first reason."""
    values = _Values(shapes, data)
    own = {node: doubt for node in shapes.nodes for doubt in _first(_of_shape(node, shapes, values))}
    beyond = beyond_reference(shapes)
    found: dict[Term, Doubt] = {}
    for shape in dict.fromkeys(target.shape for target in shapes.targets):
        reached = [node for node in _reached(shape, shapes) if node in own or node in beyond]
        if reached and not any(node in beyond for node in reached):
            found[shape] = own[reached[0]]
    return found


def _first(found: Iterator[Doubt]) -> Iterator[Doubt]:
    doubt = next(found, None)
    if doubt:
        yield doubt


def _reached(shape: Term, shapes: Shapes) -> Iterator[Term]:
    seen = {shape}
    open_ = [shape]
    while open_:
        node = open_.pop()
        yield node
        for inner in shapes.used_by(node):
            if inner not in seen:
                seen.add(inner)
                open_.append(inner)


def beyond_reference(shapes: Shapes) -> dict[Term, Doubt]:
    """The shapes with a constraint that the reference cannot read."""
    return {node: doubt for node in shapes.nodes for doubt in _first(_unreadable(node, shapes))}


def _unreadable(node: Term, shapes: Shapes) -> Iterator[Doubt]:
    graph = shapes.graph
    for pattern in graph.objects(node, sh("pattern")):
        if not sparql.fits_reference(pattern.value) or set(_flags(node, shapes)) - set("ims"):
            said = "the reference cannot read this regular expression", "参照引擎无法读取此正则表达式"
            yield Doubt(made(node, sh("pattern"), pattern), *said)
    for constraint in graph.objects(node, sh("sparql")):
        for select in graph.objects(constraint, sh("select")):
            if re.search(r"[$?](shapesGraph|currentShape)\b", select.value):
                said = "the reference does not know $shapesGraph", "参照引擎不支持 $shapesGraph"
                yield Doubt(made(constraint, sh("select"), select), *said)


# --- one shape -------------------------------------------------------------


def _of_shape(node: Term, shapes: Shapes, values: _Values) -> Iterator[Doubt]:
    graph = shapes.graph
    for closed in graph.objects(node, sh("closed")):
        if graph.objects(node, sh("path")):
            said = "sh:closed on a property shape", "属性形状上的 sh:closed"
            yield Doubt(made(node, sh("closed"), closed), *said)
    for name in BOUNDS:
        for bound in graph.objects(node, sh(name)):
            yield from _bound(made(node, sh(name), bound), values.of(node))
    for name in ("lessThan", "lessThanOrEquals"):
        for other in graph.objects(node, sh(name)):
            yield from _order(made(node, sh(name), other), values.of(node) | values.objects(other))
    for datatype in graph.objects(node, sh("datatype")):
        yield from _datatype(made(node, sh("datatype"), datatype), values.of(node))
    for pattern in graph.objects(node, sh("pattern")):
        yield from _pattern(made(node, sh("pattern"), pattern), _flags(node, shapes), values.of(node))
    for constraint in graph.objects(node, sh("sparql")):
        yield from _query(constraint, values.of(node), shapes, values.data)
    for component in shapes.components:
        if all(graph.objects(node, path) for path, optional in component.parameters.items() if not optional):
            for kind in ("validator", "nodeValidator", "propertyValidator"):
                for validator in graph.objects(component.node, sh(kind)):
                    yield from _query(validator, values.of(node), shapes, values.data)


def _bound(fact: Fact, values: set[Term]) -> Iterator[Doubt]:
    assert isinstance(fact.object, Literal)
    wanted = family(fact.object)
    odd = [value for value in values if isinstance(value, Literal) and family(value) != wanted]
    if wanted is None or odd:
        yield _unlike(fact, odd)


def _order(fact: Fact, values: set[Term]) -> Iterator[Doubt]:
    families = {family(value) if isinstance(value, Literal) else None for value in values}
    if None in families or len(families) > 1:
        yield _unlike(fact, [v for v in values if not isinstance(v, Literal) or family(v) is None])


def _unlike(fact: Fact, odd: Iterable[Term]) -> Doubt:
    name = fact.predicate.value.removeprefix(SH)
    first = min(map(_short, odd), default=None)
    if first is None:
        return Doubt(fact, f"sh:{name} compares unlike values", f"sh:{name} 比较的值类型不一")
    return Doubt(fact, f"sh:{name} meets {first}", f"sh:{name} 遇到 {first}")


def _datatype(fact: Fact, values: set[Term]) -> Iterator[Doubt]:
    odd = [v for v in values if isinstance(v, Literal) and v.datatype == fact.object and not judged_alike(v)]
    if odd:
        yield _unlike(fact, odd)


_SHARED_ESCAPES = set("dDwWsSbBntrfv") | set(r".^$*+?{}[]\|()-/")


def _pattern(fact: Fact, flags: str, values: set[Term]) -> Iterator[Doubt]:
    assert isinstance(fact.object, Literal)
    pattern = fact.object.value
    if not sparql.fits_reference(pattern) or set(flags) - set("ims"):
        return  # the reference cannot decide
    escapes = set(re.findall(r"\\(.)", pattern))
    by_character = bool(escapes & set("wWbBs")) or "i" in flags or "$" in pattern
    if (
        not sparql.fits_fast(pattern, flags)
        or escapes - _SHARED_ESCAPES
        or re.search(r"\[[^\]\\]*(?:\[|&&|--|~~)|\{,|\(\?", pattern)
        or (by_character and any(_unusual(v.value) for v in values if not isinstance(v, BlankNode)))
    ):
        yield Doubt(fact, "engines read this regular expression differently", "各引擎对此正则表达式理解不同")


def _unusual(text: str) -> bool:
    """Characters on which regular expression engines differ: marks, joiners, controls, a final line end."""
    if text.isascii():
        return text.endswith("\n") or re.search(r"[\x1c-\x1f]", text) is not None
    return text.endswith("\n") or any(
        unicodedata.category(character) in ("Mn", "Mc", "Me", "Cf", "Lu", "Ll", "Lt", "Nl", "No", "Pc")
        for character in text
        if not character.isascii()
    )


def _query(constraint: Term, met: set[Term], shapes: Shapes, data: Graph) -> Iterator[Doubt]:
    graph = shapes.graph
    prefixes = sparql.declared(graph, graph.objects(constraint, sh("prefixes")))
    for name in ("select", "ask"):
        for text in graph.objects(constraint, sh(name)):
            if said := queries.doubt(text.value, prefixes, met, data):
                yield Doubt(made(constraint, sh(name), text), *said)


def _flags(node: Term, shapes: Shapes) -> str:
    values = shapes.graph.objects(node, sh("flags"))
    return values[0].value if values else ""


class _Values:
    """The terms that may come before a shape, by the properties that lead to it: never too few."""

    def __init__(self, shapes: Shapes, data: Graph) -> None:
        self.shapes, self.data = shapes, data
        self._users: dict[Term, list[Term]] = {}
        for node in shapes.nodes:
            for inner in shapes.used_by(node):
                self._users.setdefault(inner, []).append(node)
        self._focus: dict[Term, set[Term]] = {}

    def of(self, node: Term) -> set[Term]:
        """The value nodes of a shape."""
        path = self.shapes.path(node)
        return self.focus(node) if path is None else self._along(path, node)

    def focus(self, node: Term) -> set[Term]:
        """The focus nodes of a shape. Nodes that a class or a property of theirs makes targets are left out:
        they are no literals."""
        if node not in self._focus:
            found: set[Term] = set()
            for target in self.shapes.targets:
                if target.shape == node and target.kind == "targetObjectsOf":
                    found |= self.objects(target.node)
                elif target.shape == node and target.kind == "targetNode":
                    found.add(target.node)
            for user in self._users.get(node, ()):
                found |= self.of(user)
            self._focus[node] = found
        return self._focus[node]

    def objects(self, predicate: Term) -> set[Term]:
        """The values of a property."""
        used = self.data.used.get(predicate) if isinstance(predicate, NamedNode) else None
        return used[1] if used else set()

    def _along(self, path: Path, node: Term) -> set[Term]:
        if path.iri is not None:
            return self.objects(NamedNode(path.iri))
        if path.operator == "/":
            return self._along(path.parts[-1], node)
        if path.operator == "^":
            return set()  # subjects are no literals
        found = set().union(*(self._along(part, node) for part in path.parts))
        return found | self.focus(node) if path.operator in ("*", "?") else found


def _short(term: Term) -> str:
    said = str(term)
    return said if len(said) <= 60 else said[:59] + "…"

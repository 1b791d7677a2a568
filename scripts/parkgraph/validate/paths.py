"""SHACL property paths: read from a shapes graph, written as SPARQL, walked over data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.graph.documents import Graph
from parkgraph.messages import Either, Message, _
from parkgraph.names import RDF, SH
from parkgraph.read.turtle import Fact, Term

Operator = OneOf["/", "|", "^", "*", "+", "?"]
NIL = NamedNode(RDF + "nil")
FIRST, REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
UNARY: dict[str, Operator] = {
    "inversePath": "^",
    "zeroOrMorePath": "*",
    "oneOrMorePath": "+",
    "zeroOrOnePath": "?",
}


@dataclass(frozen=True, slots=True)
class Path:
    """A predicate (`iri`) or an operator over parts. `str()` is the SPARQL property path, written one way."""

    iri: str | None = None
    operator: Operator | None = None
    parts: tuple[Path, ...] = ()

    def __str__(self) -> str:
        if self.iri is not None:
            return f"<{self.iri}>"
        parts = [str(part) if part.iri is not None else f"({part})" for part in self.parts]
        if self.operator in ("/", "|"):
            return self.operator.join(parts)
        return f"^{parts[0]}" if self.operator == "^" else f"{parts[0]}{self.operator}"


class BadPath(ValueError):
    """A node is no SHACL path or list.  node: the node at fault.  said: why."""

    def __init__(self, node: Term, said: Message) -> None:
        super().__init__(said)
        self.node, self.said = node, said


Objects = Callable[[Term, NamedNode], Sequence[Term]]


def read_path(node: Term, objects: Objects, predicates: Callable[[Term], Iterable[NamedNode]]) -> Path:
    """The path a node of a shapes graph stands for.

    objects: the values of a property of a node.  predicates: the properties a node has.
    Raises BadPath.
    """
    return _read(node, objects, predicates, ())


def _read(
    node: Term, objects: Objects, predicates: Callable[[Term], Iterable[NamedNode]], above: tuple[Term, ...]
) -> Path:
    if isinstance(node, NamedNode):
        if node == NIL:
            raise BadPath(node, _("an empty list is no path"))
        return Path(iri=node.value)
    if not isinstance(node, BlankNode):
        raise BadPath(node, _("a path is an IRI or a bracket, not a text"))
    if node in above:
        raise BadPath(node, _("the path contains itself"))
    above = (*above, node)
    own = set(predicates(node))
    if FIRST in own or REST in own:
        parts = [_read(member, objects, predicates, above) for member in read_list(node, objects)]
        return _several("/", parts, node)
    alternatives = objects(node, NamedNode(SH + "alternativePath"))
    if alternatives and len(own) == 1:
        if len(alternatives) > 1:
            raise BadPath(node, _("two values of sh:{name}", name="alternativePath"))
        members = read_list(alternatives[0], objects)
        return _several("|", [_read(member, objects, predicates, above) for member in members], node)
    for name, operator in UNARY.items():
        inner = objects(node, NamedNode(SH + name))
        if inner and len(own) == 1:
            if len(inner) > 1:
                raise BadPath(node, _("two values of sh:{name}", name=name))
            return Path(operator=operator, parts=(_read(inner[0], objects, predicates, above),))
    terms = Either(f"sh:{name}" for name in ("alternativePath", *UNARY))
    raise BadPath(node, _("no path: it needs exactly one of {terms}, or must be a list", terms=terms))


def _several(operator: Operator, parts: list[Path], node: Term) -> Path:
    if len(parts) < 2:
        raise BadPath(node, _("a list in a path needs at least two members"))
    return Path(operator=operator, parts=tuple(parts))


def read_list(node: Term, objects: Objects) -> list[Term]:
    """The members of an RDF list.  Raises BadPath when it is none: open, forked or a circle."""
    members: list[Term] = []
    seen = set()
    while node != NIL:
        first, rest = objects(node, FIRST), objects(node, REST)
        if len(first) != 1 or len(rest) != 1:
            said = _("a broken list") if first or rest else _("not a list: write it as ( … )")
            raise BadPath(node, said)
        if node in seen:
            raise BadPath(node, _("a list that runs in a circle"))
        seen.add(node)
        members.append(first[0])
        node = rest[0]
    return members


Follow = Callable[[Term], Sequence[Term]]
"""From a node to the nodes that a path leads to, each once."""


def follow(path: Path, data: Graph) -> Follow:
    """How to walk `path` over `data` (section 2.3.1.3: as SPARQL's property paths do)."""
    if path.iri is not None:
        index = data.forward(NamedNode(path.iri))
        return lambda node: index.get(node, ())
    parts = path.parts
    if path.operator == "^":
        if parts[0].iri is not None:
            back = data.backward(NamedNode(parts[0].iri))
            return lambda node: back.get(node, ())
        return follow(_inverse(parts[0]), data)
    steps = [follow(part, data) for part in parts]
    if path.operator == "/":
        return lambda node: _along(steps, node)
    if path.operator == "|":
        return lambda node: list(dict.fromkeys(end for step in steps for end in step(node)))
    if path.operator == "?":
        return lambda node: list(dict.fromkeys((node, *steps[0](node))))
    return lambda node: _closure(steps[0], node, itself=path.operator == "*")


def _along(steps: Sequence[Follow], node: Term) -> Sequence[Term]:
    ends: Sequence[Term] = (node,)
    for step in steps:
        ends = (
            step(ends[0]) if len(ends) == 1 else list(dict.fromkeys(to for end in ends for to in step(end)))
        )
    return ends


def _closure(step: Follow, node: Term, *, itself: bool) -> Sequence[Term]:
    ends = [node] if itself else list(step(node))
    seen = set(ends)
    for end in ends:  # it grows while it is walked
        for to in step(end):
            if to not in seen:
                seen.add(to)
                ends.append(to)
    return ends


def _inverse(path: Path) -> Path:
    """A longer path walked the other way."""
    if path.operator == "^":
        return path.parts[0]
    parts = reversed(path.parts) if path.operator == "/" else path.parts
    return Path(operator=path.operator, parts=tuple(turn(part) for part in parts))


def turn(path: Path) -> Path:
    """The path walked the other way."""
    return path.parts[0] if path.operator == "^" else Path(operator="^", parts=(path,))


def last_steps(path: Path, start: Term, end: Term, data: Graph) -> Iterator[Fact]:
    """The triples by which a walk along `path` from `start` arrives at `end`."""
    if path.iri is not None:
        if end in data.objects(start, NamedNode(path.iri)):
            yield made(start, NamedNode(path.iri), end)
        return
    first = path.parts[0]
    if path.operator == "^" and first.iri is not None:
        if end in data.subjects(NamedNode(first.iri), start):
            yield made(end, NamedNode(first.iri), start)
    elif path.operator == "^":
        yield from last_steps(_inverse(first), start, end, data)
    elif path.operator in ("|", "?"):
        for part in path.parts:
            yield from last_steps(part, start, end, data)
    elif path.operator == "/":
        *before, last = path.parts
        for middle in _along([follow(part, data) for part in before], start):
            yield from last_steps(last, middle, end, data)
        if end in follow(last, data)(end) and before:  # the last part may be no step at all
            rest = before[0] if len(before) == 1 else Path(operator="/", parts=tuple(before))
            yield from last_steps(rest, start, end, data)
    else:
        for middle in _closure(follow(first, data), start, itself=True):
            yield from last_steps(first, middle, end, data)


def made(subject: Term, predicate: NamedNode, object_: Term) -> Fact:
    """A triple from terms of which the first is known to be no literal."""
    assert not isinstance(subject, Literal)
    return Fact(subject, predicate, object_)

"""SHACL property paths: read from a shapes graph, written as SPARQL, walked over data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal as OneOf
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode

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
    """A node is no SHACL path. node: the node at fault; english, chinese: why."""

    def __init__(self, node: Term, english: str, chinese: str) -> None:
        super().__init__(english)
        self.node, self.english, self.chinese = node, english, chinese


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
            raise BadPath(node, "an empty list is no path", "空列表不是路径")
        return Path(iri=node.value)
    if not isinstance(node, BlankNode):
        raise BadPath(node, "a path is an IRI or a bracket, not a text", "路径须为 IRI 或方括号，不能是文字")
    if node in above:
        raise BadPath(node, "the path contains itself", "路径包含其自身")
    above = (*above, node)
    own = set(predicates(node))
    if FIRST in own or REST in own:
        parts = [_read(member, objects, predicates, above) for member in read_list(node, objects)]
        return _several("/", parts, node)
    alternatives = objects(node, NamedNode(SH + "alternativePath"))
    if alternatives and len(own) == 1:
        if len(alternatives) > 1:
            raise BadPath(node, "two values of sh:alternativePath", "sh:alternativePath 有两个值")
        members = read_list(alternatives[0], objects)
        return _several("|", [_read(member, objects, predicates, above) for member in members], node)
    for name, operator in UNARY.items():
        inner = objects(node, NamedNode(SH + name))
        if inner and len(own) == 1:
            if len(inner) > 1:
                raise BadPath(node, f"two values of sh:{name}", f"sh:{name} 有两个值")
            return Path(operator=operator, parts=(_read(inner[0], objects, predicates, above),))
    raise BadPath(
        node,
        "this is no path: it needs exactly one of sh:inversePath, sh:alternativePath, sh:zeroOrMorePath, "
        "sh:oneOrMorePath, sh:zeroOrOnePath, or must be a list",
        "这不是路径：须恰有 sh:inversePath、sh:alternativePath、sh:zeroOrMorePath、sh:oneOrMorePath、"
        "sh:zeroOrOnePath 之一，或为列表",
    )


def _several(operator: Operator, parts: list[Path], node: Term) -> Path:
    if len(parts) < 2:
        raise BadPath(node, "a list in a path needs at least two members", "路径中的列表至少要有两项")
    return Path(operator=operator, parts=tuple(parts))


def read_list(node: Term, objects: Objects) -> list[Term]:
    """The members of an RDF list.  Raises BadPath when it is none: open, forked or a circle."""
    members: list[Term] = []
    seen = set()
    while node != NIL:
        first, rest = objects(node, FIRST), objects(node, REST)
        if len(first) != 1 or len(rest) != 1:
            raise BadPath(
                node,
                "not a list: write it as ( … )" if not first and not rest else "a broken list",
                "不是列表：请写作 ( … )" if not first and not rest else "列表残缺",
            )
        if node in seen:
            raise BadPath(node, "a list that runs in a circle", "列表首尾相接成环")
        seen.add(node)
        members.append(first[0])
        node = rest[0]
    return members


class Data(Protocol):
    """What walking needs of the data."""

    def objects(self, subject: Term, predicate: NamedNode) -> Sequence[Term]: ...

    def subjects(self, predicate: NamedNode, object_: Term) -> Sequence[Term]: ...


def last_steps(path: Path, start: Term, end: Term, data: Data) -> Iterator[Fact]:
    """The triples by which a walk along `path` from `start` arrives at `end`, shortest walk first."""
    for fact, arrived in _walk(path, [(None, start)], data):
        if arrived == end and fact is not None:
            yield fact


_Step = tuple[Fact | None, Term]


def _walk(path: Path, starts: Iterable[_Step], data: Data) -> Iterator[_Step]:
    """Where a walk may arrive, each node once, with the triple that led there (None: no step was made)."""
    arrived: set[Term] = set()
    for step in _steps(path, starts, data):
        if step[1] not in arrived:
            arrived.add(step[1])
            yield step


def _steps(path: Path, starts: Iterable[_Step], data: Data) -> Iterator[_Step]:
    if path.iri is not None:
        predicate = NamedNode(path.iri)
        for _, node in starts:
            if not isinstance(node, Literal):
                for value in data.objects(node, predicate):
                    yield Fact(node, predicate, value), value
    elif path.operator == "/":
        steps = iter(starts)
        for part in path.parts:
            steps = _walk(part, steps, data)
        yield from steps
    elif path.operator == "|":
        steps_list = list(starts)
        for part in path.parts:
            yield from _walk(part, steps_list, data)
    elif path.operator == "^":
        yield from _inverse(path.parts[0], starts, data)
    elif path.operator == "?":
        steps_list = list(starts)
        yield from steps_list
        yield from _walk(path.parts[0], steps_list, data)
    else:
        yield from _repeated(path, list(starts), data)


def _repeated(path: Path, starts: list[_Step], data: Data) -> Iterator[_Step]:
    seen: set[Term] = set()
    if path.operator == "*":
        seen.update(node for _, node in starts)
        yield from starts
    edge = starts
    while edge:
        reached = [step for step in _walk(path.parts[0], edge, data) if step[1] not in seen]
        seen.update(node for _, node in reached)
        yield from reached
        edge = reached


def _inverse(path: Path, starts: Iterable[_Step], data: Data) -> Iterator[_Step]:
    if path.iri is not None:
        predicate = NamedNode(path.iri)
        for _, node in starts:
            for subject in data.subjects(predicate, node):
                if not isinstance(subject, Literal):
                    yield Fact(subject, predicate, node), subject
    elif path.operator == "^":
        yield from _walk(path.parts[0], starts, data)
    elif path.operator == "/":
        turned = Path(operator="/", parts=tuple(turn(part) for part in reversed(path.parts)))
        yield from _walk(turned, starts, data)
    else:
        yield from _walk(
            Path(operator=path.operator, parts=tuple(turn(part) for part in path.parts)), starts, data
        )


def turn(path: Path) -> Path:
    """The path walked the other way."""
    return path.parts[0] if path.operator == "^" else Path(operator="^", parts=(path,))


def reach(path: Path, start: Term, data: Data) -> Iterator[Term]:
    """The nodes at which a walk along `path` from `start` may arrive, each once."""
    for _, node in _walk(path, [(None, start)], data):
        yield node

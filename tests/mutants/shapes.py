"""Mutants of the shapes: each a small wrong change, as (name, triples to take away, triples to add)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from engines import SH
from parkgraph.names import RDF, XSD, shorten
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from sparql import mutations
from vocabulary import Vocabulary

FIRST, REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
COUNTS = (
    "minCount", "maxCount", "minLength", "maxLength", "minInclusive", "maxInclusive", "qualifiedMinCount",
)  # fmt: skip
DROPPED = (
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "minInclusive",
    "maxInclusive", "minExclusive", "pattern", "languageIn", "uniqueLang", "equals", "lessThan",
    "lessThanOrEquals", "not", "or", "in", "hasValue", "node", "property", "sparql", "closed",
)  # fmt: skip
SIBLING = {
    "integer": "decimal", "decimal": "integer", "date": "dateTime", "dateTime": "date", "boolean": "string",
    "string": "anyURI", "hexBinary": "string", "gYear": "integer", "anyURI": "string",
}  # fmt: skip
TURNED = {
    "not": ("flipped", "node"), "lessThan": ("or equal", "lessThanOrEquals"),
    "lessThanOrEquals": ("and not equal", "lessThan"),
}  # fmt: skip


class Mutant(NamedTuple):
    """One wrong change.  shape: where.  less, more: triples."""

    name: str
    shape: NamedNode
    less: tuple[Quad, ...]
    more: tuple[Quad, ...]


def mutants(graph: Store, known: Vocabulary) -> Iterator[Mutant]:
    """Every mutant of a shapes graph, in a stable order."""
    classes = sorted({q.object for q in graph if q.predicate in (_sh("class"), _sh("targetClass"))}, key=str)
    paths = sorted({q.object for q in graph if q.predicate == _sh("path") and _is_iri(q.object)}, key=str)
    for quad in sorted(graph, key=str):
        if not isinstance(quad.subject, NamedNode) or not quad.predicate.value.startswith(SH):
            continue
        name, value = quad.predicate.value.removeprefix(SH), quad.object
        short = shorten(quad.subject.value, dict(known.prefixes))
        said = shorten(value.value, dict(known.prefixes)) if _is_iri(value) else getattr(value, "value", "")
        label = " ".join(
            (f"{short} {name}" + ("" if isinstance(value, BlankNode) else f" {said[:60]}")).split()
        )

        def without(what: str, quad: Quad = quad, label: str = label) -> Mutant:
            return Mutant(f"{label}: {what}", quad.subject, (quad,), ())

        def to(what: str, new: Any, predicate: str = name, quad: Quad = quad, label: str = label) -> Mutant:
            return Mutant(
                f"{label}: {what}", quad.subject, (quad,), (Quad(quad.subject, _sh(predicate), new),)
            )

        def also(what: str, predicate: str, new: Any, quad: Quad = quad, short: str = short) -> Mutant:
            return Mutant(f"{short}: {what}", quad.subject, (), (Quad(quad.subject, _sh(predicate), new),))

        if name in DROPPED:
            yield without("dropped")
        if name in TARGETS:
            yield without("target dropped")
        if name in COUNTS:
            for step in (-1, 1):
                if int(value.value) + step >= 0:
                    yield to(f"{step:+}", Literal(str(int(value.value) + step), datatype=value.datatype))
        if name in ("class", "targetClass"):
            yield to("sibling class", _next(classes, value))
        if name == "path" and _is_iri(value):
            yield to("other path", _next(paths, value))
        if name == "datatype":
            yield to("sibling datatype", NamedNode(XSD + SIBLING[value.value.removeprefix(XSD)]))
        if name == "pattern":
            yield to("no ^", Literal(value.value.lstrip("^")))
            yield to("no $", Literal(value.value.rstrip("$")))
        if name in ("in", "languageIn", "or"):
            yield from _shorter(graph, quad, label)
        if name in TURNED:
            what, other = TURNED[name]
            yield to(what, value, other)
        if name in TARGETS or (name == "path" and _reports(graph, quad.subject)):
            yield also("deactivated", "deactivated", Literal(True))
            milder = Quad(quad.subject, _sh("severity"), _sh("Warning"))
            if _finds_itself(graph, quad.subject) and milder not in graph:
                yield also("milder", "severity", _sh("Warning"))
        if name == "select":
            for what, text in mutations(value.value, known):
                yield to(what, Literal(text), label=short)


def _shorter(graph: Store, quad: Quad, label: str) -> Iterator[Mutant]:
    """The list without each of its members in turn."""
    link, cell = quad, quad.object
    while isinstance(cell, BlankNode):
        (member,) = (q.object for q in graph.quads_for_pattern(cell, FIRST, None))
        (rest,) = graph.quads_for_pattern(cell, REST, None)
        what = member.value.rpartition("#")[2] if _is_iri(member) else member.value
        instead = Quad(link.subject, link.predicate, rest.object)
        yield Mutant(f"{label}: without {what}", quad.subject, (link,), (instead,))
        link, cell = rest, rest.object


def _finds_itself(graph: Store, shape: NamedNode) -> bool:
    """Whether a shape has a constraint beside its property shapes: only then does its severity matter."""
    names = {q.predicate.value.removeprefix(SH) for q in graph.quads_for_pattern(shape, None, None)}
    return bool(names & set(DROPPED) - {"property"})


def _reports(graph: Store, shape: NamedNode) -> bool:
    """Whether the findings of a property shape are seen: a shape with targets uses it."""
    users = {q.subject for q in graph.quads_for_pattern(None, _sh("property"), shape)}
    return any(list(graph.quads_for_pattern(user, _sh(name), None)) for user in users for name in TARGETS)


def around(graph: Store, shape: NamedNode) -> set[NamedNode]:
    """The shape, those that it uses itself, and all that use it, however far: where a change of it shows."""
    names = ("property", "node", "not", "sparql", "or", "and", "xone", "qualifiedValueShape")
    links = {_sh(name) for name in names}
    users: dict[object, set[object]] = {}
    for quad in graph:
        if quad.predicate in (*links, FIRST, REST):
            users.setdefault(quad.object, set()).add(quad.subject)
    found, edge = {shape}, [shape]
    while edge:
        for user in users.get(edge.pop(), ()):
            if user not in found:
                found.add(user)
                edge.append(user)
    own = {q.object for q in graph.quads_for_pattern(shape, None, None) if q.predicate in links}
    return {node for node in found | own if isinstance(node, NamedNode)}


def _next(terms: list[NamedNode], term: NamedNode) -> NamedNode:
    return terms[(terms.index(term) + 1) % len(terms)]


def _is_iri(term: object) -> bool:
    return isinstance(term, NamedNode)


def _sh(name: str) -> NamedNode:
    return NamedNode(SH + name)

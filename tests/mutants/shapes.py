"""Mutants of the shapes: each a small wrong change, as (name, triples to take away, triples to add)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from engines import SH
from parkgraph.names import RDF, XSD, shorten
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store
from sparql import mutations
from vocabulary import Vocabulary

TYPE = NamedNode(RDF + "type")
FIRST, REST = NamedNode(RDF + "first"), NamedNode(RDF + "rest")
TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
COUNTS = (
    "minCount",
    "maxCount",
    "minLength",
    "maxLength",
    "minInclusive",
    "maxInclusive",
    "qualifiedMinCount",
)
DROPPED = (
    "class", "datatype", "nodeKind", "minCount", "maxCount", "minLength", "maxLength", "minInclusive",
    "maxInclusive", "minExclusive", "pattern", "languageIn", "uniqueLang", "equals", "lessThan",
    "lessThanOrEquals", "not", "or", "in", "hasValue", "node", "property", "sparql", "closed",
)  # fmt: skip
SIBLING = {
    "integer": "decimal", "decimal": "integer", "date": "dateTime", "dateTime": "date", "boolean": "string",
    "string": "anyURI", "hexBinary": "string", "gYear": "integer", "anyURI": "string",
}  # fmt: skip


class Mutant(NamedTuple):
    """One wrong change.  shape: where.  less, more: triples."""

    name: str
    shape: NamedNode
    less: tuple[Quad, ...]
    more: tuple[Quad, ...]


def mutants(graph: Store, known: Vocabulary) -> Iterator[Mutant]:
    """Every mutant of a shapes graph, in a stable order."""
    prefixes = dict(known.prefixes)
    classes = sorted({q.object for q in graph if q.predicate in (_sh("class"), _sh("targetClass"))}, key=str)
    paths = sorted({q.object for q in graph if q.predicate == _sh("path") and _is_iri(q.object)}, key=str)
    for quad in sorted(graph, key=str):
        if not isinstance(quad.subject, NamedNode) or not quad.predicate.value.startswith(SH):
            continue
        name = quad.predicate.value.removeprefix(SH)
        short = shorten(quad.subject.value, prefixes)
        value = (
            shorten(quad.object.value, prefixes)
            if _is_iri(quad.object)
            else str(getattr(quad.object, "value", ""))
        )
        label = (
            f"{short} {name} {value[:60].strip()}"
            if not isinstance(quad.object, BlankNode)
            else f"{short} {name}"
        )
        label = " ".join(label.split())

        def mutant(what: str, *more: Quad, quad: Quad = quad, label: str = label) -> Mutant:
            return Mutant(f"{label}: {what}", quad.subject, (quad,), more)

        def with_object(new: NamedNode | Literal, quad: Quad = quad) -> Quad:
            return Quad(quad.subject, quad.predicate, new)

        if name in DROPPED:
            yield mutant("dropped")
        if name in TARGETS:
            yield mutant("target dropped")
        if name in COUNTS:
            number = int(quad.object.value)
            for step in (-1, 1):
                if number + step >= 0:
                    yield mutant(
                        f"{step:+}", with_object(Literal(str(number + step), datatype=quad.object.datatype))
                    )
        if name in ("class", "targetClass"):
            yield mutant("sibling class", with_object(_next(classes, quad.object)))
        if name == "path" and _is_iri(quad.object):
            yield mutant("other path", with_object(_next(paths, quad.object)))
        if name == "datatype":
            local = quad.object.value.removeprefix(XSD)
            yield mutant("sibling datatype", with_object(NamedNode(XSD + SIBLING[local])))
        if name == "pattern":
            for what, pattern in (
                ("no ^", quad.object.value.lstrip("^")),
                ("no $", quad.object.value.rstrip("$")),
            ):
                yield mutant(what, with_object(Literal(pattern)))
        if name in ("in", "languageIn", "or"):
            yield from _shorter(graph, quad, label)
        if name == "not":
            yield mutant("flipped", Quad(quad.subject, _sh("node"), quad.object))
        if name == "lessThan":
            yield mutant("or equal", Quad(quad.subject, _sh("lessThanOrEquals"), quad.object))
        if name == "lessThanOrEquals":
            yield mutant("and not equal", Quad(quad.subject, _sh("lessThan"), quad.object))
        if name in TARGETS or (name == "path" and _reports(graph, quad.subject)):
            kept = Quad(
                quad.subject, _sh("deactivated"), Literal("true", datatype=NamedNode(XSD + "boolean"))
            )
            yield Mutant(f"{short}: deactivated", quad.subject, (), (kept,))
            if _finds_itself(graph, quad.subject):
                milder = Quad(quad.subject, _sh("severity"), _sh("Warning"))
                if milder not in graph:
                    yield Mutant(f"{short}: milder", quad.subject, (), (milder,))
        if name == "select":
            yield from _queries(quad, short, known)


def _shorter(graph: Store, quad: Quad, label: str) -> Iterator[Mutant]:
    """The list without each of its members in turn."""
    link, cell = quad, quad.object
    while isinstance(cell, BlankNode):
        member = next(q.object for q in graph.quads_for_pattern(cell, FIRST, None))
        rest = next(q for q in graph.quads_for_pattern(cell, REST, None))
        what = member.value.rpartition("#")[2] if _is_iri(member) else member.value
        yield Mutant(
            f"{label}: without {what}",
            quad.subject,
            (link,),
            (Quad(link.subject, link.predicate, rest.object),),
        )
        link, cell = rest, rest.object


def _queries(quad: Quad, short: str, known: Vocabulary) -> Iterator[Mutant]:
    """The mutants of the query of a constraint."""
    for what, text in mutations(quad.object.value, known):
        yield Mutant(
            f"{short}: {what}", quad.subject, (quad,), (Quad(quad.subject, quad.predicate, Literal(text)),)
        )


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
    links = {
        _sh(name)
        for name in ("property", "node", "not", "sparql", "or", "and", "xone", "qualifiedValueShape")
    }
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

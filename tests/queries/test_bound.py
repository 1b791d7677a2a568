"""No OPTIONAL of a question joins on what may be unbound: it would take every value there is."""

from __future__ import annotations

from typing import Any

import asking
import pytest
from parkgraph.ask.question import Question
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Variable

Bound = tuple[set[Any], set[Any]]
"""Variables that are always bound, and those that may be."""


def never_unbound(expression: Any, always: set[Any]) -> bool:
    """Whether an expression has a value for every row."""
    if isinstance(expression, Variable):
        return expression in always
    if not isinstance(expression, CompValue):
        return True
    if expression.name == "Builtin_COALESCE":
        return any(never_unbound(one, always) for one in expression.arg)
    if expression.name in ("Builtin_BOUND", "Builtin_EXISTS", "Builtin_NOTEXISTS"):
        return True
    parts = [part for key, part in expression.items() if key not in ("op", "_vars")]
    flat = [one for part in parts for one in (part if isinstance(part, list) else [part])]
    return all(never_unbound(one, always) for one in flat)


def walk(node: CompValue, found: list[set[Any]]) -> Bound:
    """What a pattern binds; `found` gets what an OPTIONAL in it shares with what may be unbound before."""
    if node.name == "BGP":
        used = {term for triple in node.triples for term in triple if isinstance(term, Variable)}
        return used, used
    if node.name in ("Join", "LeftJoin", "Union", "Minus"):
        (always, maybe), (also, other) = walk(node.p1, found), walk(node.p2, found)
        if node.name == "LeftJoin" and (maybe - always) & other:
            found.append((maybe - always) & other)
        return {
            "Join": (always | also, maybe | other),
            "LeftJoin": (always, maybe | other),
            "Union": (always & also, maybe | other),
            "Minus": (always, maybe),
        }[node.name]
    if node.name == "values":
        rows = node.res
        used = {name for row in rows for name in row}
        return {name for name in used if all(str(row.get(name, "UNDEF")) != "UNDEF" for row in rows)}, used
    always, maybe = walk(node.p, found)
    if node.name == "Extend":
        new = {node.var} if never_unbound(node.expr, always) else set()
        return always | new, maybe | {node.var}
    if node.name == "AggregateJoin":
        counted = {one.res for one in node.A}
        return always | counted, maybe | counted
    if node.name == "Project":
        return always & set(node.PV), maybe & set(node.PV)
    return always, maybe


@pytest.mark.parametrize("question", asking.questions(), ids=lambda question: question.id)
def test_no_optional_takes_every_value(question: Question) -> None:
    found: list[set[Any]] = []
    walk(asking.prepared(asking.sparql(question, "zh")).algebra, found)
    assert found == []

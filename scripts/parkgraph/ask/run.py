"""A bound question on the graph → an Answer, the same on every engine, in the order a reader expects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryTriples, Store

from parkgraph.ask.labels import label_of
from parkgraph.ask.parameters import Bound
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.resolve import Resolver
from parkgraph.ask.rows import Answer, Found, Kind
from parkgraph.errors import Unreadable, Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.sparql import is_keyword, query_errors, tokens
from parkgraph.messages import Text, _
from parkgraph.names import CODE, PARK
from parkgraph.show.cells import Term, passages

Engine = OneOf["fast", "reference"]

_A_BASIS = Parameter("basis", "concept", _("basis"), CODE + "basis")

_OPEN = NamedNode(PARK + "openQuestion")

ENGINES: tuple[Engine, ...] = ("fast", "reference")


def run(question: Question, bound: Bound, store: Store, *, lang: str, engine: Engine = "fast") -> Answer:
    """The answer, in the order of the query and of labels, evidence sorted by its place in the source.

    store: the assembled graph with its named graphs.  engine: fast (Oxigraph) or reference (rdflib).
    Raises Unreadable when the query is not SPARQL.
    """
    if engine == "reference":
        from parkgraph.ask.reference import query

        found = query(store, QUESTION_GRAPHS, bound.text)
    else:
        try:
            found = on_oxigraph(store, bound.text)
        except Unreadable as error:
            error.file = question.name
            raise
    kind, columns, rows = named(found)
    if kind == "rows":
        rows = ordered(bound.text, columns, rows, lang)
    return Answer(
        kind=kind,
        columns=columns,
        terms=tuple(_in_order(columns, row) for row in rows),
        lang=lang,
        name=question.id,
        title=question.summary[lang],
        headings=question.headings(lang),
        parameters=bound.terms,
        label=lambda iri: label_of(store, NamedNode(iri), lang),
        notices=tuple(_notices(question, bound, rows, store, lang)),
    )


def _notices(
    question: Question, bound: Bound, rows: Sequence[tuple[Term | None, ...]], store: Store, lang: str
) -> Iterator[Text]:
    """Of what the answer speaks unless another is given; of an empty answer, what is left open."""
    for name, parameter in question.parameters.items():
        for term in bound.terms[name] if parameter.of else ():
            if not isinstance(term, NamedNode):
                continue
            called = label_of(store, term, lang) or term.value
            if bound.given is not None and name not in bound.given:
                yield _("--{name} is “{called}” unless another is given", name=name, called=called)
            for quad in store.quads_for_pattern(term, _OPEN, None) if not rows else ():
                if isinstance(quad.object, Literal) and quad.object.language == lang:
                    yield _("left open of {called}: {open}", called=called, open=quad.object.value)


def keep_basis(answer: Answer, wanted: Sequence[str], store: Store, prefixes: Mapping[str, str]) -> Answer:
    """The rows whose basis is one of `wanted` (a code such as `stated`, its label or its IRI).

    Raises Usage when the question has no column `basis`, and for an unknown basis.
    """
    if "basis" not in answer.columns:
        said, fix = _("{name} has no column basis", name=answer.name), _("ask it without --basis")
        raise Usage(said, fix=fix)
    resolver = Resolver(store, prefixes, answer.lang)
    bases = {resolver.member(text, _A_BASIS) for text in wanted}
    at = answer.columns.index("basis")
    return answer.where(lambda row: row[at] in bases)


def on_oxigraph(store: Store, text: str, prefixes: Mapping[str, str] | None = None) -> Found:
    """What Oxigraph answers to `text` on ontology, data and what follows from them.

    Raises Unreadable for what is no SPARQL and what cannot be run.
    """
    with query_errors(text):
        found = store.query(text, default_graph=QUESTION_GRAPHS, prefixes=dict(prefixes or {}))
        if isinstance(found, QueryBoolean):
            return bool(found)
        if isinstance(found, QueryTriples):
            return [(triple.subject, triple.predicate, triple.object) for triple in found]
        columns = [variable.value for variable in found.variables]
        return columns, [tuple(solution) for solution in found]


def named(found: Found) -> tuple[Kind, tuple[str, ...], list[tuple[Term | None, ...]]]:
    """(kind, columns, rows) of what an engine gave; triples sorted, because no engine orders them."""
    if isinstance(found, bool):
        return "boolean", ("answer",), [(Literal(found),)]
    if isinstance(found, list):
        return "triples", ("subject", "predicate", "object"), sorted(set(found), key=str)
    return "rows", tuple(found[0]), found[1]


def _in_order(columns: Sequence[str], row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
    """The row with the passages of its evidence in the order of the text, and no evidence unbound.

    GROUP_CONCAT promises no order, and of no passages engines make "" or nothing.
    """
    at = columns.index("evidence") if "evidence" in columns else 0
    cell = row[at] if "evidence" in columns else None
    if not isinstance(cell, Literal):
        return row
    tokens = sorted(set(cell.value.split()), key=lambda token: (passages(token), token))
    return (*row[:at], Literal(" ".join(tokens)) if tokens else None, *row[at + 1 :])


# --- the order of rows ----------------------------------------------------------
# A query can order by IRI only. Where its ORDER BY names things, rows that nothing before them orders are put
# in the order of the things' labels: English by letter, Chinese by pinyin.

Row = tuple[Term | None, ...]

_NUMBER = re.compile(r"\d+")


def ordered(text: str, columns: Sequence[str], rows: list[Row], lang: str) -> list[Row]:
    """The `rows` of the query `text`, in the order of the labels of what it orders them by.

    A variable that is no column (a rank), or an expression, orders the column that stands behind it.
    """
    at = {name: index for index, name in enumerate(columns)}
    first, things = order_keys(text, columns)
    if not things:
        return rows
    labels = [at[f"{key}Label"] for key in things]
    groups = groupby(rows, key=lambda row: [row[at[key]] for key in first])
    return [
        row for __, group in groups
        for row in sorted(group, key=lambda row: [collated(row[label], lang) for label in labels])
    ]  # fmt: skip


def order_keys(text: str, columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns by which the query `text` orders rows first, and the things whose labels do then."""
    at = set(columns)
    first: list[str] = []
    hidden = False
    things: list[str] = []
    for key in _keys(text):
        if key in at and f"{key}Label" in at and not hidden:
            things.append(key)
        elif things:
            break
        else:
            first.append(key)
        hidden = key not in at
    return [key for key in first if key in at], things


def _keys(text: str) -> list[str]:
    """The variables that the last ORDER BY names; "" for a key that is worked out."""
    words = list(tokens(text))
    start = max((at for at, token in enumerate(words) if is_keyword(token, "ORDER")), default=len(words))
    keys: list[str] = []
    opened = 0
    for before, token in pairwise(words[start:]):
        if is_keyword(token, "LIMIT", "OFFSET", "VALUES"):
            break
        if token.text == "(" and not is_keyword(before, "DESC", "ASC"):
            keys += [""] * (not opened)
            opened += 1
        elif token.text == ")":
            opened = max(opened - 1, 0)
        elif token.kind == "variable" and not opened:
            keys.append(token.text[1:])
    return keys


def collated(label: Term | None, lang: str) -> tuple[bool, bytes]:
    """What a label is sorted by; those without one come last.

    Numbers count as numbers, marks do not count. For Chinese the bytes of GB 2312, which has its 3,755 usual
    characters in the order of pinyin and the others behind them by radical and stroke.
    """
    return (False, _collated(label.value, lang)) if isinstance(label, Literal) else (True, b"")


@lru_cache(10_000)
def _collated(label: str, lang: str) -> bytes:
    plain = unicodedata.normalize("NFKC", label).casefold()
    word = "".join(char for char in plain if char.isalnum() or char == " ").strip()
    word = _NUMBER.sub(lambda number: number[0].zfill(12), word)
    return b"".join(map(_gb2312, word)) if lang == "zh" else word.encode()


def _gb2312(char: str) -> bytes:
    try:
        return char.encode("gb2312")
    except UnicodeEncodeError:
        return b"\xff" + char.encode()

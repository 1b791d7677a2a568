"""Numbers of a text matched to what the graph says at the same place: figure, ordinal, date or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.numerals import DateParts, Number, numbers
from parkgraph.evidence.sources import EVIDENCE
from parkgraph.evidence.text import SourceText, Span
from parkgraph.graph.documents import LABELS, TYPE, Graph, Occurrence
from parkgraph.names import NUMBERS, OWL, PARK, SKOS, XSD
from parkgraph.read.turtle import Fact, Term

How = OneOf["figure", "ordinal", "date", "name", "ordinary", "declared", "unmatched"]


@dataclass(frozen=True, slots=True)
class Match:
    """One number and what it is in the graph.

    how: the kind of match.  node, predicate: the subject and property that say it (None unless matched).
    omissions: where it is declared without fact.
    """

    number: Number
    how: How
    node: Term | None = None
    predicate: NamedNode | None = None
    omissions: tuple[Term, ...] = ()


_SCHEMA = "https://schema.org/"
NAMES = (
    *LABELS,
    *(NamedNode(SKOS + name) for name in ("altLabel", "notation")),
    *(NamedNode(_SCHEMA + name) for name in ("name", "alternateName", "headline")),
    NamedNode(PARK + "codename"),
    NamedNode(OWL + "annotatedTarget"),
)
"""Properties whose text is a name that a source prints."""

_BOUNDS = {NamedNode(PARK + name) for name in ("lowerBound", "upperBound")}
_ORDINAL = NamedNode(PARK + "ordinal")
# Numbers that the source does not print: derived ones, and those that describe the text itself.
_DERIVED = ("normalizedValue", "start", "end", "textLength", "ordinal")
_NOT_PRINTED = {NamedNode(PARK + name) for name in _DERIVED} | _BOUNDS

_DATES = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth")}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d(?::\d\d)?))?.*")


def match_numbers(
    text: SourceText,
    graph: Graph,
    cited: Mapping[Span, Iterable[Term]],
    omitted: Mapping[Span, Iterable[Term]],
) -> list[Match]:
    """Every number of the text with its match.  cited, omitted: passage → the nodes that cite or omit it."""
    matcher = _Matcher(text.text, graph)
    matches = []
    for number in numbers(text.text):
        if number.kind == "ordinary":
            matches.append(Match(number, "ordinary"))
            continue
        nodes = _at(number.span, cited)
        omissions = _at(number.span, omitted)
        unmatched = Match(number, "declared" if omissions else "unmatched", omissions=tuple(omissions))
        matches.append(matcher.first(number, nodes) or unmatched)
    return matches


def _at(span: Span, nodes: Mapping[Span, Iterable[Term]]) -> list[Term]:
    """The nodes whose passage holds the span; those of the narrowest passage first."""
    around = sorted((len(passage), passage) for passage in nodes if passage.contains(span))
    return list(dict.fromkeys(node for _, passage in around for node in nodes[passage]))


class _Matcher:
    def __init__(self, text: str, graph: Graph) -> None:
        self.text = text
        self.graph = graph
        self.quantities = graph.classes_below(NamedNode(PARK + "QuantityStatement"))

    def first(self, number: Number, nodes: Iterable[Term]) -> Match | None:
        """The best match: figure, else ordinal, date, name; of a node rather than of what it points to."""
        nodes = list(nodes)
        near: list[tuple[Term, Term, NamedNode | None]] = [
            *((node, node, None) for node in nodes),
            *((node, target, predicate) for node in nodes for target, predicate in self._links(node)),
        ]
        for how in (self._figure, self._ordinal):
            for node in nodes:
                if found := how(number, node):
                    return found
        for place in (self._date, self._name):
            for node, holder, by in near:
                if found := place(number, holder):
                    return Match(number, found.how, node, by or found.predicate)
        return None

    def _figure(self, number: Number, node: Term) -> Match | None:
        for one, value in figures(self.graph, node, bounds=number.in_range):
            if value in number.values:
                return Match(number, "figure", node, one.fact.predicate)
        return None

    def _ordinal(self, number: Number, node: Term) -> Match | None:
        if number.kind != "ordinal":
            return None
        for value in self.graph.objects(node, _ORDINAL):
            if _decimal(value) in number.values:
                return Match(number, "ordinal", node, _ORDINAL)
        return None

    def _date(self, number: Number, node: Term) -> Match | None:
        if not number.date:
            return None
        dates = [(one.fact, day) for one in self.graph.of(node) if (day := _day(one.fact.object))]
        found = _dated(number.date, dates)
        return Match(number, "date", node, found.predicate) if found else None

    def _name(self, number: Number, node: Term) -> Match | None:
        if self._is_quantity(node):
            return None  # the words of a figure are the curator's; its number must be data
        for one in self.graph.of(node, *NAMES):
            value = one.fact.object
            if isinstance(value, Literal) and _holds(value.value, self.text, number.span):
                return Match(number, "name", node, one.fact.predicate)
        return None

    def _links(self, node: Term) -> Iterator[tuple[Term, NamedNode]]:
        for one in self.graph.of(node):
            if not isinstance(one.fact.object, Literal) and one.fact.predicate not in (TYPE, EVIDENCE):
                yield one.fact.object, one.fact.predicate

    def _is_quantity(self, node: Term) -> bool:
        return any(kind in self.quantities for kind in self.graph.objects(node, TYPE))


def figures(graph: Graph, node: Term, *, bounds: bool = False) -> Iterator[tuple[Occurrence, Decimal]]:
    """The printed numbers that a node says; with its bounds where the text prints a range."""
    for one in graph.of(node):
        value, predicate = _decimal(one.fact.object), one.fact.predicate
        if value is not None and (predicate not in _NOT_PRINTED or (bounds and predicate in _BOUNDS)):
            yield one, value


def _decimal(value: Term) -> Decimal | None:
    if not isinstance(value, Literal) or value.datatype.value not in NUMBERS:
        return None
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return None  # not a number: the shapes say so


def _day(value: Term) -> DateParts | None:
    if not isinstance(value, Literal) or value.datatype.value not in _DATES:
        return None
    matched = _DATE.fullmatch(value.value)
    if not matched:
        return None
    year, month, day = (int(part) if part else None for part in matched.groups()[:3])
    return DateParts(year, month, day, time=matched[4])


def _dated(printed: DateParts, dates: list[tuple[Fact, DateParts]]) -> Fact | None:
    """The first date of one node that says what is printed; of a printed span both ends must be there."""
    spans = bool(printed.last_month or printed.last_year)
    if spans and not any(_fits((printed.last_year, printed.last_month), day) for _, day in dates):
        return None
    for fact, day in dates:
        at_time = not printed.time or (day.time or "").startswith(printed.time)
        if at_time and _fits((printed.year, printed.month, printed.day), day):
            return fact
    return None


def _fits(printed: Iterable[int | None], day: DateParts) -> bool:
    """Whether year, month and day agree as far as they are printed."""
    given = (day.year, day.month, day.day)
    return all(wanted in (None, there) for wanted, there in zip(printed, given, strict=False))


_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉（）()·・ \t\u3000\xa0")


def _holds(name: str, text: str, span: Span) -> bool:
    """Whether a name is, or holds, the number printed at the span: together with a character beside it."""
    name = name.translate(_QUOTES)
    number = text[span.start : span.end].translate(_QUOTES)
    before = text[max(0, span.start - 8) : span.start].translate(_QUOTES)[-1:]
    after = text[span.end : span.end + 8].translate(_QUOTES)[:1]
    for place in re.finditer(rf"(?<![\d.]){re.escape(number)}(?![\d%])(?!\.\d)", name):
        left, right = name[: place.start()][-1:], name[place.end() :][:1]
        if (not left and not right) or (left and left == before) or (right and right == after):
            return True
    return False

"""Numbers of a text matched to what the graph says at the same place: figure, ordinal, date or name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal as OneOf
from typing import NamedTuple

from pyoxigraph import Literal

from parkgraph.evidence.facts import EVIDENCE, LABELS, TYPE, Fact, Facts
from parkgraph.evidence.numerals import DateParts, Number, numbers
from parkgraph.evidence.text import SourceText, Span
from parkgraph.names import OWL, PARK, SKOS, XSD

How = OneOf["figure", "ordinal", "date", "name", "ordinary", "declared", "unmatched"]


@dataclass(frozen=True, slots=True)
class Match:
    """One number and what it is in the graph.

    how: the kind of match.  node, predicate: the subject and property that say it (None unless matched).
    omissions: where it is declared without fact.
    """

    number: Number
    how: How
    node: str | None = None
    predicate: str | None = None
    omissions: tuple[str, ...] = ()


_SCHEMA = "https://schema.org/"
NAMES = (
    *LABELS,
    SKOS + "altLabel",
    SKOS + "notation",
    PARK + "codename",
    _SCHEMA + "name",
    _SCHEMA + "alternateName",
    _SCHEMA + "headline",
    OWL + "annotatedTarget",
)
"""Properties whose text is a name that a source prints."""

_NUMERIC = {
    XSD + name for name in ("integer", "decimal", "double", "float", "nonNegativeInteger", "int", "long")
}
_BOUNDS = {PARK + "lowerBound", PARK + "upperBound"}
_ORDINAL = PARK + "ordinal"
# Numbers that the source does not print: derived ones, and those that describe the text itself.
_NOT_PRINTED = {
    PARK + name for name in ("normalizedValue", "start", "end", "textLength", "ordinal")
} | _BOUNDS

_DATES = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth")}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d(?::\d\d)?))?.*")


class _Day(NamedTuple):
    """A date of the graph; what its datatype leaves open is None."""

    year: int
    month: int | None
    day: int | None
    time: str | None


def match_numbers(
    text: SourceText,
    facts: Facts,
    cited: Mapping[Span, Iterable[str]],
    omitted: Mapping[Span, Iterable[str]],
) -> list[Match]:
    """Every number of the text with its match.  cited, omitted: passage → the nodes that cite or omit it."""
    matcher = _Matcher(text.text, facts)
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


def _at(span: Span, nodes: Mapping[Span, Iterable[str]]) -> list[str]:
    """The nodes whose passage holds the span; those of the narrowest passage first."""
    around = sorted((len(passage), passage) for passage in nodes if passage.contains(span))
    return list(dict.fromkeys(node for _, passage in around for node in nodes[passage]))


class _Matcher:
    def __init__(self, text: str, facts: Facts) -> None:
        self.text = text
        self.facts = facts
        self.quantities = facts.subclasses(PARK + "QuantityStatement")

    def first(self, number: Number, nodes: Iterable[str]) -> Match | None:
        """The best match: figure, else ordinal, date, name; of a node rather than of what it points to."""
        nodes = list(nodes)
        near: list[tuple[str, str, str | None]] = [
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

    def _figure(self, number: Number, node: str) -> Match | None:
        for fact, value in figures(self.facts, node, bounds=number.in_range):
            if value in number.values:
                return Match(number, "figure", node, fact.predicate)
        return None

    def _ordinal(self, number: Number, node: str) -> Match | None:
        if number.kind != "ordinal":
            return None
        for fact in self.facts.about(node, _ORDINAL):
            if _decimal(fact) in number.values:
                return Match(number, "ordinal", node, fact.predicate)
        return None

    def _date(self, number: Number, node: str) -> Match | None:
        if not number.date:
            return None
        dates = [(fact, day) for fact in self.facts.of(node) if (day := _day(fact))]
        found = _dated(number.date, dates)
        return Match(number, "date", node, found.predicate) if found else None

    def _name(self, number: Number, node: str) -> Match | None:
        if self._is_quantity(node):
            return None  # the words of a figure are the curator's; its number must be data
        for fact in self.facts.about(node, *NAMES):
            if isinstance(fact.object, Literal) and _holds(fact.object.value, self.text, number.span):
                return Match(number, "name", node, fact.predicate)
        return None

    def _links(self, node: str) -> Iterator[tuple[str, str]]:
        for fact in self.facts.of(node):
            if fact.target and fact.predicate not in (TYPE, EVIDENCE):
                yield fact.target, fact.predicate

    def _is_quantity(self, node: str) -> bool:
        return any(fact.target in self.quantities for fact in self.facts.about(node, TYPE))


def figures(facts: Facts, node: str, *, bounds: bool = False) -> Iterator[tuple[Fact, Decimal]]:
    """The printed numbers that a node says; with its bounds where the text prints a range."""
    for fact in facts.of(node):
        value = _decimal(fact)
        if value is not None and (
            fact.predicate not in _NOT_PRINTED or (bounds and fact.predicate in _BOUNDS)
        ):
            yield fact, value


def _decimal(fact: Fact) -> Decimal | None:
    if not isinstance(fact.object, Literal) or fact.object.datatype.value not in _NUMERIC:
        return None
    try:
        return Decimal(fact.object.value)
    except InvalidOperation:
        return None  # not a number: the shapes say so


def _day(fact: Fact) -> _Day | None:
    if not isinstance(fact.object, Literal) or fact.object.datatype.value not in _DATES:
        return None
    matched = _DATE.fullmatch(fact.object.value)
    if not matched:
        return None
    year, month, day = (int(part) if part else None for part in matched.groups()[:3])
    return _Day(year or 0, month, day, matched[4])


def _dated(printed: DateParts, dates: list[tuple[Fact, _Day]]) -> Fact | None:
    """The first date of one node that says what is printed; of a printed span both ends must be there."""
    spans = bool(printed.last_month or printed.last_year)
    if spans and not any(_fits((printed.last_year, printed.last_month), day) for _, day in dates):
        return None
    for fact, day in dates:
        at_time = not printed.time or (day.time or "").startswith(printed.time)
        if at_time and _fits((printed.year, printed.month, printed.day), day):
            return fact
    return None


def _fits(printed: Iterable[int | None], day: _Day) -> bool:
    """Whether year, month and day agree as far as they are printed."""
    return all(wanted in (None, given) for wanted, given in zip(printed, day, strict=False))


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

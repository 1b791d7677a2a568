"""A figure worked out of stated ones, with its operands; or the operands, and why it is not worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from parkgraph.messages import Message, _
from parkgraph.names import PARK
from parkgraph.search.index import language_words
from parkgraph.search.things import Things
from parkgraph.show.cells import is_number

_VALUE, _UNIT, _LOWER, _UPPER, _PERIOD, _ABOUT, _SIZE, _START, _END = (
    NamedNode(PARK + name)
    for name in ("normalizedValue", "normalizedUnit", "lowerBound", "upperBound", "period", "about",
                 "statedSize", "startDate", "endDate")
)  # fmt: skip
_SIGNS = {"difference": "−", "share": "÷", "sum": "+", "average": "÷", "larger": ">"}


@dataclass(frozen=True, slots=True)
class Computed:
    """operation: difference, share, sum, average or larger.  operands: IRIs of the facts, in their order.
    result: as a decimal, of `unit` (IRI; "" for a share), None where it is not worked out: `why` says why.
    formula: in figures."""

    operation: str
    operands: tuple[str, ...]
    result: Decimal | None
    unit: str
    formula: str
    why: Message | None


def operation(text: str) -> str:
    """What the question wants worked out; "" for nothing."""
    signs = language_words()["compute"]
    said = text.casefold()
    return next((name for name, each in signs.items() if _says(said, each)), "")


def _says(text: str, signs: dict[str, list[str]]) -> bool:
    return any(re.search(sign, text) for sign in (*signs["zh"], *signs["en"]))


def compute(wanted: str, facts: Sequence[NamedNode], things: Things) -> Computed | None:
    """The figure; None when there are not enough figures among `facts`, which stand best first."""
    figures = [fact for fact in facts if _number(things, fact, _VALUE) is not None]
    if not figures:
        return None
    first = figures[0]
    unit = _unit(things, first)
    if wanted == "average":
        return _average(first, unit, things)
    second = next((fact for fact in figures[1:] if _unit(things, fact) == unit), None)
    if second is None:
        return None
    pair = tuple(sorted((first, second), key=lambda fact: -(_number(things, fact, _VALUE) or 0)))
    inexact = [fact for fact in pair if not _exact(things, fact)]
    larger, smaller = (_number(things, fact, _VALUE) or Decimal(0) for fact in pair)
    formula = f"{_plain(larger)} {_SIGNS[wanted]} {_plain(smaller)}"
    operands = tuple(fact.value for fact in pair)
    why: Message | None = None
    if inexact:
        names = [things.name(fact).label for fact in inexact]
        why = _("not worked out, because these are no exact figures: {names}", names=names)
    if wanted == "share" and larger == 0:
        return None
    if wanted == "share":
        formula = f"{_plain(smaller)} ÷ {_plain(larger)}"
    results = {"difference": larger - smaller, "sum": larger + smaller, "larger": larger}
    result = None if why else results[wanted] if wanted in results else round(smaller / larger, 4)
    return Computed(wanted, operands, result, "" if wanted == "share" else unit, formula, why)


def _average(figure: NamedNode, unit: str, things: Things) -> Computed | None:
    value = _number(things, figure, _VALUE) or Decimal(0)
    count, counted = _months(things, figure)
    for about in things.values(figure, _ABOUT):
        size = _number(things, about, _SIZE) if isinstance(about, NamedNode) else None
        if size and isinstance(about, NamedNode):
            count, counted = size, about
    if not count or counted is None:
        return None
    why = None if _exact(things, figure) else _("not worked out, because the figure is not exact")
    result = None if why else round(value / count, 2)
    formula = f"{_plain(value)} ÷ {_plain(count)}"
    return Computed("average", (figure.value, counted.value), result, unit, formula, why)


def _months(things: Things, figure: NamedNode) -> tuple[Decimal | None, NamedNode | None]:
    for period in things.values(figure, _PERIOD):
        start, end = (things.literal(period, predicate) for predicate in (_START, _END))
        if isinstance(period, NamedNode) and len(start) == len(end) == 10:
            months = (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7]) + 1
            return Decimal(months), period
    return None, None


def _exact(things: Things, fact: NamedNode) -> bool:
    lower, upper = (_number(things, fact, predicate) for predicate in (_LOWER, _UPPER))
    return lower is not None and lower == upper


def _number(things: Things, node: NamedNode, predicate: NamedNode) -> Decimal | None:
    values = [value for value in things.values(node, predicate) if is_number(value)]
    return Decimal(values[0].value) if values and isinstance(values[0], Literal) else None


def _unit(things: Things, fact: NamedNode) -> str:
    return next((unit.value for unit in things.values(fact, _UNIT) if isinstance(unit, NamedNode)), "")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

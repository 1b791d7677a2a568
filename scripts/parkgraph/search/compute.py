"""A figure worked out of stated ones, with its operands; or the operands, and why it is not worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode

from parkgraph.messages import Message, _
from parkgraph.names import PARK
from parkgraph.search.things import Name, Things
from parkgraph.show.cells import is_number

_PRINTED, _PRINTED_UNIT, _VALUE, _UNIT, _LOWER, _UPPER, _PERIOD, _ABOUT, _SIZE, _START, _END = (
    NamedNode(PARK + name)
    for name in ("statedValue", "unit", "normalizedValue", "normalizedUnit", "lowerBound", "upperBound",
                 "period", "about", "statedSize", "startDate", "endDate")
)  # fmt: skip
_SIGNS = {"difference": "−", "sum": "+", "larger": ">"}


@dataclass(frozen=True, slots=True)
class Computed:
    """operation: difference, share, sum, average or larger.  operands: IRIs of the facts, in their order.
    result: as a decimal, of `unit` (None for a share), None where it is not worked out: `why` says why.
    formula: in figures."""

    operation: str
    operands: tuple[str, ...]
    result: Decimal | None
    unit: Name | None
    formula: str
    why: Message | None


def compute(wanted: str, facts: Sequence[NamedNode], things: Things) -> Computed | None:
    """The figure; None when nothing is `wanted` or there are not enough figures among `facts`, best first."""
    if not wanted:
        return None
    figures = [fact for fact in facts if _number(things, fact, _VALUE) is not None]
    if not figures:
        return None
    if wanted == "average":
        return _average(figures[0], things)
    for value, unit in ((_PRINTED, _PRINTED_UNIT), (_VALUE, _UNIT)):  # as printed where both have one unit
        pairs = [(figures[0], other) for other in figures[1:] if _same(things, figures[0], other, unit)]
        if pairs:
            return _of_two(wanted, pairs[0], value, unit, things)
    return None


def _of_two(
    wanted: str, pair: tuple[NamedNode, NamedNode], value: NamedNode, unit: NamedNode, things: Things
) -> Computed:
    numbers = {fact: _number(things, fact, value) or Decimal(0) for fact in pair}
    first, second = sorted(pair, key=lambda fact: (-numbers[fact], fact.value))
    larger, smaller = numbers[first], numbers[second]
    inexact = [things.name(fact).label for fact in pair if not _exact(things, fact)]
    why = _("not worked out, because these are no exact figures: {names}", names=inexact) if inexact else None
    if wanted == "share":
        formula, result = f"{_plain(smaller)} ÷ {_plain(larger)}", round(smaller / (larger or 1), 4)
    else:
        formula = f"{_plain(larger)} {_SIGNS[wanted]} {_plain(smaller)}"
        result = {"difference": larger - smaller, "sum": larger + smaller, "larger": larger}[wanted]
    named = None if wanted == "share" else _unit(things, first, unit)
    return Computed(wanted, (first.value, second.value), None if why else result, named, formula, why)


def _average(figure: NamedNode, things: Things) -> Computed | None:
    value = _number(things, figure, _PRINTED) or Decimal(0)
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
    return Computed(
        "average", (figure.value, counted.value), result, _unit(things, figure, _PRINTED_UNIT), formula, why
    )


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


def _same(things: Things, one: NamedNode, other: NamedNode, unit: NamedNode) -> bool:
    named = _unit(things, one, unit)
    return named is not None and named == _unit(things, other, unit)


def _unit(things: Things, fact: NamedNode, predicate: NamedNode) -> Name | None:
    units = (unit for unit in things.values(fact, predicate) if isinstance(unit, NamedNode))
    return next(map(things.name, units), None)


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"

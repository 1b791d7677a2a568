"""What the pictures show, from the rows of the tables beside them; `pictures.html` draws it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.messages import Message, _
from parkgraph.search.show import Thing
from parkgraph.web.views import Link, View

MARKS: dict[str, Message] = {
    "exact": _("exact"),
    "more": _("more than, at least"),
    "less": _("nearly, at most"),
    "about": _("about"),
    "joint": _("several things together"),
    "contradicted": _("sources contradict each other"),
}
"""Shape of a figure → what it means: shape and word tell things apart, not colour."""

SERVING: dict[str, Message] = {
    "projects": _("project"),
    "organizations": _("organization"),
    "funds": _("fund"),
}
"""Column of a count → what it counts; the shape of each is called the same."""

_MOST = 30  # figures of one picture
_AROUND = 20  # things that a pre-rendered neighbourhood shows

Row = Mapping[str, Any]


class Figure(NamedTuple):
    """label: of the line.  shape: its mark.  share: of the largest of the unit.  figure: what it says, with
    the way to its page.  says: what the shape means."""

    label: str
    shape: str
    share: float
    indicator: Link
    period: str
    figure: Link
    says: str


def figures(view: View, rows: Sequence[Row], contradicted: set[str]) -> list[tuple[str, list[Figure]]]:
    """Figures by unit, or several times a unit with very many: the longest list first.

    rows: of the question indicators-by-period.  contradicted: IRIs of figures that contradict others."""
    numbers = [row for row in rows if number(row, "value") is not None]
    numbers.sort(key=lambda row: [text(row, name) for name in ("unitLabel", "indicatorLabel", "end")])
    charts = []
    for unit, some in groupby(numbers, lambda row: text(row, "unitLabel")):
        held = [*some]
        most = max(abs(number(row, "value") or 0) for row in held) or 1
        labels = Counter(map(_label, held))
        lines = []
        for row in held:
            shape, value, node = _shape(row, contradicted), number(row, "value") or 0, row.get("figure")
            said = f"{value:,.10g}"
            if shape not in ("exact", "joint"):
                said = f"{text(row, 'qualifierLabel')} {said}"
            link = view.term(node) if isinstance(node, NamedNode) else Link("", view.lang)
            label = _label(row) if labels[_label(row)] == 1 else link.text or _label(row)
            lines.append(
                Figure(
                    label, shape, abs(value) / most, view.term(row.get("indicator")),
                    text(row, "periodLabel"), link._replace(text=f"{said} {unit}"), MARKS[shape][view.lang],
                )
            )  # fmt: skip
        charts += [(unit, lines[start : start + _MOST]) for start in range(0, len(lines), _MOST)]
    return sorted(charts, key=lambda chart: -len(chart[1]))


def _label(row: Row) -> str:
    return " · ".join(filter(None, (text(row, "indicatorLabel"), text(row, "periodLabel"))))


def _shape(row: Row, contradicted: set[str]) -> str:
    figure = row.get("figure")
    if isinstance(figure, NamedNode) and figure.value in contradicted:
        return "contradicted"
    if text(row, "joint") == "true":
        return "joint"
    low, high, value = (number(row, name) for name in ("low", "high", "value"))
    if low == high == value:
        return "exact"
    if (low is None) == (high is None):
        return "about"
    return "more" if high is None else "less"


def targets(rows: Sequence[Row]) -> list[tuple[str, float, str]]:
    """(target, how far a result reached it, in words), of the rows of targets-against-results."""
    told = []
    for row in rows:
        says = (text(row, name) for name in ("qualifierLabel", "aim", "verdictLabel"))
        reached = min(number(row, "reached") or 0, 1.5)
        told.append((text(row, "targetLabel"), reached, " · ".join(filter(None, says))))
    return told


def industries(
    view: View, standing: Sequence[Row], serving: Sequence[Row]
) -> list[tuple[Link, str, dict[str, int]]]:
    """(industry, how parks call it, how many of each kind serve it): those first that most parks have.

    standing: rows of industries-of-park.  serving: of what-serves-each-industry."""
    called: dict[str, dict[str, None]] = {}
    for row in standing:
        called.setdefault(row["industry"].value, {})[text(row, "roleLabel")] = None

    def rank(row: Row) -> tuple[int, float, str]:
        served = sum(number(row, name) or 0 for name in SERVING)
        return -len(called.get(row["industry"].value, ())), -served, text(row, "industryLabel")

    return [
        (view.thing(row["industry"].value), ", ".join(called.get(row["industry"].value, ())),
         {name: int(number(row, name) or 0) for name in SERVING})
        for row in sorted(serving, key=rank)
    ]  # fmt: skip


def neighbours(view: View, thing: Thing) -> list[tuple[str, Link]]:
    """What is around a thing as (relation, thing), by relation."""
    around: dict[str, tuple[str, Link]] = {}
    for group in thing.groups:
        meaning = view.thing(group.meaning.iri).text
        for entry in group.entries:
            if entry.node is not None and not entry.derived:
                around.setdefault(entry.node.iri, (meaning, view.thing(entry.node.iri)))
    # A few of each relation, so that the largest does not crowd out the others.
    seen: Counter[str] = Counter()
    ranked = []
    for meaning, link in around.values():
        seen[meaning] += 1
        ranked.append((seen[meaning], meaning, link))
    first = sorted(ranked, key=lambda one: one[0])[:_AROUND]
    return sorted(((meaning, link) for __, meaning, link in first), key=lambda one: one[0])


def text(row: Row, name: str) -> str:
    """The text of a cell, "" where there is none."""
    term = row.get(name)
    return term.value if isinstance(term, Literal) else ""


def number(row: Row, name: str) -> float | None:
    """The number in a cell, None where there is none that is finite."""
    try:
        found = float(text(row, name))
    except ValueError:
        return None
    return found if math.isfinite(found) else None

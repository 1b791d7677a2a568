"""Pictures as SVG, from the rows of the tables beside them: shape and word tell things apart, not colour."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from pyoxigraph import Literal, NamedNode

from parkgraph.messages import Message, _
from parkgraph.search.show import Thing
from parkgraph.show.table import width
from parkgraph.web.views import Link, View

MARKS: dict[str, Message] = {
    "exact": _("exact"),
    "more": _("more than, at least"),
    "less": _("nearly, at most"),
    "about": _("about"),
    "joint": _("several things together"),
    "contradicted": _("sources contradict each other"),
}
"""Shape of a figure → what it means."""

_DISC = "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0"
_SQUARE = "m-5-5h10v10h-10z"
_SHAPES = {
    "exact": _DISC,
    "more": "m-4-6 10 6-10 6z",
    "less": "m4-6-10 6 10 6z",
    "about": _DISC,
    "joint": _SQUARE,
    "contradicted": "m-5-5 10 10m0-10-10 10",
}
"""Shape → its outline, from its middle."""
_STYLES = {"about": "hollow", "contradicted": "stroke"}
SERVING = {"projects": _SQUARE, "organizations": _DISC, "funds": "m0-7 6 7-6 7-6-7z"}
"""Column of a count → the outline of each thing that it counts."""

_MOST = 30  # figures of one picture
_AROUND = 20  # things that a pre-rendered neighbourhood shows
_ROW = 46  # height of a line of a chart

Row = Mapping[str, Any]


class Chart(NamedTuple):
    """Figures of one unit.  rows: (indicator, period, figure in words, what its shape says)."""

    unit: str
    picture: Markup
    rows: list[tuple[Link, str, Link, str]]


def mark(kind: str) -> Markup:
    """A shape by itself, for a legend."""
    return Markup('<svg viewBox="-8 -8 16 16" aria-hidden="true" class="mark">{}</svg>').format(
        Markup(_shape(kind, 0, 0))
    )


def legend(lang: str) -> list[tuple[Markup, str]]:
    """The shapes of things that serve an industry, and what they are."""
    words = (_("project"), _("organization"), _("fund"))
    return [(mark(name), text[lang]) for name, text in zip(SERVING, words, strict=True)]


def figures(view: View, rows: Sequence[Row], contradicted: set[str]) -> list[Chart]:
    """A picture for each unit, or several of a unit with very many figures: a line for each, from nought on.

    rows: of the question indicators-by-period.  contradicted: IRIs of figures that contradict others."""
    numbers = [row for row in rows if _number(row, "value") is not None]
    numbers.sort(key=lambda row: (_unit(row), _text(row, "indicatorLabel"), _text(row, "end")))
    charts = []
    for unit, some in groupby(numbers, _unit):
        held = [*some]
        most = max(abs(_number(row, "value") or 0) for row in held) or 1
        labels = Counter(map(_label, held))
        for start in range(0, len(held), _MOST):
            lines = held[start : start + _MOST]
            drawn, told = [], []
            for at, row in enumerate(lines):
                kind, value, figure = _kind(row, contradicted), _number(row, "value") or 0, row.get("figure")
                said = f"{value:,.10g}"
                if kind not in ("exact", "joint"):
                    said = f"{_text(row, 'qualifierLabel')} {said}"
                link = view.term(figure) if isinstance(figure, NamedNode) else Link("", view.lang)
                label = _label(row) if labels[_label(row)] == 1 else link.text or _label(row)
                link, says = link._replace(text=f"{said} {unit}"), MARKS[kind][view.lang]
                told.append((view.term(row.get("indicator")), _text(row, "periodLabel"), link, says))
                x, y = 12 + 560 * abs(value) / most, at * _ROW + 20
                drawn += [
                    _words(4, y - 4, _cut(label, 84), "soft"),
                    f'<path class="bar" d="M8 {y + 12}H{x:.0f}"/>',
                    _shape(kind, x, y + 12),
                    _words(x + 14, y + 17, said),
                ]
            charts.append(Chart(unit, _svg(760, len(lines) * _ROW + 8, drawn), told))
    return sorted(charts, key=lambda chart: -len(chart.rows))


def _label(row: Row) -> str:
    return " · ".join(filter(None, (_text(row, "indicatorLabel"), _text(row, "periodLabel"))))


def _unit(row: Row) -> str:
    return _text(row, "unitLabel")


def _kind(row: Row, contradicted: set[str]) -> str:
    figure = row.get("figure")
    if isinstance(figure, NamedNode) and figure.value in contradicted:
        return "contradicted"
    if _text(row, "joint") == "true":
        return "joint"
    low, high, value = (_number(row, name) for name in ("low", "high", "value"))
    if low == high == value:
        return "exact"
    if (low is None) == (high is None):
        return "about"
    return "more" if high is None else "less"


def targets(rows: Sequence[Row]) -> Markup | None:
    """Targets as empty frames, filled as far as results reached them.  rows: of targets-against-results."""
    parts = []
    for at, row in enumerate(rows):
        y, reached = at * _ROW + 20, _number(row, "reached")
        says = (_text(row, name) for name in ("qualifierLabel", "aim", "verdictLabel"))
        parts.append(_words(4, y - 4, _cut(_text(row, "targetLabel"), 84), "soft"))
        if reached:
            parts.append(f'<rect x="8" y="{y + 4}" width="{400 * min(reached, 1.5):.0f}" height="16"/>')
        parts.append(f'<rect x="8" y="{y + 4}" width="400" height="16" class="frame"/>')
        parts.append(_words(420, y + 17, " · ".join(filter(None, says))))
    return _svg(760, len(rows) * _ROW + 8, parts) if parts else None


def industries(view: View, standing: Sequence[Row], serving: Sequence[Row]) -> Markup | None:
    """Industries with a sign for each project (square), organization (disc), fund (diamond) that serves them.

    standing: rows of industries-of-park, which say how a park calls an industry.  serving: of
    what-serves-each-industry."""
    called: dict[str, dict[str, None]] = {}
    for row in standing:
        called.setdefault(row["industry"].value, {})[_text(row, "roleLabel")] = None

    def rank(row: Row) -> tuple[int, float, str]:
        served = sum(_number(row, name) or 0 for name in SERVING)
        return -len(called.get(row["industry"].value, ())), -served, _text(row, "industryLabel")

    parts = []
    for at, row in enumerate(sorted(serving, key=rank)):
        x, y, iri = 14, at * _ROW + 18, row["industry"].value
        link = view.thing(iri)
        says = ", ".join(called.get(iri, ()))
        more = f'<tspan class="soft" dx="10">{escape(says)}</tspan>' if says else ""
        parts.append(f'<text x="4" y="{y}">{_anchor(link, 56)}{more}</text>')
        for name in SERVING:
            number = min(int(_number(row, name) or 0), 40)
            parts.append(_shape(name, x, y + 15, number) if number else "")
            x += 16 * number + 8 if number else 0
    return _svg(760, len(serving) * _ROW + 8, parts) if parts else None


def neighbourhood(view: View, thing: Thing) -> tuple[Markup | None, list[tuple[str, Link]]]:
    """A thing with what is around it, and what is shown of that as (relation, thing)."""
    around: dict[str, tuple[str, Link]] = {}
    for group in thing.groups:
        meaning = view.thing(group.meaning.iri).text
        for entry in group.entries:
            if entry.node is not None and not entry.derived:
                around.setdefault(entry.node.iri, (meaning, view.thing(entry.node.iri)))
    if not around:
        return None, []
    # A few of each relation, so that the largest does not crowd out the others.
    seen: Counter[str] = Counter()
    ranked = []
    for meaning, link in around.values():
        seen[meaning] += 1
        ranked.append((seen[meaning], meaning, link))
    first = sorted(ranked, key=lambda one: one[0])[:_AROUND]
    shown = sorted(((meaning, link) for __, meaning, link in first), key=lambda one: one[0])
    half = math.ceil(len(shown) / 2)
    high = max(160, 32 * half)
    parts = []
    for side, some in ((1, shown[:half]), (-1, shown[half:])):
        for at, (meaning, link) in enumerate(some):
            x, y, bend, middle = 480 + side * 190, high * (at + 0.5) / len(some), 480 + side * 90, high / 2
            anchor, beside = "start" if side > 0 else "end", x + side * 10
            parts += [
                f'<path class="edge" d="M480 {middle:.0f}C{bend} {middle:.0f} {bend} {y:.0f} {x} {y:.0f}"/>',
                f'<circle cx="{x}" cy="{y:.0f}" r="3.5"/>',
                f'<text x="{beside}" y="{y + 1:.0f}" text-anchor="{anchor}">{_anchor(link, 38)}</text>',
                _words(beside, y + 13, _cut(meaning, 44), "soft tiny", anchor),
            ]
    name = _cut(view.thing(thing.name.iri).text, 26)
    wide = width(name) * 8 + 24
    parts.append(
        f'<rect x="{480 - wide / 2}" y="{high / 2 - 16}" width="{wide}" height="32" rx="16" class="hub"/>'
    )
    parts.append(_words(480, high / 2 + 5, name, "", "middle"))
    return _svg(960, high, parts), shown


def _svg(wide: int, high: float, parts: Sequence[str]) -> Markup:
    return Markup(f'<svg viewBox="0 0 {wide} {high:.0f}" role="group">{"".join(parts)}</svg>')


def _words(x: float, y: float, text: str, style: str = "", anchor: str = "") -> str:
    more = (f' class="{style}"' if style else "") + (f' text-anchor="{anchor}"' if anchor else "")
    return f'<text x="{x:.0f}" y="{y:.0f}"{more}>{escape(text)}</text>'


def _shape(kind: str, x: float, y: float, number: int = 1) -> str:
    """A shape, or several in a row."""
    style = _STYLES.get(kind, kind if kind in SERVING else "")
    outline = (_SHAPES | SERVING)[kind]
    each = "".join(f"M{x + 16 * n:.0f} {y:.0f}{outline}" for n in range(number))
    named = f' class="{style}"' if style else ""
    return f'<path{named} d="{each}"/>'


def _anchor(link: Link, wide: int) -> str:
    return f'<a href="{escape(link.href)}">{escape(_cut(link.text, wide))}</a>'


def _text(row: Row, name: str) -> str:
    term = row.get(name)
    return term.value if isinstance(term, Literal) else ""


def _number(row: Row, name: str) -> float | None:
    try:
        return float(_text(row, name))
    except ValueError:
        return None


def _cut(text: str, wide: int) -> str:
    """As much of the text as `wide` Latin characters take; a Chinese one takes two."""
    if width(text) <= wide:
        return text
    while width(text) >= wide:
        text = text[:-1]
    return text.rstrip() + "…"

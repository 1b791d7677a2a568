"""The bars that the default path must clear, as data, and what a report says of each."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal as OneOf

from parkgraph.bench.report import BUILD, COLD_ASK, Measurement, Report

REAL, MIDDLE, LARGE = 1, 50_000, 5_000_000
"""Sizes that bars speak of, in triples; REAL is the smallest graph, that of one park."""

QUESTIONS = "questions"
"""Stands for every saved question; the worst of them counts."""

_NEAR = 1.6
"""A size counts as another when they differ by no more than this factor."""


@dataclass(frozen=True)
class Bar:
    """ratio: at least `limit` times faster than the reference at `triples`.  growth: exponent of at most
    `limit` from `triples` to the largest graph.  seconds, mib: at most `limit` at `triples`.
    """

    kind: OneOf["ratio", "growth", "seconds", "mib"]
    stage: str
    limit: float
    triples: int


BARS = (
    Bar("ratio", "closure", 80, MIDDLE),
    Bar("ratio", "validate", 50, MIDDLE),
    Bar("ratio", BUILD, 30, MIDDLE),
    Bar("ratio", COLD_ASK, 40, REAL),
    Bar("seconds", COLD_ASK, 0.25, REAL),
    Bar("growth", "closure", 1.15, MIDDLE),
    Bar("growth", "validate", 1.15, MIDDLE),
    Bar("growth", QUESTIONS, 1.15, MIDDLE),
    Bar("mib", "", 12 * 1024, LARGE),
)


@dataclass(frozen=True)
class Verdict:
    """What a report says of a bar.

    value: what was measured; None when it was not.  sizes: the triples at which.  least: something was
    stopped, so that the true value is larger still.  differs: both paths ended with different results.
    worst: the question that the value is of.
    """

    bar: Bar
    value: float | None = None
    sizes: tuple[int, ...] = ()
    least: bool = False
    differs: bool = False
    worst: str = ""

    @property
    def outcome(self) -> OneOf["met", "missed", "not measured"]:
        """A lower bound that does not reach the bar shows nothing."""
        if self.value is None:
            return "not measured"
        if self.bar.kind != "ratio":
            if self.value > self.bar.limit:
                return "missed"
            return "not measured" if self.least else "met"
        if self.value >= self.bar.limit and not self.differs:
            return "met"
        return "not measured" if self.least else "missed"


def verdicts(report: Report) -> list[Verdict]:
    """What the report says of every bar."""
    judge = {"ratio": _ratio, "growth": _growth, "seconds": _seconds, "mib": _mib}
    return [judge[bar.kind](bar, report) for bar in BARS]


def exponents(report: Report, *, least: int = MIDDLE) -> dict[str, float]:
    """Stage → exponent with which its time grows on the default path, from the graph of about `least`
    triples to the largest; a stage that was not finished there has none."""
    parks = _size(report, least)
    largest = max((each.parks for each in report.measurements if each.engine == "fast"), default=None)
    if parks is None or largest is None:
        return {}
    found = {}
    for stage in report.stages():
        last = report.find(largest, "fast", stage)
        exponent = report.growth("fast", stage, report.triples(parks))
        if last is not None and last.typical is not None and exponent is not None:
            found[stage] = exponent
    return found


def _size(report: Report, triples: int) -> int | None:
    """The number of parks whose graph is about so large."""
    sizes = report.sizes()
    if triples == REAL:
        return sizes[0] if sizes[:1] == [1] else None
    near = {parks: abs(math.log(report.triples(parks) / triples)) for parks in sizes if report.triples(parks)}
    best = min(near, key=lambda parks: near[parks], default=None)
    return best if best is not None and near[best] <= math.log(_NEAR) else None


def _ratio(bar: Bar, report: Report) -> Verdict:
    parks = _size(report, bar.triples)
    fast, slow = (
        None if parks is None else report.find(parks, name, bar.stage) for name in ("fast", "reference")
    )
    if fast is None or slow is None or not fast.typical:
        return Verdict(bar)
    sizes = (fast.triples,)
    if slow.outcome == "stopped":  # a sum of stages of which one was stopped is known in part
        return Verdict(bar, (slow.typical or report.limit) / fast.typical, sizes, least=True)
    if slow.typical is not None:
        differs = (fast.count, fast.digest) != (slow.count, slow.digest)
        return Verdict(bar, slow.typical / fast.typical, sizes, differs=differs)
    return Verdict(bar)


def _growth(bar: Bar, report: Report) -> Verdict:
    found = exponents(report, least=bar.triples)
    names = [name for name in found if name.startswith("ask ")] if bar.stage == QUESTIONS else [bar.stage]
    known = [name for name in names if name in found]
    if not known:
        return Verdict(bar)
    worst = max(known, key=lambda name: found[name])
    measured = [each for each in report.measurements if each.engine == "fast" and each.stage == worst]
    largest = max(each.triples for each in measured if each.typical)
    unfinished = bar.stage == QUESTIONS and _unfinished(report, largest)
    if unfinished:
        return Verdict(bar, worst=unfinished)
    start = _size(report, bar.triples)
    assert start is not None  # there are exponents
    worst = worst if bar.stage == QUESTIONS else ""
    return Verdict(bar, max(found[name] for name in known), (report.triples(start), largest), worst=worst)


def _unfinished(report: Report, triples: int) -> str:
    """A question that was not answered on the largest graph; empty when there is none."""
    asked = [each for each in report.measurements if each.engine == "fast" and each.triples >= triples]
    return next((each.stage for each in asked if each.stage.startswith("ask ") and not each.typical), "")


def _seconds(bar: Bar, report: Report) -> Verdict:
    found = _fast(bar, report)
    if found is None or found.typical is None:
        return Verdict(bar)
    return Verdict(bar, found.typical, (found.triples,))


def _fast(bar: Bar, report: Report) -> Measurement | None:
    parks = _size(report, bar.triples)
    return None if parks is None else report.find(parks, "fast", bar.stage)


def _mib(bar: Bar, report: Report) -> Verdict:
    parks = _size(report, bar.triples)
    found = [each for each in report.measurements if each.parks == parks and each.engine == "fast"]
    if parks is None or not any(each.peak_mib for each in found):
        return Verdict(bar)
    peak = max(each.peak_mib for each in found)
    stopped = any(each.outcome in ("stopped", "failed") for each in found)
    return Verdict(bar, peak, (report.triples(parks),), least=stopped)

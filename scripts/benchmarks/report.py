"""What was measured: as data, as tables in Markdown, and what it says of the bars."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

COLD_ASK, BUILD = "command ask", "command build"
"""Whole commands: `ask` with the graph in the cache, and `build`."""

REAL, MIDDLE, LARGE = 1, 150_000, 5_000_000
"""Sizes that bars speak of, in triples; REAL is the smallest graph, that of one park."""

_NEAR = 1.6
"""A size counts as another when they differ by no more than this factor."""

QUESTIONS = "every question"

BARS = (
    ("ratio", "closure", 100, REAL),
    ("ratio", "validate", 80, REAL),
    ("ratio", BUILD, 50, REAL),
    ("ratio", COLD_ASK, 40, REAL),
    ("seconds", COLD_ASK, 0.25, REAL),
    ("growth", "closure", 1.1, MIDDLE),
    ("growth", "validate", 1.1, MIDDLE),
    ("growth", QUESTIONS, 1.1, MIDDLE),
    ("memory", "", 12 * 1024, LARGE),
)
"""Kind, stage, limit, triples. ratio: at least so many times faster than the reference at `triples`. growth:
exponent of at most the limit from there to the largest graph. seconds, memory (MiB): at most the limit.
Seconds are those of processors."""

LOSS = 0.05
"""Seconds; a loss below this is noise, whatever its ratio."""


@dataclass(frozen=True)
class Measurement:
    """One stage of one engine on one graph.

    seconds: of every run; of what was stopped none, or of a sum of stages its known part.  outcome: done,
    stopped (at the limit), failed, or left out (a smaller graph was too much).  count, digest: of the result.
    """

    parks: int
    triples: int
    engine: str
    stage: str
    seconds: list[float] = field(default_factory=list)
    peak_mib: int = 0
    count: int | None = None
    outcome: str = "done"
    digest: str = ""

    @property
    def typical(self) -> float | None:
        """The median of the runs."""
        return median(self.seconds) if self.seconds else None


@dataclass(frozen=True)
class Report:
    """Measurements, and what they were made with; limits in seconds, of a stage and of a question."""

    measurements: list[Measurement]
    machine: dict[str, Any]
    limit: float
    ask_limit: float

    def find(self, parks: int | None, engine: str, stage: str) -> Measurement | None:
        """One measurement; "questions" are all of them together."""
        here = [one for one in self.measurements if (one.parks, one.engine) == (parks, engine)]
        if stage != "questions":
            return next((one for one in here if one.stage == stage), None)
        asked = [one for one in here if one.stage.startswith("ask ")]
        times = [one.typical for one in asked if one.typical is not None]
        if not asked or len(times) < len(asked):
            return None
        peak = max(one.peak_mib for one in asked)
        return Measurement(asked[0].parks, asked[0].triples, engine, stage, [sum(times)], peak, len(times))

    def sizes(self, engine: str = "") -> list[int]:
        """Numbers of parks, smallest first."""
        return sorted({one.parks for one in self.measurements if engine in ("", one.engine)})

    def stages(self) -> list[str]:
        """Stages in the order of measuring."""
        return list(dict.fromkeys(one.stage for one in self.measurements))

    def triples(self, parks: int) -> int:
        """Asserted triples of the graph of so many parks."""
        return max(one.triples for one in self.measurements if one.parks == parks)

    def near(self, triples: int) -> int | None:
        """The number of parks whose graph is about so large."""
        if triples == REAL:
            return 1 if 1 in self.sizes() else None
        off = {parks: abs(math.log(max(self.triples(parks), 1) / triples)) for parks in self.sizes()}
        best = min(off, key=lambda parks: off[parks], default=None)
        return best if best is not None and off[best] <= math.log(_NEAR) else None

    def growth(self, stage: str, of: Callable[[Measurement], float | None]) -> float | None:
        """The exponent with which a stage's time or count grows on the default path, from the middle size to
        the largest; None when it was not finished there."""
        largest = max(self.sizes("fast"), default=None)
        pair = [self.find(parks, "fast", stage) for parks in (self.near(MIDDLE), largest)]
        small, large = ((one.triples, of(one) or 0) if one else (0, 0) for one in pair)
        if not small[1] or not large[1] or large[0] <= small[0]:
            return None
        return math.log(large[1] / small[1]) / math.log(large[0] / small[0])


def read(path: Path) -> Report:
    """The report in a JSON file."""
    told = json.loads(path.read_text(encoding="utf-8"))
    measurements = [Measurement(**one) for one in told.pop("measurements")]
    return Report(measurements, **{name: told[name] for name in ("machine", "limit", "ask_limit")})


def write(report: Report, path: Path) -> None:
    """The report as JSON, for `read`."""
    path.write_text(json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Verdict:
    """What a report says of a bar.  value: None when not measured.  least: something was stopped, so the true
    value is larger still.  note: the worst question, or that both paths found different things."""

    outcome: str
    value: float | None = None
    least: bool = False
    note: str = ""


def verdict(report: Report, kind: str, stage: str, limit: float, triples: int) -> Verdict:
    """Of one of BARS. A lower bound that does not reach the bar shows nothing."""
    parks = report.near(triples)
    fast, slow = (report.find(parks, engine, stage) for engine in ("fast", "reference"))
    value, least, note = None, False, ""
    if kind == "ratio" and fast and slow and fast.typical:
        least = slow.outcome == "stopped"
        seconds = slow.typical or (report.limit if least else None)
        value = None if seconds is None else seconds / fast.typical
        differs = not least and (fast.count, fast.digest) != (slow.count, slow.digest)
        note = "results differ" if differs else ""
        good = value is not None and value >= limit and not note
    else:
        if kind == "growth":
            value, note = _growth(report, stage)
        elif kind == "seconds":
            value = fast and fast.typical
        elif kind == "memory" and parks is not None:
            here = [one for one in report.measurements if (one.parks, one.engine) == (parks, "fast")]
            value = max((one.peak_mib for one in here), default=0) or None
            least = any(one.outcome in ("stopped", "failed") for one in here)
        good = value is not None and value <= limit
        if good and least:
            return Verdict("not measured", value, least, note)
    if value is None or (kind == "ratio" and least and not good):
        return Verdict("not measured", value, least, note)
    return Verdict("met" if good else "missed", value, least, note)


def _growth(report: Report, stage: str) -> tuple[float | None, str]:
    """The exponent of a stage, or of the worst question, with its name; no number when one has none."""
    if stage != QUESTIONS:
        return report.growth(stage, lambda one: one.typical), ""
    names = [name for name in report.stages() if name.startswith("ask ")]
    found = {name: report.growth(name, lambda one: one.typical) for name in names}
    missing = next((name for name, exponent in found.items() if exponent is None), None)
    if missing or not found:
        return None, missing or ""
    worst = max(found, key=lambda name: found[name] or 0)
    return found[worst], worst


def changes(old: Report, new: Report, factor: float) -> list[tuple[list[str], bool]]:
    """Every stage that both have: its cells, and whether it is slower by more than `factor` and by more than
    LOSS, or no longer finished."""
    made = []
    for one in new.measurements:
        before = old.find(one.parks, one.engine, one.stage)
        if before is None:
            continue
        was, now = before.typical, one.typical
        lost = was is not None and (now is None or (now > factor * was and now - was > LOSS))
        ratio = "-" if was is None or now is None else f"{now / max(was, 1e-6):.2f}"
        cells = [str(one.parks), one.engine, one.stage, _seconds(was), _seconds(now), ratio]
        made.append((cells + ["slower"] * lost, lost))
    return made


_ZH = {
    "bars": "目标", "bar": "目标", "limit": "限值", "measured": "实测", "triples": "三元组数",
    "verdict": "结论", "met": "达到", "missed": "未达到", "not measured": "未测",
    "results differ": "结果不同", "stage": "环节", "default": "默认", "reference": "参考",
    "times": "倍数", "stopped": "超时停止", "left out": "略去", "failed": "失败", "parks": "园区数",
    "growth of the default path": "默认路径的增长", "time x": "时间的指数", "results x": "结果数的指数",
    "questions": "全部问题", QUESTIONS: "每个问题", "at least × faster": "至少快几倍",
    "at most s": "至多几秒", "exponent at most": "增长指数至多", "memory at most MiB": "内存至多几 MiB",
}  # fmt: skip
_KINDS = {
    "ratio": "at least × faster", "seconds": "at most s", "growth": "exponent at most",
    "memory": "memory at most MiB",
}  # fmt: skip


def tables(report: Report, lang: str = "en") -> str:
    """The bars, a table for each size, the growth of every stage and question, and the machine."""
    say = (lambda text: _ZH.get(text, text)) if lang == "zh" else (lambda text: text)
    body = []
    for bar in BARS:
        found = verdict(report, *bar)
        value = "" if found.value is None else f"{'≥ ' * found.least}{found.value:,.2f}"
        parks = report.near(bar[3])
        size = f"{report.triples(parks):,}" if parks else f"~ {bar[3]:,}"
        note = f" ({say(found.note)})" if found.note else ""
        name = " ".join(filter(None, [say(bar[1]), say(_KINDS[bar[0]])]))
        body.append([name, f"{bar[2]:g}", value, size, say(found.outcome) + note])
    parts = [
        f"## {say('bars')}",
        _table([say(x) for x in ("bar", "limit", "measured", "triples", "verdict")], body),
    ]
    for parks in report.sizes():
        header = ["stage", "default", "MiB", "reference", "MiB", "times"]
        parts += [
            f"## {say('parks')}: {parks} ({report.triples(parks):,} {say('triples')})",
            _table([say(x) for x in header], _size(report, parks, say)),
        ]
    grown = [(name, report.growth(name, lambda one: one.typical)) for name in report.stages()]
    rows = [
        [name, f"{x:.2f}", _seconds(report.growth(name, lambda one: one.count), 2)]
        for name, x in sorted(grown, key=lambda one: (one[0].startswith("ask "), -(one[1] or 0)))
        if x is not None
    ]
    if rows:
        title = f"## {say('growth of the default path')}"
        parts += [title, _table([say(x) for x in ("stage", "time x", "results x")], rows)]
    return (
        "\n\n".join([*parts, ", ".join(f"{name} {value}" for name, value in report.machine.items())]) + "\n"
    )


def _size(report: Report, parks: int, say: Callable[[str], str]) -> list[list[str]]:
    body = []
    stages = [name for name in report.stages() if not name.startswith("ask ")]
    for stage in [*stages, "questions"]:
        pair = [report.find(parks, engine, stage) for engine in ("fast", "reference")]
        if not any(pair):
            continue
        cells = [say(stage)]
        for one in pair:
            least = "≥ " if one and one.outcome == "stopped" else ""
            time = "" if one is None else say(one.outcome) if one.typical is None else _seconds(one.typical)
            cells += [least * bool(one and one.typical) + time, str((one and one.peak_mib) or "")]
        fast, slow = (one.typical if one else None for one in pair)
        body.append([*cells, f"{slow / max(fast, 1e-6):.1f}" if fast and slow else ""])
    return body


def _seconds(value: float | None, digits: int = 3) -> str:
    return "" if value is None else f"{value:.{digits}f}"


def _table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *body]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)

"""What was measured: the report as data, as JSON and CSV, as tables, and what follows from it."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from parkgraph.errors import Unreadable
from parkgraph.read.files import read_text

VERSION = 1
"""Of the report's form."""

ENGINES = ("fast", "reference")


@dataclass(frozen=True)
class Measurement:
    """One stage of one engine on one graph.

    seconds: of every run; none when it was not finished.  peak_mib: most memory of the process up to its end.
    count: triples, findings or rows.  outcome: done, stopped (at the limit), failed, or left out (because a
    smaller graph was too much).
    """

    parks: int
    triples: int
    engine: str
    stage: str
    seconds: list[float] = field(default_factory=list)
    peak_mib: int = 0
    count: int | None = None
    outcome: str = "done"

    @property
    def typical(self) -> float | None:
        """The median of the runs."""
        return median(self.seconds) if self.seconds else None


@dataclass(frozen=True)
class Report:
    """Measurements, and what they were made with.

    limit, ask_limit: seconds that a stage and a question could take.
    """

    measurements: list[Measurement]
    machine: dict[str, Any]
    seed: int
    runs: int
    limit: float
    ask_limit: float
    version: int = VERSION

    def find(self, parks: int, engine: str, stage: str) -> Measurement | None:
        """One measurement."""
        for found in self.measurements:
            if (found.parks, found.engine, found.stage) == (parks, engine, stage):
                return found
        return None

    def sizes(self) -> list[int]:
        """The numbers of parks, smallest first."""
        return sorted({found.parks for found in self.measurements})

    def stages(self) -> list[str]:
        """The stages in the order of measuring."""
        return list(dict.fromkeys(found.stage for found in self.measurements))

    def triples(self, parks: int) -> int:
        """Asserted triples of the graph of so many parks."""
        return max(found.triples for found in self.measurements if found.parks == parks)

    def questions(self, parks: int, engine: str) -> Measurement | None:
        """All questions as one stage: the sum of their times; None when one of them has none."""
        names = [stage for stage in self.stages() if stage.startswith("ask ")]
        found = [self.find(parks, engine, name) for name in names]
        done = [each for each in found if each is not None and each.typical is not None]
        if not done or len(done) < len(names):
            return None
        total = sum(each.typical or 0 for each in done)
        peak = max(each.peak_mib for each in done)
        return Measurement(parks, done[0].triples, engine, "questions", [total], peak, len(done))

    def growth(self, engine: str, stage: str, least: int = 20_000) -> float | None:
        """The exponent with which time grows with triples, between the smallest and the largest graph of at
        least `least` triples; None without two such."""
        points = [
            (found.triples, found.typical)
            for found in self.measurements
            if found.engine == engine and found.stage == stage and found.typical and found.triples >= least
        ]
        if len(points) < 2:
            return None
        (small, quick), (large, slow) = min(points), max(points)
        return math.log(slow / quick) / math.log(large / small) if large > small else None


def machine() -> dict[str, Any]:
    """What the measuring is done on and with: processor, cores, memory, system, versions."""
    import importlib.metadata

    from parkgraph import __version__

    packages = ("pyoxigraph", "nemo-python", "shacl", "rdflib", "owlrl", "pyshacl")
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_mib": memory_mib(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "parkgraph": __version__,
        "packages": {name: importlib.metadata.version(name) for name in packages},
    }


def memory_mib() -> int:
    """The machine's memory; 0 where the system does not tell."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024 // 1024
    except (AttributeError, ValueError, OSError):
        return 0


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def to_json(report: Report) -> str:
    """The report as JSON; `from_json` reads it back."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=2) + "\n"


def read_report(path: str | Path) -> Report:
    """The report in a JSON file.  Raises Unreadable when there is none."""
    text = read_text(path)
    try:
        told = json.loads(text)
        if told["version"] != VERSION:
            raise ValueError(f"version {told['version']}")
        measurements = [Measurement(**each) for each in told.pop("measurements")]
        return Report(measurements=measurements, **told)
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(
            {"en": f"no report of parkgraph bench: {error}", "zh": f"不是 parkgraph bench 的报告：{error}"},
            file=path,
            fix={"en": "write one with: parkgraph bench run -o report.json",
                 "zh": "请用 parkgraph bench run -o report.json 生成"},
        ) from None  # fmt: skip


COLUMNS = ("parks", "triples", "engine", "stage", "outcome", "median_seconds", "runs", "peak_mib", "count")


def rows(report: Report) -> Iterable[tuple[object, ...]]:
    """The measurements as rows of COLUMNS; an empty cell where there is no time."""
    for found in report.measurements:
        typical = "" if found.typical is None else f"{found.typical:.4f}"
        count = "" if found.count is None else found.count
        yield (
            found.parks, found.triples, found.engine, found.stage, found.outcome,
            typical, len(found.seconds), found.peak_mib, count,
        )  # fmt: skip


def to_csv(report: Report) -> str:
    """The measurements as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerows(rows(report))
    return stream.getvalue()


_WORDS = {
    "stage": {"zh": "环节", "en": "stage"},
    "parks": {"zh": "园区数 {parks}（{triples:,} 个三元组）", "en": "parks: {parks} ({triples:,} triples)"},
    "slowest": {
        "zh": "最慢的问题（园区数 {parks}，默认路径）",
        "en": "slowest questions (parks: {parks}, default path)",
    },
    "fast": {"zh": "默认", "en": "default"},
    "reference": {"zh": "参考", "en": "reference"},
    "times": {"zh": "倍数", "en": "times"},
    "growth": {"zh": "增长指数（默认路径）", "en": "exponent of growth (default path)"},
    "stopped": {"zh": "超过 {limit:.0f} 秒", "en": "over {limit:.0f} s"},
    "left out": {"zh": "略去", "en": "left out"},
    "failed": {"zh": "失败", "en": "failed"},
}


def to_markdown(report: Report, lang: str) -> str:
    """A table for each size (both engines side by side) and one of growth, in Markdown."""
    words = {name: word[lang] for name, word in _WORDS.items()}
    parts = []
    for parks in report.sizes():
        title = words["parks"].format(parks=parks, triples=report.triples(parks))
        header = [
            words["stage"],
            f"{words['fast']} s",
            "MiB",
            f"{words['reference']} s",
            "MiB",
            words["times"],
        ]
        parts.append(f"### {title}\n\n" + _table(header, _size_rows(report, parks, words)))
    slowest = _slowest(report, 10)
    if slowest:
        title = words["slowest"].format(parks=report.sizes()[-1])
        parts.append(f"### {title}\n\n" + _table([words["stage"], "s", words["growth"]], slowest))
    steps = [stage for stage in report.stages() if not stage.startswith("ask ")]
    growth = [[stage, f"{found:.2f}"] for stage in steps if (found := report.growth("fast", stage))]
    if growth:
        parts.append(f"### {words['growth']}\n\n" + _table([words["stage"], "x"], growth))
    told = report.machine
    where = f"{told['processor']}, {told['cores']} × CPU, {told['memory_mib'] // 1024} GiB, {told['system']}"
    parts.append(f"{where}, Python {told['python']}, parkgraph {told['parkgraph']}\n")
    return "\n".join(parts)


def _size_rows(report: Report, parks: int, words: dict[str, str]) -> list[list[str]]:
    def cells(found: Measurement | None) -> list[str]:
        if found is None:
            return ["", ""]
        if found.typical is None:
            return [words[found.outcome].format(limit=report.limit), str(found.peak_mib or "")]
        return [f"{found.typical:.3f}", str(found.peak_mib)]

    made = []
    for stage in [name for name in report.stages() if not name.startswith("ask ")] + ["questions"]:
        if stage == "questions":
            pair = [report.questions(parks, engine) for engine in ENGINES]
        else:
            pair = [report.find(parks, engine, stage) for engine in ENGINES]
        if any(pair):
            fast, reference = (each.typical if each else None for each in pair)
            times = f"{reference / max(fast, 1e-6):.1f}" if fast and reference else ""
            made.append([stage, *cells(pair[0]), *cells(pair[1]), times])
    return made


def _slowest(report: Report, count: int) -> list[list[str]]:
    """The questions that take the default path longest on the largest graph, with their growth."""
    largest = report.sizes()[-1]
    asked = [each for each in report.measurements if each.parks == largest and each.engine == "fast"]
    timed = [each for each in asked if each.stage.startswith("ask ") and each.typical is not None]
    timed.sort(key=lambda each: -(each.typical or 0))
    return [
        [each.stage, f"{each.typical:.3f}", f"{growth:.2f}" if growth else ""]
        for each in timed[:count]
        for growth in [report.growth("fast", each.stage)]
    ]


def _table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *body]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)

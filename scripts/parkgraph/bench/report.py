"""What was measured: the report as data, as JSON and CSV, as tables, and what follows from it."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from parkgraph.errors import Unreadable
from parkgraph.read.files import read_text

VERSION = 1
"""Of the report's form."""

ENGINES = ("fast", "reference")

COLD_ASK = "command ask"
"""A whole `parkgraph ask`, with the graph in the cache."""

BUILD = "command build"
"""A whole `parkgraph build`."""


@dataclass(frozen=True)
class Measurement:
    """One stage of one engine on one graph.

    seconds: of every run; none when it was not finished.  peak_mib: most memory of the process, and of those
    that it started, up to its end.  count: triples, findings or rows.  outcome: done, stopped (at the limit),
    failed, or left out (because a smaller graph was too much).  seconds of what was stopped are too few: a
    sum of stages in which the limit stands for the one that was stopped.  digest: of what was found, where
    engines must find the same.
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
        """All questions as one stage, the sum of their medians in each run; None when one has none."""
        names = [stage for stage in self.stages() if stage.startswith("ask ")]
        found = [self.find(parks, engine, name) for name in names]
        done = [each for each in found if each is not None and each.typical is not None]
        if not done or len(done) < len(names):
            return None
        total = sum(each.typical or 0 for each in done)
        runs = min(len(each.seconds) for each in done)
        peak = max(each.peak_mib for each in done)
        return Measurement(parks, done[0].triples, engine, "questions", [total] * runs, peak, len(done))

    def growth(self, engine: str, stage: str, least: int = 20_000, of: str = "time") -> float | None:
        """The exponent with which time (or count) grows with triples, between the smallest and the largest
        graph of at least `least` triples; None without two such."""
        points = [
            (found.triples, value)
            for found in self.measurements
            if found.engine == engine and found.stage == stage and found.triples >= least
            if (value := found.typical if of == "time" else found.count)
        ]
        if len(points) < 2:
            return None
        (small, before), (large, after) = min(points), max(points)
        return math.log(after / before) / math.log(large / small) if large > small else None


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

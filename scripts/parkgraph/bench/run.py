"""Measures every stage at several sizes, each run in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from parkgraph.ask.catalogue import catalogue
from parkgraph.bench.generate import generate
from parkgraph.bench.measure import GROUPS
from parkgraph.bench.processes import Memory, end_all
from parkgraph.bench.report import BUILD, COLD_ASK, Measurement, Report, machine, memory_mib
from parkgraph.errors import ParkgraphError, Usage
from parkgraph.messages import Text
from parkgraph.read.files import Root

Say = Callable[[Text], None]

KIB_PER_TRIPLE = 1.3
"""About what the default path holds in memory for each triple, all stages together."""

TRIPLES_PER_PARK = 5200
_FIRST_PARK = 13000
_QUESTION = "projects-serving-industry"

PARKS_PER_ERROR = 10
"""One error is planted for every so many parks where validation is measured."""

_GRACE = 2.0
"""How many times its limit a stage may take before its process is ended from outside."""


Plan = Mapping[str, Mapping[int, int]]
"""Engine → number of parks → how often it is run on them."""


_PATIENCE = 3
"""A command is left out when its stages alone take more than the limit divided by this."""


def run(
    root: Root,
    plan: Plan,
    *,
    limit: float = 600.0,
    ask_limit: float = 30.0,
    seed: int = 1,
    work: Path | None = None,
    say: Say = lambda text: None,
    keep: Callable[[Report], None] = lambda report: None,
) -> Report:
    """The report of what `plan` says, small graphs first.

    limit, ask_limit: seconds that a stage and a question may take.  work: an existing folder for the
    generated graphs, which stay there; without it they go when done.  keep: is given the report as far as it
    has come, whenever an engine is done with a size.  A stage that an engine could not finish at one size is
    left out at the larger ones, and so is a size that does not fit into memory.
    Raises Usage for sizes, runs or a limit that are not positive, Unreadable for a bad file.
    """
    sizes = sorted({parks for runs in plan.values() for parks in runs})
    most = max((times for runs in plan.values() for times in runs.values()), default=0)
    if not sizes or sizes[0] < 1 or most < 1 or min(limit, ask_limit) <= 0:
        raise Usage({"en": "parks, runs and limit must be positive", "zh": "园区数、次数和时限须为正数"})
    catalogue(root)  # a question that cannot be read is better said now than in the middle
    report = Report([], machine(), seed, most, limit, ask_limit)
    with tempfile.TemporaryDirectory(prefix="parkgraph-bench-") as scratch:
        hopeless: dict[str, set[str]] = {engine: set() for engine in plan}
        for parks in sizes:
            if not _fits(parks, say):
                break
            graph = partial(_graph, root, work or Path(scratch), parks, seed, say)
            for engine, runs in plan.items():
                if not runs.get(parks):
                    continue
                found = _measure(graph, parks, engine, runs[parks], report, hopeless[engine], say)
                hopeless[engine] |= {each.stage for each in found if each.outcome != "done"}
                found += _commands(graph(errors=0), parks, engine, runs[parks], report, found, say)
                report.measurements.extend(found)
                keep(report)
    return report


def _graph(root: Root, work: Path, parks: int, seed: int, say: Say, *, errors: int) -> Root:
    """The graph of so many parks, generated when it is not there yet."""
    folder = work / (f"parks-{parks}-seed-{seed}" + (f"-errors-{errors}" if errors else ""))
    if not folder.exists():
        say({"en": f"generating {parks} parks", "zh": f"生成 {parks} 个园区"})
        generate(root, folder, parks=parks, seed=seed, errors=errors)
    return Root(folder)


def _fits(parks: int, say: Say) -> bool:
    triples = _FIRST_PARK + TRIPLES_PER_PARK * (parks - 1)
    needed, there = int(triples * KIB_PER_TRIPLE / 1024), memory_mib()
    if not there or needed < 0.9 * there:
        return True
    say({
        "en": f"{parks} parks need about {needed} MiB of memory and there are {there}: left out; a graph of "
              "that size belongs in a store on disk (parkgraph load)",
        "zh": f"{parks} 个园区约需内存 {needed} MiB，现有 {there} MiB，故略去；这样大的图谱应放入磁盘上的"
              "存储（parkgraph load）",
    })  # fmt: skip
    return False


def _measure(
    graph: Callable[..., Root],
    parks: int,
    engine: str,
    runs: int,
    report: Report,
    hopeless: set[str],
    say: Say,
) -> list[Measurement]:
    found = {stage: Measurement(parks, 0, engine, stage, outcome="left out") for stage in sorted(hopeless)}
    left_out, triples = set(hopeless), 0
    for number in range(1, runs + 1):
        say(
            {
                "en": f"{parks} parks, {engine}, run {number}",
                "zh": f"{parks} 个园区，{engine}，第 {number} 次",
            }
        )
        for group in GROUPS:
            told_of: set[str] = set()
            root = graph(errors=parks // PARKS_PER_ERROR if group[0] == "validate" else 0)
            for told in _group(root, engine, report, group[0], left_out):
                stage = told["stage"]
                if stage in told_of:
                    continue  # done once more, for the sake of what comes after it
                told_of.add(stage)
                if stage == "parse" and "count" in told:
                    triples = told["count"]
                old = found.get(stage) or Measurement(parks, 0, engine, stage)
                found[stage] = _added(old, told)
        left_out |= {each.stage for each in found.values() if each.outcome != "done"}
    return [replace(each, triples=triples) for each in found.values()]


def _group(
    root: Root, engine: str, report: Report, group: str, left_out: set[str]
) -> Iterator[dict[str, Any]]:
    """What processes tell of a group's stages; after one had to be ended, the next goes on without its stage.

    A stage may be told of more than once.
    """
    without = set(left_out)
    while group not in without:
        ended = None
        for told in _worker(root, engine, report, group, without):
            yield told
            if "ended" in told:
                ended = told["stage"]
        if ended is None:
            return
        without.add(ended)


def _commands(
    root: Root,
    parks: int,
    engine: str,
    runs: int,
    report: Report,
    found: Sequence[Measurement],
    say: Say,
) -> list[Measurement]:
    """Whole commands, from start to exit: measured on the default path, unless its stages alone take too
    long; of the reference, which has none, the sum of the stages that they consist of."""
    triples = max((each.triples for each in found), default=0)
    empty = Measurement(parks, triples, engine, "")
    sums = {name: _sum(found, parts, report) for name, parts in _parts(found).items()}
    if engine == "reference":
        return [
            replace(empty, stage=name, seconds=[total], outcome=outcome)
            for name, (total, outcome) in sums.items()
        ]
    say({"en": f"{parks} parks, whole commands", "zh": f"{parks} 个园区，整条命令"})
    made = []
    with tempfile.TemporaryDirectory(prefix="parkgraph-bench-") as scratch:
        for name, args, warm in (
            (COLD_ASK, ["ask", _QUESTION, "--format", "tsv"], True),
            (BUILD, ["build", "--output", str(Path(scratch) / "dist")], False),
        ):
            one = replace(empty, stage=name)
            if sums[name][0] * _PATIENCE > report.limit:
                made.append(replace(one, outcome="left out"))
            else:
                made.append(_timed(root, Path(scratch), runs, report.limit, args, one, warm=warm))
    return made


def _parts(found: Sequence[Measurement]) -> dict[str, list[str]]:
    questions = [each.stage for each in found if each.stage.startswith("ask ")]
    return {
        COLD_ASK: ["parse", "closure", f"ask {_QUESTION}"],
        BUILD: ["parse", "validate", "closure", "export", *questions, *questions],  # zh and en
    }


def _sum(found: Sequence[Measurement], parts: Sequence[str], report: Report) -> tuple[float, str]:
    """The seconds of all parts and the outcome; of a part that was stopped its limit counts, so that the sum
    is less than the truth."""
    by_name = {each.stage: each for each in found}
    total, outcome = 0.0, "done"
    for part in parts:
        one = by_name.get(part)
        if one is not None and one.typical is not None:
            total += one.typical
        else:
            outcome = "stopped"
            if one is not None and one.outcome == "stopped":
                total += report.ask_limit if part.startswith("ask ") else report.limit
    return total, outcome


def _timed(
    root: Root, scratch: Path, runs: int, limit: float, args: list[str], one: Measurement, *, warm: bool
) -> Measurement:
    """A command, run `runs` times.  warm: run it once before."""
    command = [sys.executable, "-m", "parkgraph", "--quiet", "--root", str(root.path), *args]
    environment = {**os.environ, "PARKGRAPH_CACHE": str(scratch / "cache")}
    for number in range(runs + warm):
        started = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, start_new_session=True
        )
        memory = Memory(process)
        memory.start()
        # A timer, because waiting with a time limit looks only every 50 ms.
        watch = threading.Timer(limit * _GRACE, end_all, [process])
        watch.start()
        try:
            code = process.wait()
            seconds = round(time.perf_counter() - started, 6)
        finally:
            watch.cancel()
            end_all(process)
        one = replace(one, peak_mib=max(one.peak_mib, memory.peak_mib))
        if code:
            return replace(one, seconds=[], outcome="stopped" if code < 0 else "failed")
        if number or not warm:
            one = replace(one, seconds=[*one.seconds, seconds])
    return one


def _added(old: Measurement, told: dict[str, Any]) -> Measurement:
    peak = max(old.peak_mib, told.get("peak_mib", 0))
    if "seconds" not in told:
        return replace(old, outcome="stopped" if told.get("stopped") else "failed", peak_mib=peak, seconds=[])
    seconds = [*old.seconds, told["seconds"]]
    return replace(old, seconds=seconds, peak_mib=peak, count=told["count"], digest=told.get("digest", ""))


def _worker(
    root: Root, engine: str, report: Report, group: str, left_out: set[str]
) -> Iterator[dict[str, Any]]:
    """What the process tells of each stage that it ends; a stage it does not survive is told as failed."""
    limits = [str(report.limit), str(report.ask_limit)]
    command = [sys.executable, "-m", "parkgraph.bench.measure", str(root.path), engine, *limits, group]
    command += sorted(left_out)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True)
    assert process.stdout is not None
    begun: str | None = None
    late = whole = False
    memory = Memory(process)

    def end() -> None:
        nonlocal late
        late = True
        end_all(process)

    watch = threading.Timer(report.limit * _GRACE, end)
    watch.start()
    memory.start()
    try:
        for line in process.stdout:
            told = json.loads(line)
            begun = told["stage"] if told.pop("begun", False) else None
            limit = report.ask_limit if (begun or "").startswith("ask ") else report.limit
            watch.cancel()
            watch = threading.Timer(limit * _GRACE, end)
            watch.start()
            if begun is None:
                told["peak_mib"] = max(told.get("peak_mib", 0), memory.peak_mib)
                yield told
        whole = True
    finally:
        watch.cancel()
        if not whole:
            end_all(process)
        process.stdout.close()
        process.wait()
    if begun is not None or late:
        yield {"stage": begun or group, "stopped": late, "ended": True}
    elif process.returncode:
        raise ParkgraphError(
            {"en": "the measuring process ended between two stages; the reason stands above",
             "zh": "测量进程在两个环节之间终止，原因见上"}
        )  # fmt: skip

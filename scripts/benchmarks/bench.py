"""Measures the stages of both paths, each run in a process of its own, and whole commands.

bench.py run [--parks 1,5] [--runs 3] [--reference-runs 1] [-o report.json]    prints the tables
bench.py page report.json        writes its tables into docs/benchmarks.md and its Chinese twin
bench.py compare OLD NEW         what NEW takes longer; ends with 1 when more than --factor
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from copies import generate
from parkgraph.read.files import Root, find_root
from report import BUILD, COLD_ASK, Measurement, Report, changes, read, tables, write
from stages import GROUPS

QUESTION = "projects-serving-industry"
PARKS_PER_ERROR = 10
"""One error is planted for every so many parks where validation is measured."""

COMMANDS = {
    COLD_ASK: (["ask", QUESTION, "--format", "tsv"], ["parse", "closure", f"ask {QUESTION}"]),
    BUILD: (
        ["build", "--output", "dist"],
        ["parse", "validate", "closure", "export", "questions", "questions"],
    ),
}
"""A whole command: its words, and the stages it consists of, whose sum stands for the reference path."""

_MARK = "<!-- measured -->\n"


def run(
    root: Root, plan: Mapping[str, Mapping[int, int]], limits: tuple[float, float], output: Path | None
) -> Report:
    """The report of a plan: engine → number of parks → runs.  limits: seconds of a stage, of a question.
    output: gets the report as far as it has come."""
    report = Report([], _machine(), *limits)
    hopeless: dict[str, set[str]] = {engine: set() for engine in plan}
    with tempfile.TemporaryDirectory() as scratch:
        for parks in sorted({parks for runs in plan.values() for parks in runs}):
            roots = {}
            for group, errors in zip(GROUPS, (parks // PARKS_PER_ERROR, 0), strict=True):
                roots[group] = Root(Path(scratch) / f"parks-{parks}-errors-{errors}")
                if not roots[group].path.exists():
                    generate(root, roots[group].path, parks, errors)
            for engine, runs in plan.items():
                if not runs.get(parks):
                    continue
                found: dict[str, Measurement] = {}
                for number in range(runs[parks]):
                    print(f"{parks} parks, {engine}, run {number + 1}", file=sys.stderr)
                    for group in GROUPS:
                        _group(roots[group], engine, report, group, hopeless[engine], found, parks)
                triples = found["parse"].count or 0 if "parse" in found else 0
                measured = [replace(one, triples=triples) for one in found.values()]
                report.measurements.extend(measured)
                for name in COMMANDS:
                    one = Measurement(parks, triples, engine, name)
                    total = _sum(report, parks, engine, name)
                    if engine == "fast" and total.typical and total.typical * 3 < report.limit:
                        total = _command(roots["parse"], runs[parks], report.limit, one)
                    report.measurements.append(total)
                if output:
                    write(report, output)
    return report


def _group(
    root: Root, engine: str, report: Report, group: str, hopeless: set[str],
    found: dict[str, Measurement], parks: int,
) -> None:  # fmt: skip
    """Adds a run of a group's stages to `found`; after one that had to be ended, the next goes on without."""
    for stage in sorted(hopeless):
        found.setdefault(stage, Measurement(parks, 0, engine, stage, outcome="left out"))
    told_of: set[str] = set()
    while group not in hopeless:
        ended = ""
        for told in _worker(root, engine, report, group, hopeless):
            stage = told["stage"]
            if "ended" in told:
                ended = stage
                hopeless.add(stage)
                found[stage] = Measurement(
                    parks, 0, engine, stage, [], told["peak_mib"], outcome=told["ended"]
                )
            elif stage not in told_of:
                told_of.add(stage)
                old = found.get(stage) or Measurement(parks, 0, engine, stage)
                seconds, peak = [*old.seconds, told["seconds"]], max(old.peak_mib, told["peak_mib"])
                found[stage] = replace(
                    old, seconds=seconds, peak_mib=peak, count=told["count"], digest=told["digest"]
                )
        if not ended:
            return


def _worker(
    root: Root, engine: str, report: Report, group: str, without: set[str]
) -> Iterator[dict[str, Any]]:
    """What the process tells of each stage that it ends, and of the one it was ended in."""
    command = [sys.executable, str(Path(__file__).with_name("stages.py")), str(root.path), engine, group]
    with tempfile.TemporaryDirectory() as cache:
        process = subprocess.Popen(
            [*command, *sorted(without)], stdout=subprocess.PIPE, encoding="utf-8", start_new_session=True,
            env={**os.environ, "PARKGRAPH_CACHE": cache},
        )  # fmt: skip
        assert process.stdout is not None
        begun, watch = "", threading.Timer(report.limit, _end, [process])
        watch.start()
        for line in process.stdout:
            watch.cancel()
            told = json.loads(line)
            begun = told["stage"] if "begun" in told else ""
            limit = report.ask_limit if begun.startswith("ask ") else report.limit
            watch = threading.Timer(limit, _end, [process])
            watch.start()
            if not begun:
                yield told
        late = not watch.is_alive()
        watch.cancel()
        code, peak, __ = _wait(process)
        if begun:
            yield {"stage": begun, "ended": "stopped" if late or code < 0 else "failed", "peak_mib": peak}
        elif code:
            raise SystemExit("the measuring process ended between two stages; the reason stands above")


def _wait(process: subprocess.Popen[Any]) -> tuple[int, int, float]:
    """Exit code, the most memory in MiB that it or one of its children held, and seconds of processors."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return process.returncode, used.ru_maxrss // 1024, used.ru_utime + used.ru_stime


def _end(process: subprocess.Popen[Any]) -> None:
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)


def _sum(report: Report, parks: int, engine: str, name: str) -> Measurement:
    """A command as the sum of its stages; of one that was stopped its limit counts, so it is less than the
    truth."""
    parts = [report.find(parks, engine, part) for part in COMMANDS[name][1]]
    total = sum(
        one.typical if one.typical is not None else report.limit if one.outcome == "stopped" else 0
        for one in parts if one
    )  # fmt: skip
    done = all(one and one.typical is not None for one in parts)
    outcome = "left out" if engine == "fast" else "done" if done else "stopped"
    seconds = [] if engine == "fast" and not done else [total]
    triples = max(one.triples for one in report.measurements if one.parks == parks)
    return Measurement(parks, triples, engine, name, seconds, outcome=outcome)


def _command(root: Root, runs: int, limit: float, one: Measurement) -> Measurement:
    """A whole command, after one run that does not count."""
    with tempfile.TemporaryDirectory() as scratch:
        for number in range(runs + 1):
            words = [*COMMANDS[one.stage][0], "--quiet", "--root", str(root.path)]
            process = subprocess.Popen(
                [sys.executable, "-m", "parkgraph", *words],
                env={**os.environ, "PARKGRAPH_CACHE": str(Path(scratch) / "cache")}, cwd=scratch,
                stdout=subprocess.DEVNULL, start_new_session=True,
            )  # fmt: skip
            watch = threading.Timer(limit, _end, [process])
            watch.start()
            code, peak, seconds = _wait(process)
            watch.cancel()
            one = replace(one, peak_mib=max(one.peak_mib, peak))
            if code:
                return replace(one, seconds=[], outcome="stopped" if code < 0 else "failed")
            if number:
                one = replace(one, seconds=[*one.seconds, round(seconds, 6)])
    return one


def _machine() -> dict[str, Any]:
    """What the measuring is done on and with."""
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    model = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    packages = ("parkgraph", "pyoxigraph", "nemo-python", "rdflib", "owlrl", "pyshacl")
    versions = {name: importlib.metadata.version(name) for name in packages}
    return {
        "CPU": f"{model} × {os.cpu_count()}", "GiB": memory, "load": round(os.getloadavg()[0], 2),
        platform.system(): platform.machine(), "Python": platform.python_version(), **versions,
    }  # fmt: skip


def page(report: Report, docs: Path) -> None:
    """Puts the tables into the page of the documentation, below its mark."""
    for lang, name in {"en": "benchmarks.md", "zh": "benchmarks.zh.md"}.items():
        head, mark, _ = (docs / name).read_text(encoding="utf-8").partition(_MARK)
        (docs / name).write_text(head + mark + "\n" + tables(report, lang), encoding="utf-8")


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    measure = commands.add_parser("run")
    measure.add_argument("--parks", type=_numbers, default=[1, 5])
    for name in ("--runs", "--reference-runs"):
        measure.add_argument(name, type=_numbers, default=[3], help="one number, or one for each of --parks")
    measure.add_argument("--limit", type=float, default=600.0, help="seconds of a stage")
    measure.add_argument("--ask-limit", type=float, default=30.0, help="seconds of a question")
    measure.add_argument("--root")
    measure.add_argument("-o", "--output", type=Path)
    show = commands.add_parser("page")
    show.add_argument("report", type=Path)
    show.add_argument("--docs", type=Path, default=Path("docs"))
    both = commands.add_parser("compare")
    both.add_argument("old", type=Path)
    both.add_argument("new", type=Path)
    both.add_argument("--factor", type=float, default=1.5)
    chosen = parser.parse_args()
    if chosen.command == "page":
        page(read(chosen.report), chosen.docs)
    elif chosen.command == "compare":
        found = changes(read(chosen.old), read(chosen.new), chosen.factor)
        print("\n".join("\t".join(cells) for cells, _ in found))
        return int(any(lost for _, lost in found))
    else:
        plan = {
            engine: dict(zip(chosen.parks, runs * (len(chosen.parks) if len(runs) == 1 else 1), strict=True))
            for engine, runs in (("fast", chosen.runs), ("reference", chosen.reference_runs))
        }
        print(
            tables(run(find_root(chosen.root), plan, (chosen.limit, chosen.ask_limit), chosen.output)), end=""
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())

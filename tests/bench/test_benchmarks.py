"""Benchmarks: copies of the park are valid; what is measured, and judged. Nothing here depends on time."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from copies import ERRORS, generate
from parkgraph.api import Graph
from parkgraph.names import SHAPES
from parkgraph.read.files import Root
from report import BARS, BUILD, COLD_ASK, Measurement, Report, Verdict, changes, read, tables, verdict, write

REPO = Path(__file__).resolve().parents[2]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.mark.slow
def test_copies_pass_the_whole_pipeline(parkgraph: Run, copies: Callable[..., Path], tmp_path: Path) -> None:
    done = parkgraph("build", "--root", copies(2), "--output", tmp_path / "dist")
    assert done.returncode == 0, done.stderr + done.stdout
    assert "0 warnings" in done.stderr + done.stdout


def test_a_copy_has_the_shape_of_the_real_park(real_root: Path, tmp_path: Path) -> None:
    count = "SELECT ?class (COUNT(?x) AS ?n) { ?x a ?class } GROUP BY ?class ORDER BY ?class"
    for folder in ("two", "again"):
        generate(Root(real_root), tmp_path / folder, parks=2)
    one, two = (
        {row[0]: int(row[1]) for row in Graph(Root(root)).query(count)}
        for root in (real_root, tmp_path / "two")
    )
    for kind in ("Park", "Enterprise", "Project", "Observation", "Passage", "Participation"):
        iri = f"https://w3id.org/parkgraph/ontology#{kind}"
        assert two[iri] == 2 * one[iri]
    names = [file.name for file in Root(tmp_path / "two").files()]
    assert all((tmp_path / "two" / n).read_bytes() == (tmp_path / "again" / n).read_bytes() for n in names)


def test_validation_finds_every_planted_error_and_nothing_else(copies: Callable[..., Path]) -> None:
    told = Graph(Root(copies(4, errors=3))).validate()
    assert len(told) == len(ERRORS)
    rules = {f.rule.removeprefix(SHAPES) for f in told}
    assert rules == {"LabelledShape", "Park-foundedYear", "Participation-role"}
    assert len({f.file for f in told}) == 3 and all("-park-" in f.file for f in told)


def _of(parks: int, engine: str, stage: str, *seconds: float, **more: Any) -> Measurement:
    triples = {1: 13_000, 5: 150_000, 500: 5_100_000}[parks]
    return Measurement(parks, triples, engine, stage, list(seconds), **more)


GOOD = Report(
    [
        _of(1, "fast", COLD_ASK, 0.3, 0.2, 0.1),
        _of(1, "reference", COLD_ASK, 12.0),
        _of(1, "fast", "closure", 0.1, count=5),
        _of(1, "fast", "validate", 0.2, count=7, digest="a"),
        _of(1, "fast", BUILD, 1.0),
        _of(5, "fast", "closure", 1.0),
        _of(5, "fast", "validate", 2.0),
        _of(5, "fast", "ask parks", 0.01, count=10),
        _of(5, "fast", "ask projects", 0.01),
        _of(1, "reference", "closure", 11.0, count=5),
        _of(1, "reference", "validate", 20.0, count=7, digest="a"),
        _of(1, "reference", BUILD, 55.0),
        _of(500, "fast", "closure", 40.0, peak_mib=9_000),
        _of(500, "fast", "validate", 70.0, peak_mib=11_000),
        _of(500, "fast", "ask parks", 0.3, count=340),
        _of(500, "fast", "ask projects", 0.4),
    ],
    {"CPU": "some × 2"},
    limit=600.0,
    ask_limit=30.0,
)


def _verdict(report: Report, kind: str, stage: str) -> Verdict:
    return next(verdict(report, *bar) for bar in BARS if bar[:2] == (kind, stage))


def _with(report: Report, changed: Measurement) -> Report:
    key = (changed.parks, changed.engine, changed.stage)
    kept = [changed if (one.parks, one.engine, one.stage) == key else one for one in report.measurements]
    return replace(report, measurements=kept)


def test_every_bar_is_met() -> None:
    assert {verdict(GOOD, *bar).outcome for bar in BARS} == {"met"}
    assert _verdict(GOOD, "ratio", "closure").value == pytest.approx(110)
    assert _verdict(GOOD, "seconds", COLD_ASK).value == 0.2  # the median
    assert _verdict(GOOD, "growth", "every question").note == "ask projects"
    assert _verdict(GOOD, "memory", "").value == 11_000
    assert {verdict(replace(GOOD, measurements=[]), *bar).outcome for bar in BARS} == {"not measured"}


@pytest.mark.parametrize(
    ("kind", "stage", "worse", "outcome"),
    [
        ("ratio", "closure", _of(1, "reference", "closure", 9.9, count=5), "missed"),
        ("ratio", "closure", _of(1, "reference", "closure", 11.0, count=6), "missed"),
        ("ratio", "validate", _of(1, "reference", "validate", 20.0, count=7, digest="b"), "missed"),
        ("seconds", COLD_ASK, _of(1, "fast", COLD_ASK, 0.26), "missed"),
        ("growth", "closure", _of(500, "fast", "closure", 200.0), "missed"),
        ("growth", "every question", _of(500, "fast", "ask parks", 1.9), "missed"),
        ("growth", "every question", _of(500, "fast", "ask parks", outcome="stopped"), "not measured"),
        ("growth", "validate", _of(500, "fast", "validate", outcome="stopped"), "not measured"),
        ("memory", "", _of(500, "fast", "closure", 95.0, peak_mib=12_289), "missed"),
        ("memory", "", _of(500, "fast", "closure", peak_mib=9_000, outcome="stopped"), "not measured"),
        # A reference that was stopped gives a lower bound, which may do.
        ("ratio", "closure", _of(1, "reference", "closure", outcome="stopped"), "met"),
        ("ratio", "closure", _of(1, "reference", "closure", 2.0, outcome="stopped"), "not measured"),
        ("ratio", "closure", _of(1, "reference", "closure", outcome="failed"), "not measured"),
    ],
)
def test_what_a_worse_measurement_says_of_its_bar(
    kind: str, stage: str, worse: Measurement, outcome: str
) -> None:
    assert _verdict(_with(GOOD, worse), kind, stage).outcome == outcome


def test_tables() -> None:
    stopped = _with(GOOD, _of(1, "reference", BUILD, 60.0, outcome="stopped"))
    text = tables(stopped)
    assert "| closure at least × faster | 100 | 110.00 | 13,000 | met |" in text
    assert "| command build | 1.000 |  | ≥ 60.000 |  | 60.0 |" in text
    assert "| ask parks | 0.96 | 1.00 |" in text
    assert "| closure 至少快几倍 | 100 | 110.00 | 13,000 | 达到 |" in tables(stopped, "zh")


def test_a_loss_is_more_than_noise() -> None:
    def lost(old: Report, new: Report) -> set[str]:
        return {cells[2] for cells, slower in changes(old, new, 1.5) if slower}

    assert lost(GOOD, GOOD) == set()
    assert lost(GOOD, _with(GOOD, _of(5, "fast", "closure", 1.6))) == {"closure"}
    assert lost(GOOD, _with(GOOD, _of(5, "fast", "closure", 1.4))) == set()
    assert lost(GOOD, _with(GOOD, _of(5, "fast", "ask parks", 0.03))) == set()
    assert lost(GOOD, _with(GOOD, _of(500, "fast", "ask parks", outcome="failed"))) == {"ask parks"}


def test_the_page_is_made_of_the_report(tmp_path: Path) -> None:
    report = read(REPO / "docs" / "benchmarks" / "report.json")
    for lang, name in {"en": "benchmarks.md", "zh": "benchmarks.zh.md"}.items():
        assert (REPO / "docs" / name).read_text(encoding="utf-8").endswith(f"\n\n{tables(report, lang)}")
    write(report, tmp_path / "again.json")
    assert read(tmp_path / "again.json") == report


QUESTION = (
    "#+ summary: {en: Which?, zh: 哪些？}\n"
    "#+ description: {en: Which?, zh: 哪些？}\n"
    "#+ columns: {project: {en: project, zh: 项目}}\n"
    "PREFIX park: <https://w3id.org/parkgraph/ontology#>\n"
    "SELECT ?project { ?project a park:Entity } ORDER BY ?project\n"
)


def test_every_stage_is_measured_on_both_paths(small_root: Callable[..., Path], tmp_path: Path) -> None:
    root = small_root({"queries/project/projects-serving-industry.rq": QUESTION})
    file = tmp_path / "report.json"
    script = str(REPO / "scripts" / "benchmarks" / "bench.py")
    options = ["--parks", "1", "--runs", "2", "--reference-runs", "1", "--root", str(root), "-o", str(file)]
    subprocess.run([sys.executable, script, "run", *options], check=True, capture_output=True)
    report = read(file)
    common = {"parse", "export", "closure", "validate", "ask projects-serving-industry", COLD_ASK}
    for engine, runs in (("fast", 2), ("reference", 1)):
        stages = {one.stage: one for one in report.measurements if one.engine == engine}
        assert common <= set(stages)
        assert {(len(stages[name].seconds), stages[name].outcome) for name in common} == {(runs, "done")}
        assert (stages["closure"].count, stages["validate"].count) == (4, 0)
        assert stages["ask projects-serving-industry"].count == 3
    assert json.loads(file.read_text(encoding="utf-8"))["limit"] == 600.0


def test_a_stage_beyond_its_limit_is_stopped_and_the_others_go_on(
    small_root: Callable[..., Path], tmp_path: Path
) -> None:
    import bench

    root = Root(small_root({"queries/project/projects-serving-industry.rq": QUESTION}))
    report = Report([], {}, limit=60.0, ask_limit=0.0)
    found: dict[str, Measurement] = {}
    bench._group(root, "fast", report, "parse", set(), found, 1)
    assert found["ask projects-serving-industry"].outcome == "stopped"
    assert {found[name].outcome for name in ("parse", "closure", "load")} == {"done"}

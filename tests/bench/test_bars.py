"""What a report says of each bar. Nothing here depends on how long anything takes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from parkgraph.bench.bars import BARS, Verdict, exponents, verdicts
from parkgraph.bench.report import BUILD, COLD_ASK, Measurement, Report
from parkgraph.bench.tables import to_markdown

SIZES = {1: 13_000, 10: 58_000, 100: 520_000, 1000: 5_200_000}
MACHINE = {
    "processor": "some", "cores": 2, "memory_mib": 24_000, "system": "Linux x86_64", "python": "3.11.9",
    "load_before": 0.1, "parkgraph": "0.1.0", "packages": {"rdflib": "7.6.0"},
}  # fmt: skip


def _of(parks: int, engine: str, stage: str, *seconds: float, **more: object) -> Measurement:
    return Measurement(parks, SIZES[parks], engine, stage, list(seconds), **more)  # type: ignore[arg-type]


GOOD = Report(
    [
        _of(1, "fast", COLD_ASK, 0.2),
        _of(1, "reference", COLD_ASK, 12.0),
        _of(10, "fast", "closure", 1.0, count=5),
        _of(10, "fast", "validate", 2.0, count=7, digest="a"),
        _of(10, "fast", BUILD, 10.0),
        _of(10, "fast", "ask parks", 0.01),
        _of(10, "fast", "ask projects", 0.01),
        _of(10, "reference", "closure", 90.0, count=5),
        _of(10, "reference", "validate", 120.0, count=7, digest="a"),
        _of(10, "reference", BUILD, 350.0),
        _of(1000, "fast", "closure", 95.0, peak_mib=9_000),
        _of(1000, "fast", "validate", 200.0, peak_mib=11_000),
        _of(1000, "fast", "ask parks", 0.5),
        _of(1000, "fast", "ask projects", 0.9),
    ],
    MACHINE,
    seed=1,
    runs=3,
    limit=600.0,
    ask_limit=30.0,
)


def _verdict(report: Report, kind: str, stage: str) -> Verdict:
    (found,) = (each for each in verdicts(report) if (each.bar.kind, each.bar.stage) == (kind, stage))
    return found


def _with(report: Report, *changed: Measurement) -> Report:
    keys = {(each.parks, each.engine, each.stage): each for each in changed}
    return replace(
        report,
        measurements=[keys.get((each.parks, each.engine, each.stage), each) for each in report.measurements],
    )


def test_every_bar_is_met() -> None:
    found = verdicts(GOOD)
    assert [each.bar for each in found] == list(BARS)
    assert {each.outcome for each in found} == {"met"}
    assert _verdict(GOOD, "ratio", "closure").value == pytest.approx(90)
    assert _verdict(GOOD, "ratio", COLD_ASK).sizes == (13_000,)
    growth = _verdict(GOOD, "growth", "questions")
    assert growth.worst == "ask projects" and growth.sizes == (58_000, 5_200_000)
    assert growth.value == pytest.approx(1.0007, abs=0.001)
    assert _verdict(GOOD, "mib", "").value == 11_000


@pytest.mark.parametrize(
    ("kind", "stage", "worse"),
    [
        ("ratio", "closure", _of(10, "reference", "closure", 79.0, count=5)),
        ("ratio", "closure", _of(10, "reference", "closure", 90.0, count=6)),
        ("ratio", "validate", _of(10, "reference", "validate", 120.0, count=7, digest="b")),
        ("ratio", BUILD, _of(10, "fast", BUILD, 12.0)),
        ("ratio", COLD_ASK, _of(1, "reference", COLD_ASK, 7.9)),
        ("seconds", COLD_ASK, _of(1, "fast", COLD_ASK, 0.26)),
        ("growth", "closure", _of(1000, "fast", "closure", 200.0)),
        ("growth", "questions", _of(1000, "fast", "ask parks", 1.9)),
        ("mib", "", _of(1000, "fast", "closure", 95.0, peak_mib=12_289)),
    ],
)
def test_a_bar_is_missed(kind: str, stage: str, worse: Measurement) -> None:
    report = _with(GOOD, worse)
    assert _verdict(report, kind, stage).outcome == "missed"
    assert [each.outcome for each in verdicts(report)].count("met") == len(BARS) - 1


def test_a_stopped_reference_gives_a_lower_bound() -> None:
    stopped = _of(10, "reference", "closure", outcome="stopped")
    found = _verdict(_with(GOOD, stopped), "ratio", "closure")
    assert found.least and found.value == 600 and found.outcome == "met"
    slower = _with(GOOD, stopped, _of(10, "fast", "closure", 10.0))
    assert _verdict(slower, "ratio", "closure").outcome == "not measured"
    partly = _with(GOOD, _of(10, "reference", BUILD, 400.0, outcome="stopped"))
    found = _verdict(partly, "ratio", BUILD)
    assert found.least and found.value == 40 and found.outcome == "met"
    assert "| command build | 10.000 | 1 |  | ≥ 400.000 | 1 |  | ≥ 40.0 |" in to_markdown(partly, "en")
    failed = _with(GOOD, _of(10, "reference", "closure", outcome="failed"))
    assert _verdict(failed, "ratio", "closure").outcome == "not measured"


def test_a_question_without_answer_on_the_largest_graph_leaves_growth_open() -> None:
    found = _verdict(_with(GOOD, _of(1000, "fast", "ask parks", outcome="stopped")), "growth", "questions")
    assert found.outcome == "not measured" and found.worst == "ask parks"


def test_sizes_that_no_bar_speaks_of_tell_nothing() -> None:
    only = [replace(each, triples=700_000) for each in GOOD.measurements if each.parks == 10]
    assert {each.outcome for each in verdicts(replace(GOOD, measurements=only))} == {"not measured"}
    assert {each.outcome for each in verdicts(replace(GOOD, measurements=[]))} == {"not measured"}


def test_growth_of_every_stage_and_of_its_result() -> None:
    assert set(exponents(GOOD)) == {"closure", "validate", "ask parks", "ask projects"}
    more = _with(
        GOOD, _of(10, "fast", "ask parks", 0.01, count=10), _of(1000, "fast", "ask parks", 5.0, count=1000)
    )
    text = to_markdown(more, "en")
    assert "From 58,000 to 5,200,000 triples" in text
    assert "| ask parks | 0.010 | 5.000 | 1.38 | 1.02 | over 1.15 |" in text


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "| closure: at least 80 times faster | 90 | 58,000 | met |"),
        ("zh", "| closure：至少快 80 倍 | 90 | 58,000 | 达到 |"),
    ],
)
def test_the_bars_stand_first(lang: str, line: str) -> None:
    text = to_markdown(GOOD, lang)
    assert line in text
    assert text.index(line) < text.index("13,000 ")


def test_a_stage_that_was_stopped_on_the_largest_graph_has_no_growth() -> None:
    stopped = _with(GOOD, _of(1000, "fast", "validate", outcome="stopped"))
    between = [*stopped.measurements, _of(100, "fast", "validate", 20.0)]
    report = replace(stopped, measurements=between)
    assert "validate" not in exponents(report)
    assert _verdict(report, "growth", "validate").outcome == "not measured"
    assert _verdict(report, "mib", "").outcome == "not measured"  # who knows what it would have held

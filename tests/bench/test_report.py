"""Reports: written and read back, compared, drawn. Nothing here depends on how long anything takes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from parkgraph.bench.compare import changes
from parkgraph.bench.picture import draw
from parkgraph.bench.report import COLUMNS, Measurement, Report, read_report, to_csv, to_json
from parkgraph.bench.tables import to_markdown
from parkgraph.errors import Unreadable
from parkgraph.read.files import Root

Run = Callable[..., subprocess.CompletedProcess[str]]

MACHINE = {
    "processor": "some <fast> one", "cores": 2, "memory_mib": 24_000, "system": "Linux x86_64",
    "python": "3.11.9", "load_before": 0.1, "parkgraph": "0.1.0", "packages": {"rdflib": "7.6.0"},
}  # fmt: skip


def _stage(parks: int, engine: str, stage: str, *seconds: float, outcome: str = "done") -> Measurement:
    return Measurement(parks, parks * 10_000, engine, stage, list(seconds), 100, 7, outcome)


REPORT = Report(
    [
        _stage(10, "fast", "closure", 0.3, 0.1, 0.2),
        _stage(10, "fast", "ask parks", 0.01),
        _stage(10, "fast", "ask projects", 0.03),
        _stage(10, "reference", "closure", 20.0),
        _stage(10, "reference", "ask parks", 1.0),
        _stage(10, "reference", "ask projects", 3.0),
        _stage(100, "fast", "closure", 4.0),
        _stage(100, "fast", "ask parks", 0.1),
        _stage(100, "fast", "ask projects", 0.9),
        _stage(100, "reference", "closure", outcome="stopped"),
        _stage(100, "reference", "ask parks", 11.0),
        _stage(100, "reference", "ask projects", outcome="left out"),
    ],
    MACHINE,
    seed=1,
    runs=3,
    limit=600.0,
    ask_limit=30.0,
)


def test_the_median_counts() -> None:
    found = REPORT.find(10, "fast", "closure")
    assert found is not None and found.typical == 0.2


def test_growth_is_the_exponent_between_smallest_and_largest() -> None:
    assert REPORT.growth("fast", "ask parks") == pytest.approx(1.0)
    closure = REPORT.growth("fast", "closure")
    assert closure == pytest.approx(1.301, abs=0.001)
    assert REPORT.growth("reference", "closure") is None
    assert REPORT.growth("fast", "closure", least=500_000) is None


def test_all_questions_together() -> None:
    fast = REPORT.questions(10, "fast")
    assert fast is not None and fast.typical == pytest.approx(0.04) and fast.count == 2
    assert REPORT.questions(100, "reference") is None


def test_json_reads_back_the_same(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(to_json(REPORT), encoding="utf-8")
    assert read_report(file) == REPORT


@pytest.mark.parametrize("text", ["{", "[]", "{}", '{"version": 99}', '{"version": 1, "measurements": [{}]}'])
def test_what_is_no_report_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "report.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Unreadable):
        read_report(file)


def test_csv_has_a_line_for_each_measurement() -> None:
    header, *lines = csv.reader(io.StringIO(to_csv(REPORT)))
    assert tuple(header) == COLUMNS
    assert len(lines) == len(REPORT.measurements)
    assert lines[0] == ["10", "100000", "fast", "closure", "done", "0.2000", "3", "100", "7"]
    stopped = lines[9]
    assert stopped[4] == "stopped" and stopped[5] == ""


def test_markdown_sets_both_engines_side_by_side() -> None:
    text = to_markdown(REPORT, "en")
    assert "### parks: 10 (100,000 triples)" in text
    assert "| closure | 0.200 | 3 | 100 | 20.000 | 1 | 100 | 100.0 |" in text
    assert "| questions | 0.040 | 1 | 100 | 4.000 | 1 | 100 | 100.0 |" in text
    assert "stopped at 600 s" in text
    assert "2 × CPU" in text
    assert "超过 600 秒，已停止" in to_markdown(REPORT, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_picture_is_well_formed_and_has_a_line_for_each_stage(lang: str) -> None:
    tree = ET.fromstring(draw(REPORT, lang))
    lines = tree.findall("{http://www.w3.org/2000/svg}polyline")
    # closure and all questions: fast at both sizes, reference where it came to an end
    assert sorted(len(line.attrib["points"].split()) for line in lines) == [1, 1, 2, 2]
    assert sum("stroke-dasharray" in line.attrib for line in lines) == 2


def test_a_picture_of_nothing_is_still_one() -> None:
    ET.fromstring(draw(replace(REPORT, measurements=[]), "en"))


def _slower(stage: str, by: float) -> Report:
    measurements = [
        replace(each, seconds=[by * seconds for seconds in each.seconds]) if each.stage == stage else each
        for each in REPORT.measurements
    ]
    return replace(REPORT, measurements=measurements)


def test_equal_reports_show_no_loss() -> None:
    found = list(changes(REPORT, REPORT))
    assert len(found) == len(REPORT.measurements)
    assert not any(change.is_loss(1.5) for change in found)
    assert {change.ratio for change in found} == {1.0, None}


def test_a_loss_beyond_the_factor_is_seen_and_a_small_one_is_not() -> None:
    assert {(c.parks, c.engine) for c in changes(REPORT, _slower("closure", 2.0)) if c.is_loss(1.5)} == {
        (10, "fast"), (10, "reference"), (100, "fast"),
    }  # fmt: skip
    assert not any(change.is_loss(1.5) for change in changes(REPORT, _slower("closure", 1.4)))
    # 0.01 s → 0.03 s is noise; 0.1 s → 0.3 s is not
    lost = [change for change in changes(REPORT, _slower("ask parks", 3.0)) if change.is_loss(1.5)]
    assert {(change.parks, change.engine) for change in lost} == {
        (100, "fast"), (10, "reference"), (100, "reference"),
    }  # fmt: skip


def test_a_stage_that_no_longer_ends_is_a_loss() -> None:
    new = replace(REPORT, measurements=[_stage(10, "fast", "closure", outcome="failed")])
    (change,) = changes(REPORT, new)
    assert change.is_loss(100.0)
    (change,) = changes(new, REPORT)
    assert not change.is_loss(1.0)


def test_the_command_compares_with_exit_codes(parkgraph: Run, tmp_path: Path) -> None:
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    old.write_text(to_json(REPORT), encoding="utf-8")
    new.write_text(to_json(_slower("closure", 2.0)), encoding="utf-8")
    assert parkgraph("bench", "compare", old, old).returncode == 0
    done = parkgraph("bench", "compare", old, new)
    assert done.returncode == 1
    assert "10\tfast\tclosure\t0.200\t0.400\t2.00\tslower" in done.stdout
    assert "ask parks\t0.010\t0.010\t1.00\n" in done.stdout
    assert parkgraph("bench", "compare", old, new, "--factor", "2.5").returncode == 0
    assert parkgraph("bench", "compare", old, new, "--factor", "0.5").returncode == 2
    assert parkgraph("bench", "compare", old, tmp_path / "none.json").returncode == 3


def test_the_command_writes_a_report_in_other_formats(parkgraph: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    report.write_text(to_json(REPORT), encoding="utf-8")
    assert parkgraph("bench", "show", report).stdout == to_markdown(REPORT, "en")
    assert parkgraph("bench", "show", report, "-f", "csv").stdout == to_csv(REPORT).replace("\r\n", "\n")
    picture = tmp_path / "report.svg"
    assert parkgraph("bench", "show", report, "-o", picture, "--lang", "zh").returncode == 0
    assert picture.read_text(encoding="utf-8") == draw(REPORT, "zh")
    assert parkgraph("bench", "show", report, "-o", tmp_path / "report.doc").returncode == 2


def test_run_measures_every_stage_on_both_paths(
    parkgraph: Run, small_root: Callable[..., Path], tmp_path: Path
) -> None:
    question = (
        "#+ id: projects-serving-industry\n#+ summary: {en: Which?, zh: 哪些？}\n"
        "#+ description: {en: Which?, zh: 哪些？}\n#+ entailment: rl\n"
        "#+ columns: {project: {en: project, zh: 项目}}\n"
        "PREFIX park: <https://w3id.org/parkgraph/ontology#>\n"
        "SELECT ?project { ?project a park:Entity } ORDER BY ?project\n"
    )
    root = small_root({"queries/project/projects-serving-industry.rq": question})
    file = tmp_path / "report.json"
    done = parkgraph(
        "bench", "run", "--parks", "1", "--runs", "2", "--root", root, "-o", file, "--limit", "60"
    )
    assert done.returncode == 0, done.stderr
    report = read_report(file)
    assert report.runs == 2 and report.machine["cores"] >= 1
    common = {"parse", "export", "closure", "validate", "ask projects-serving-industry"}
    for engine in ("fast", "reference"):
        stages = {each.stage: each for each in report.measurements if each.engine == engine}
        assert common <= set(stages)
        assert all(len(stages[name].seconds) == 2 for name in common), stages
        assert all(stages[name].outcome == "done" for name in common)
        assert stages["closure"].count == 4
        assert stages["ask projects-serving-industry"].count == 3
        assert stages["validate"].count == 0
        assert len(stages["command ask"].seconds) == (2 if engine == "fast" else 1)
    assert {each.triples for each in report.measurements} == {report.find(1, "fast", "parse").count}  # type: ignore[union-attr]
    assert json.loads(file.read_text(encoding="utf-8"))["version"] == 1


def test_a_stage_that_takes_too_long_is_stopped_and_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from parkgraph.bench.measure import Meter

    def forever() -> int:
        while True:
            pass

    meter = Meter(limit=0.2)
    assert meter.stage("closure", forever, int) is None
    assert meter.stage("load", lambda: 5, int) == 5
    begun, stopped, _, ended = map(json.loads, capsys.readouterr().out.splitlines())
    assert begun == {"stage": "closure", "begun": True}
    assert stopped["stopped"] is True and stopped["stage"] == "closure"
    assert ended["count"] == 5 and ended["seconds"] >= 0


def test_a_process_that_had_to_be_ended_goes_on_without_that_stage(monkeypatch: pytest.MonkeyPatch) -> None:
    from parkgraph.bench import run

    told = {
        frozenset(): [{"stage": "parse"}, {"stage": "ask a", "stopped": True, "ended": True}],
        frozenset({"ask a"}): [{"stage": "parse"}, {"stage": "ask b", "stopped": False, "ended": True}],
        frozenset({"ask a", "ask b"}): [{"stage": "parse"}, {"stage": "ask c"}],
    }
    monkeypatch.setattr(run, "_worker", lambda *args: iter(told[frozenset(args[-1])]))
    left_out: set[str] = set()
    found = list(run._group(Root(Path()), "fast", REPORT, "parse", left_out))
    assert [each["stage"] for each in found] == ["parse", "ask a", "parse", "ask b", "parse", "ask c"]
    assert left_out == set()
    monkeypatch.setattr(
        run, "_worker", lambda *args: iter([{"stage": "parse", "stopped": True, "ended": True}])
    )
    assert [each["stage"] for each in run._group(Root(Path()), "fast", REPORT, "parse", set())] == ["parse"]


def test_a_process_is_ended_when_a_stage_never_comes_back(
    small_root: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    from parkgraph.bench import run

    # Ended from outside before it can even begin: what a compiled library that never returns looks like.
    monkeypatch.setattr(run, "_GRACE", 0.0)
    found = list(run._worker(Root(small_root()), "fast", REPORT, "parse", set()))
    assert found[-1]["stopped"] and found[-1]["ended"]


def test_what_cannot_be_measured_is_refused(parkgraph: Run, tmp_path: Path) -> None:
    for wrong in (["--parks", "0"], ["--parks", "x"], ["--parks", "1", "--runs", "0"], ["--limit", "0"]):
        assert parkgraph("bench", "run", *wrong).returncode == 2, wrong
    assert parkgraph("bench", "run", "--work", tmp_path / "none").returncode == 2


def test_a_bad_question_is_said_before_anything_is_measured(
    parkgraph: Run, small_root: Callable[..., Path]
) -> None:
    root = small_root({"queries/project/bad.rq": "#+ id: bad\nSELECT * { ?s ?p ?o }\n"})
    done = parkgraph("bench", "run", "--parks", "1", "--root", root)
    assert done.returncode == 3
    assert "bad.rq" in done.stderr and "Traceback" not in done.stderr


def test_a_graph_that_does_not_fit_is_left_out_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    from parkgraph.bench import run

    monkeypatch.setattr(run, "memory_mib", lambda: 1000)
    said: list[object] = []
    assert run._fits(10, said.append)
    assert said == []
    assert not run._fits(1000, said.append)
    assert "parkgraph load" in str(said[0])

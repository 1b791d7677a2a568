"""`parkgraph lint`: the real graph is clean, slips are found where they are."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.lint import lint
from parkgraph.read.files import Root

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def slipped(real_root: Path, tmp_path: Path) -> Path:
    """The real graph with one slip in the ontology, one in a question, one in the data."""
    root = tmp_path / "slipped"
    shutil.copytree(real_root, root)
    _change(
        root / "ontology/china.ttl",
        "park:TalentProgramme a owl:Class ;",
        "park:talentProgramme a owl:Class ;",
    )
    question = next((root / "queries").glob("talent/*.rq"))
    _change(question, "park:", "park:no", count=-1)
    _change(root / "kg/talent.ttl", "park:platformKind", "park:platfromKind", count=1)
    return root


def _change(file: Path, old: str, new: str, count: int = -1) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, count), encoding="utf-8")


def test_the_real_graph_has_no_findings(real_root: Path) -> None:
    assert [
        f"{found.file}:{found.line} {found.rule} {found.focus}" for found in lint(Root(real_root)).findings
    ] == []


def test_slips_are_found(slipped: Path, parkgraph: Run) -> None:
    done = parkgraph("lint", "--root", slipped, "--format", "json")
    assert done.returncode == 1
    told = {
        (finding["rule"].rpartition("#")[2], Path(finding["file"]).relative_to(slipped).as_posix())
        for finding in json.loads(done.stdout)["findings"]
    }
    assert ("class-name", "ontology/china.ttl") in told
    assert ("undeclared-term", "ontology/ontology.ttl") in told
    assert any(
        rule == "unknown-term-in-question" and file.startswith("queries/talent/") for rule, file in told
    )


BROKEN = {
    ("PREFIX park:", "PREFIX pakr:"): "unknown prefix park:",
    ("ORDER BY", "ORDRE BY"): "no ORDER BY",
    ("summary:", "sumary:"): "unknown key: sumary",
    ("WHERE {", "WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"): "SERVICE is refused",
}


def test_a_question_that_cannot_be_read_is_a_finding_at_its_place(real_root: Path, tmp_path: Path) -> None:
    root = tmp_path / "graph"
    shutil.copytree(real_root, root)
    good = root / "queries/project/projects-serving-industry.rq"
    text = good.read_text(encoding="utf-8")
    for number, (old, new) in enumerate(BROKEN):
        assert old in text
        good.with_name(f"bad-{number}.rq").write_text(text.replace(old, new), encoding="utf-8")
    found = lint(Root(root)).findings
    assert len(found) == len(BROKEN)
    for number, (finding, says) in enumerate(zip(found, BROKEN.values(), strict=True)):
        assert (finding.rule, finding.severity) == ("lint/broken-question", "violation")
        assert finding.file and finding.file.endswith(f"bad-{number}.rq") and finding.line
        assert says in finding.messages["en"] and finding.messages["zh"] != finding.messages["en"]


BROKEN_SHAPES = """
shapes:Slip a sh:NodeShape ; sh:targetClass park:Project ; sh:property shapes:slip ;
    sh:sparql shapes:slip-query .
shapes:slip a sh:PropertyShape ; sh:path park:date ; sh:minCount "1" ; sh:message "错。"@zh , "Wrong."@en .
shapes:slip-query a sh:SPARQLConstraint ; sh:prefixes <https://w3id.org/parkgraph/ontology> ;
    sh:message "错。"@zh , "Wrong."@en ;
    sh:select """
BROKEN_SHAPES += '"""SELECT $this WHERE {\n    $this park:dat ?x ;\n        nope:x ?y }""" .\n'


def test_slips_in_shapes_are_found_where_they_stand(real_root: Path, tmp_path: Path, parkgraph: Run) -> None:
    root = tmp_path / "graph"
    shutil.copytree(real_root, root)
    file = root / "ontology/shapes/project.ttl"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + BROKEN_SHAPES, encoding="utf-8")
    done = parkgraph("lint", "--root", root, "--format", "json")
    assert done.returncode == 1
    first = text.count("\n") + 1
    assert {
        (finding["rule"].rpartition("#")[2], finding["line"] - first, finding["column"])
        for finding in json.loads(done.stdout)["findings"]
    } == {
        ("shapes/bad-value", 3, 54),
        ("unknown-term-in-constraint", 7, 11),
        ("prefix-without-declaration", 8, 9),
    }


def test_an_exception_that_became_needless_blocks_nobody(
    real_root: Path, tmp_path: Path, parkgraph: Run
) -> None:
    """The next park's article may name the period that a rate compares with: no reason for lint to fail."""
    root = tmp_path / "graph"
    shutil.copytree(real_root, root)
    (root / "kg/next-park.ttl").write_text(
        "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n"
        "<https://w3id.org/parkgraph/id/observation/next-park-growth>\n"
        "    park:comparedWith <https://w3id.org/parkgraph/id/period/2016> .\n",
        encoding="utf-8",
    )
    done = parkgraph("lint", "--root", root, "--format", "json")
    assert done.returncode == 0, done.stdout + done.stderr
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["severity"], finding["rule"].rpartition("#")[2]) == ("info", "stale-exception")
    assert parkgraph("lint", "--root", root, "--fail-on", "info").returncode == 1


def test_usage(small_root: Callable[..., Path], parkgraph: Run) -> None:
    root = small_root()
    done = parkgraph("lint", "--root", root, "--lang", "zh")
    assert done.returncode == 3
    assert "ontology/shapes/lint" in done.stderr
    assert parkgraph("lint", "--root", root, "--engine", "magic").returncode == 2
    assert parkgraph("lint", "--root", root, "--format", "magic").returncode == 2

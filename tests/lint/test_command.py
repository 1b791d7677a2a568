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
        root / "ontology/talent.ttl",
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
    assert ("class-name", "ontology/talent.ttl") in told
    assert ("undeclared-term", "ontology/ontology.ttl") in told
    assert any(
        rule == "unknown-term-in-question" and file.startswith("queries/talent/") for rule, file in told
    )


def test_usage(small_root: Callable[..., Path], parkgraph: Run) -> None:
    root = small_root()
    done = parkgraph("lint", "--root", root, "--lang", "zh")
    assert done.returncode == 3
    assert "ontology/shapes/lint" in done.stderr
    assert parkgraph("lint", "--root", root, "--engine", "magic").returncode == 2
    assert parkgraph("lint", "--root", root, "--format", "magic").returncode == 2
    listed = parkgraph("lint", "--checks", "--lang", "zh")
    assert listed.returncode == 0 and "### `missing-label-zh`" in listed.stdout

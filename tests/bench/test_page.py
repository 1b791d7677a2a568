"""The page of the documentation is what the command makes of the committed report."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.bench.page import REPORT

Run = Callable[..., subprocess.CompletedProcess[str]]


def test_page_pictures_and_table_are_made_from_the_report(parkgraph: Run, repo: Path, tmp_path: Path) -> None:
    docs = repo / "docs"
    done = parkgraph("bench", "show", docs / REPORT, "--pages", tmp_path)
    assert done.returncode == 0, done.stderr
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert {Path("benchmarks.md"), Path("benchmarks.zh.md"), Path(REPORT)} <= made
    assert {path.relative_to(docs) for path in (docs / "benchmarks").iterdir()} <= made
    for name in made:
        assert (docs / name).read_bytes() == (tmp_path / name).read_bytes(), name


def test_a_folder_that_cannot_be_written_is_said(parkgraph: Run, repo: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = parkgraph("bench", "show", repo / "docs" / REPORT, "--pages", tmp_path / "file")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("page", ["benchmarks.md", "benchmarks.zh.md"])
def test_the_page_names_its_machine(repo: Path, page: str) -> None:
    assert "GiB, " in (repo / "docs" / page).read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_said_before_measuring(parkgraph: Run, tmp_path: Path) -> None:
    done = parkgraph("bench", "run", "-o", tmp_path / "none" / "x.json")
    assert done.returncode == 2 and "cannot write" in done.stderr and "generating" not in done.stderr

"""docs/three-packages.md: its program, run as it stands, gives the rows of `parkgraph ask`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import parkgraph
import pytest

QUESTION = "what-serves-each-industry"


def program(page: Path) -> str:
    """The Python of a page, of which there is one block."""
    (block,) = re.findall(r"^```python\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)
    return block


@pytest.fixture
def root(repo: Path, tmp_path: Path) -> Path:
    """The ontology and the questions, over a park small enough for pySHACL."""
    for folder in ("ontology", "queries"):
        shutil.copytree(repo / folder, tmp_path / folder)
    shutil.copytree(repo / "tests/queries/second", tmp_path / "kg", ignore=shutil.ignore_patterns("expected"))
    return tmp_path


@pytest.mark.slow
def test_the_whole_job_with_three_packages(repo: Path, root: Path) -> None:
    code = program(repo / "docs/three-packages.md")
    assert code == program(repo / "docs/three-packages.zh.md")
    assert len(code.splitlines()) <= 25 and "import parkgraph" not in code
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    rows = [line.split("\t") for line in done.stdout.splitlines() if line.startswith("https://")]

    answer = parkgraph.open(root).ask(QUESTION, lang="zh")
    asked = [[text(term) for term in row] for row in answer.terms]
    assert len(rows) > 2
    at = answer.columns.index("evidence")  # GROUP_CONCAT promises no order
    for row in (*rows, *asked):
        row[at] = " ".join(sorted(row[at].split()))
    assert sorted(rows) == sorted(asked)


def text(term: object) -> str:
    """The term as rdflib prints it."""
    return "None" if term is None else term.value  # type: ignore[attr-defined]

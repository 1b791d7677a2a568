"""The built wheel works without a checkout: in a fresh environment, from an empty folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from parkgraph import __version__
from parkgraph.read.files import Root

pytestmark = pytest.mark.slow


def inputs(repo: Path) -> set[str]:
    return {file.name for file in Root(repo).files()} | {"ontology/owl2rl.rls"}


def test_wheel_carries_the_graph(built: Path, repo: Path) -> None:
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        prefix = "parkgraph/data/"
        assert inputs(repo) <= {name.removeprefix(prefix) for name in names if name.startswith(prefix)}
        assert archive.read("parkgraph/data/kg/park.ttl") == (repo / "kg/park.ttl").read_bytes()
    assert not [name for name in names if name.startswith(("tests/", "scripts/", "kg/", "ontology/"))]
    assert "parkgraph/py.typed" in names


def test_sdist_carries_what_a_packager_needs(built: Path, repo: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert inputs(repo) <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "tests/conftest.py"} <= names


def test_installed_command_answers_from_an_empty_folder(installed: Path, repo: Path, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    environment = {
        name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PARKGRAPH_ROOT")
    } | {"PARKGRAPH_CACHE": str(tmp_path / "cache")}

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=empty, env=environment, capture_output=True, encoding="utf-8", timeout=120
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    program = installed / "parkgraph"
    assert run(program, "--version") == f"parkgraph {__version__}\n"
    place = run(
        installed / "python", "-c", "from parkgraph.read.files import find_root; print(find_root().path)"
    )
    assert repo not in Path(place.strip()).parents

    question = ("ask", "projects-serving-industry", "--format", "csv", "--lang", "zh")
    answer = run(program, *question)
    assert len(answer.splitlines()) > 2
    assert run(installed / "python", "-m", "parkgraph", *question) == answer
    checkout = subprocess.run(
        [sys.executable, "-m", "parkgraph", "--root", repo, *question],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert checkout.stdout == answer
    assert list(empty.iterdir()) == []

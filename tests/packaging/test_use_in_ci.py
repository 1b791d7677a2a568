"""The wheel in a fresh environment: action, hooks and commands judge the clone they run in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

pytestmark = pytest.mark.slow

Run = Callable[..., subprocess.CompletedProcess[str]]
MISTAKES = {
    "a label is missing": ("kg/enterprise.ttl", ' , "', "@en", ""),
    "a term is misspelt": ("kg/enterprise.ttl", "park:locatedIn", "", "park:locatdIn"),
}


@pytest.fixture(scope="module")
def environment(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PARKGRAPH_ROOT")}
    return kept | {
        "PATH": f"{installed}{os.pathsep}{os.environ['PATH']}",
        "PARKGRAPH_CACHE": str(tmp_path_factory.mktemp("cache")),
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("pre-commit")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def clone(repo: Path, tmp_path: Path) -> Path:
    """A copy of the repository's graph, in git, with the hooks as they are offered to others."""
    folder = tmp_path / "clone"
    for name in ("ontology", "kg", "queries"):
        shutil.copytree(repo / name, folder / name)
    hooks = yaml.safe_load((repo / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    ours = [{**hook, "language": "system"} for hook in hooks if hook["id"] != "turtle-format"]
    config = {"repos": [{"repo": "local", "hooks": ours}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True)
    return folder


@pytest.fixture
def run(clone: Path, environment: dict[str, str]) -> Run:
    def run(*words: str | Path, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, cwd=clone, env=environment | more, capture_output=True, encoding="utf-8", timeout=300
        )

    return run


def plant(clone: Path, mistake: str) -> None:
    name, start, end, instead = MISTAKES[mistake]
    text = (clone / name).read_text(encoding="utf-8")
    at = text.index(start)
    until = text.index(end, at) + len(end) if end else at + len(start)
    (clone / name).write_text(text[:at] + instead + text[until:], encoding="utf-8")


def action(run: Run, repo: Path, data: str) -> int:
    script = repo / ".ci" / "validate-action"
    return run("bash", script, INPUT_DATA=data, INPUT_INSTALL="false", ACTION_PATH=str(repo)).returncode


@pytest.mark.parametrize("mistake", [None, *MISTAKES])
def test_the_clone_is_judged(mistake: str | None, clone: Path, run: Run, repo: Path) -> None:
    if mistake is not None:
        plant(clone, mistake)
    wanted = 0 if mistake is None else 1
    done = run("parkgraph", "validate")
    assert (done.returncode, done.stderr.splitlines()[0]) == (wanted, "graph: this folder"), done.stdout
    assert run("parkgraph", "validate", "kg").returncode == wanted
    assert run("parkgraph", "build").returncode == wanted
    assert action(run, repo, "") == action(run, repo, "kg/") == wanted
    hook = [sys.executable, "-m", "pre_commit", "run", "--all-files"]
    assert run(*hook, "parkgraph-validate").returncode == wanted
    if mistake != "a label is missing":
        assert run(*hook, "parkgraph-lint").returncode == wanted


def test_a_repository_without_a_graph_is_no_success(clone: Path, run: Run, repo: Path) -> None:
    shutil.move(clone / "ontology", clone / "elsewhere")
    shutil.rmtree(clone / "kg")
    assert action(run, repo, "") == 2
    assert run(sys.executable, "-m", "pre_commit", "run", "--all-files", "parkgraph-lint").returncode == 1


def test_nothing_is_written_into_the_package(clone: Path, run: Run, installed: Path, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("no source", encoding="utf-8")
    (data,) = installed.parent.glob("lib/python*/site-packages/parkgraph/data")
    before = {path: path.stat().st_mtime_ns for path in data.rglob("*")}
    done = run("parkgraph", "export", "--root", data, "-o", data / "graph.ttl")
    assert (done.returncode, "installed package" in done.stderr) == (2, True)
    done = run("parkgraph", "build", "--root", data, "-o", data / "dist")
    assert (done.returncode, "installed package" in done.stderr) == (2, True)
    assert run("parkgraph", "cite", "--root", data, "--write", "-a", article).returncode != 0
    assert {path: path.stat().st_mtime_ns for path in data.rglob("*")} == before

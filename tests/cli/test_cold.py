"""What a cold start does not pay for."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SLOW = (
    "rdflib", "pyshacl", "owlrl", "pandas", "nmo_python", "shacl", "yaml", "tempfile",
    "importlib.metadata",
)  # fmt: skip

PROGRAM = f"""
import sys
from parkgraph.cli.app import run
assert run(sys.argv[1:]) == 0
print([name for name in {SLOW!r} if name in sys.modules], file=sys.stderr)
"""


def imported(*args: str | Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *args], capture_output=True, encoding="utf-8", check=True
    )
    return done.stderr.splitlines()[-1]


@pytest.mark.parametrize("args", [["--version"], ["--help"]])
def test_help_imports_nothing_slow(args: list[str]) -> None:
    assert imported(*args) == "[]"


# The header of a question is YAML.
def test_questions_listed_import_nothing_slow_but_yaml(real_root: Path) -> None:
    assert imported("questions", "--root", real_root) == "['yaml']"


def test_asking_a_cached_graph_imports_nothing_slow_but_yaml(real_root: Path) -> None:
    question = ("ask", "projects-serving-industry", "--root", real_root, "--format", "csv")
    imported(*question)  # fills the cache
    assert imported(*question) == "['yaml']"


def test_query_in_the_worker_imports_nothing_slow(small_root: Callable[..., Path]) -> None:
    args = ("query", "--root", small_root(), "-e", "ASK {}")
    imported(*args)
    assert imported(*args) == "[]"

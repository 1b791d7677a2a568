"""A copy of the graph to draft into, and the command line on it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.cli.app import run

REPO = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(REPO / "tests" / "draft"), str(REPO / "tests" / "ontology")]


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    """A folder that holds the graph."""
    for part in ("ontology", "kg", "queries"):
        shutil.copytree(REPO / part, tmp_path / part)
    return tmp_path


@pytest.fixture
def call(graph: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Callable[..., tuple[int, str, str]]:
    """Runs a command on the copy; gives exit code, stdout and stderr."""

    def called(*arguments: object, lang: str = "en") -> tuple[int, str, str]:
        code = run(["--root", str(graph), "--lang", lang, *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return called

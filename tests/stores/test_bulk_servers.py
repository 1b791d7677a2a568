"""The loaders of Fuseki (TDB2) and Virtuoso take what `export --bulk` writes; skipped where they are not."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from rates import load_virtuoso, loader

pytestmark = pytest.mark.slow
Run = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = ("ask", "projects-serving-industry")


@pytest.mark.parametrize("kind", ["fuseki", "virtuoso"])
def test_its_loader_loads_it(
    parkgraph: Run, real_root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """The server then holds what the receipt says, and answers as the files do."""
    folder, data = tmp_path / "bulk", tmp_path / "data"
    data.mkdir()
    export = ("export", "--unchecked", "--root", real_root, "--bulk", folder, "--part-size", "1")
    assert parkgraph(*export).returncode == 0
    try:
        server, _ = loader(kind, folder, data)
    except LookupError as reason:
        pytest.skip(str(reason))
    try:
        for name, value in server.login.items():
            monkeypatch.setenv(name, value)
        if kind == "virtuoso":  # a second export under the same names is not passed over
            said = load_virtuoso(server, folder, data)
            assert "*** Error" not in said and "0 Rows" in said
        done = parkgraph("verify", "--endpoint", server.url, "--receipt", folder / "receipt.json")
        assert done.returncode == 0, done.stdout + done.stderr
        there = parkgraph(*QUESTION, "--root", real_root, "--endpoint", server.url)
        assert there.stdout == parkgraph(*QUESTION, "--root", real_root).stdout
    finally:
        server.stop()

"""Real stores for the tests, and nobody's credentials."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# The helpers beside the tests; `make test-stores` runs one of them as a script.
sys.path.insert(0, str(Path(__file__).resolve().parent))

from parkgraph.export import GRAPHS, collect
from parkgraph.read.files import Root
from parkgraph.store.endpoint import connect
from parkgraph.store.load import load
from store_servers import Server, oxigraph


@pytest.fixture(autouse=True)
def _no_login(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # No test may use the credentials of who runs it.
    for name in list(os.environ):
        if name.startswith("PARKGRAPH_STORE_") and name != "PARKGRAPH_STORES":
            monkeypatch.delenv(name)
    monkeypatch.setattr("parkgraph.store.http.FIRST_PAUSE", 0.01)
    empty = tmp_path / "netrc"
    empty.touch(mode=0o600)
    monkeypatch.setenv("NETRC", str(empty))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Server]:
    """An empty Oxigraph server of one's own."""
    try:
        server = oxigraph(tmp_path / "oxigraph")
    except LookupError as reason:
        pytest.skip(str(reason))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def loaded(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server with the real graph, for tests that only read."""
    try:
        server = oxigraph(tmp_path_factory.mktemp("loaded") / "oxigraph")
    except LookupError as reason:
        pytest.skip(str(reason))
    with connect(server.url, store="oxigraph") as endpoint:
        load(collect(Root(real_root), GRAPHS), endpoint)
    yield server
    server.stop()

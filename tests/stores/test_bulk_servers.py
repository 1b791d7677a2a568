"""The loaders of Fuseki (TDB2) and Virtuoso take what `export --bulk` writes; skipped where they are not."""

from __future__ import annotations

import configparser
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from store_servers import STORES, Server, fuseki, jar, virtuoso

pytestmark = pytest.mark.slow
Run = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = "projects-serving-industry"


def check(parkgraph: Run, server: Server, root: Path, folder: Path) -> None:
    """The server holds what the receipt says, and answers as the files do."""
    done = parkgraph("verify", "--endpoint", server.url, "--receipt", folder / "receipt.json")
    assert done.returncode == 0, done.stdout + done.stderr
    there = parkgraph("ask", QUESTION, "--root", root, "--endpoint", server.url)
    assert there.stdout == parkgraph("ask", QUESTION, "--root", root).stdout


@pytest.fixture
def bulk(parkgraph: Run, real_root: Path, tmp_path: Path) -> Path:
    """The real graph for loaders, in several files a graph."""
    folder = tmp_path / "bulk"
    done = parkgraph("export", "--unchecked", "--root", real_root, "--bulk", folder, "--part-size", "1")
    assert done.returncode == 0, done.stderr
    return folder


def test_tdb2_loads_it(parkgraph: Run, real_root: Path, tmp_path: Path, bulk: Path) -> None:
    if not jar().exists():
        pytest.skip("Fuseki is not fetched: make test-stores does it")
    data = tmp_path / "data"
    data.mkdir()
    env = {**os.environ, "TDBLOADER": f"java -XX:TieredStopAtLevel=1 -cp {jar()} tdb2.tdbloader"}
    subprocess.run([bulk / "load-tdb2.sh", data], env=env, check=True, capture_output=True)
    try:
        server = fuseki(data)
    except LookupError as reason:
        pytest.skip(str(reason))
    try:
        check(parkgraph, server, real_root, bulk)
    finally:
        server.stop()


def test_virtuoso_loads_it(
    parkgraph: Run, real_root: Path, tmp_path: Path, bulk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    try:
        server = virtuoso(tmp_path)
    except LookupError as reason:
        pytest.skip(str(reason))
    try:
        for name, value in server.login.items():
            monkeypatch.setenv(name, value)
        for _ in range(2):  # a second export under the same names is not passed over
            assert isql(server, tmp_path, subprocess.check_output([bulk / "load-virtuoso.sh"], text=True))
        check(parkgraph, server, real_root, bulk)
    finally:
        server.stop()


def isql(server: Server, folder: Path, statements: str) -> bool:
    """Whether Virtuoso did all of it: nothing on stderr, and no row of the last SELECT."""
    ini = configparser.ConfigParser()
    ini.read(folder / "virtuoso.ini")
    program = STORES / "virtuoso" / "usr" / "bin" / "isql-vt"
    login = [server.login["PARKGRAPH_STORE_USER"], server.login["PARKGRAPH_STORE_PASSWORD"]]
    done = subprocess.run(
        [program, ini["Parameters"]["ServerPort"], *login],
        input=statements, env=server.environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    return done.returncode == 0 and "*** Error" not in done.stdout + done.stderr and "0 Rows" in done.stdout

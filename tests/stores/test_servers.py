"""The same on Fuseki, RDF4J and Virtuoso, which `make test-stores` fetches; skipped where they are not."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.errors import Remote
from parkgraph.export import GRAPHS as NAMES
from parkgraph.export import collect
from parkgraph.read.files import Root
from parkgraph.store.endpoint import connect
from parkgraph.store.http import Refused
from parkgraph.store.load import Receipt, load, verify
from parkgraph.store.remote import RemoteGraph
from store_content import GRAPHS, content, held, sets
from store_proxy import Request, Spoil, proxy
from store_servers import Server, fuseki, rdf4j, virtuoso

pytestmark = pytest.mark.slow
Run = Callable[..., "subprocess.CompletedProcess[str]"]
STARTS: dict[str, Callable[[Path], Server]] = {"fuseki": fuseki, "rdf4j": rdf4j, "virtuoso": virtuoso}


@pytest.fixture(scope="module", params=STARTS)
def kind(request: pytest.FixtureRequest) -> str:
    """Name of the profile."""
    return str(request.param)


@pytest.fixture(scope="module")
def server(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, empty."""
    try:
        started = STARTS[kind](tmp_path_factory.mktemp(kind))
    except LookupError as reason:
        pytest.skip(str(reason))
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def _login(_no_login: None, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in server.login.items():
        monkeypatch.setenv(name, value)


def ours(server: Server, kind: str) -> dict[str, object]:
    """What the store holds of the small graphs, staging graphs too; Virtuoso has graphs of its own."""
    return {name: found for name, found in held(server.url, kind).items() if name.startswith(GRAPHS[0][:25])}


def test_the_server_is_recognised(server: Server, kind: str) -> None:
    with connect(server.url) as endpoint:
        assert endpoint.name == kind


def test_replacing_and_adding(server: Server, kind: str) -> None:
    old, new = content("old"), content("new", 500)
    with connect(server.url) as endpoint:
        for graphs in (old, new, old, new):  # again and again: Fuseki's MOVE lost triples the second time
            receipt = load(graphs, endpoint)
            assert ours(server, kind) == sets(graphs)
            assert not any(verify(receipt, endpoint).values())
        load(old, endpoint, add=True)
        load(old, endpoint, add=True)
    assert ours(server, kind) == {graph: set(old[graph] + new[graph]) for graph in GRAPHS}


def test_a_truncated_answer_leaves_the_old(server: Server, kind: str) -> None:
    old, new = content("old"), content("new", 50)
    with connect(server.url) as endpoint:
        load(old, endpoint)
    path = "/" + server.url.partition("//")[2].partition("/")[2]

    def cut(request: Request) -> Spoil | None:
        fetches = request.method == "GET" or b"CONSTRUCT" in request.body
        return Spoil(cut=200) if fetches and "ASK" not in request.path else None

    with (
        proxy(server.url, cut) as between,
        connect(between.url + path.rstrip("/"), store=kind) as endpoint,
        pytest.raises(Remote) as error,
    ):
        load(new, endpoint)
    assert "old graphs, untouched" in str(error.value)
    assert {name: found for name, found in ours(server, kind).items() if name in GRAPHS} == sets(old)


@pytest.fixture(scope="module")
def real(server: Server, real_root: Path) -> Receipt:
    """The receipt of the real graph in the server."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in server.login.items():
            patch.setenv(name, value)
        with connect(server.url) as endpoint:
            return load(collect(Root(real_root), NAMES), endpoint)


@pytest.fixture
def _nobody(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in server.login:
        monkeypatch.delenv(name)


def test_the_real_graph_arrives(real: Receipt) -> None:
    assert len(real.graphs) == len(NAMES) and all(found.sha256 for found in real.graphs.values())


@pytest.mark.usefixtures("_nobody", "real")
def test_every_question(server: Server, real_root: Path) -> None:
    root = Root(real_root)
    local = Graph(root)
    with connect(server.url, reading=True) as endpoint:
        remote = RemoteGraph(root, endpoint)
        for question in local.questions():
            here, there = local.ask(question, lang="en"), remote.ask(question, lang="en")
            assert (there.columns, there.terms) == (here.columns, here.terms), question.id


@pytest.mark.usefixtures("_nobody", "real")
def test_validation_and_audit(server: Server, real_root: Path, parkgraph: Run) -> None:
    """Each finding once, whichever the place; reading needs no login."""
    for args in (["validate", "--format", "json"], ["audit", "--format", "json", "--fail-on", "info"]):
        here = parkgraph(*args, "--root", real_root)
        there = parkgraph(*args, "--root", real_root, "--endpoint", server.url)
        assert there.returncode == here.returncode, there.stderr
        found = [json.loads(done.stdout)["findings"] for done in (here, there)]
        mine, theirs = (sorted((one["rule"], str(one["focus"])) for one in findings) for findings in found)
        assert theirs == mine


def test_more_than_one_answer_holds(server: Server, kind: str) -> None:
    """Virtuoso is started so that it cuts answers after 10,000 triples."""
    with connect(server.url) as endpoint:
        receipt = load({GRAPHS[0]: content("new", 25_000)[GRAPHS[0]], GRAPHS[1]: []}, endpoint)
    assert receipt.graphs[GRAPHS[0]].triples == 25_000 and receipt.graphs[GRAPHS[0]].sha256


def test_a_wrong_password(server: Server, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not server.login:
        pytest.skip(f"{kind} is started without logins here")
    with connect(server.url) as endpoint:
        load(content("old"), endpoint)
    monkeypatch.setenv("PARKGRAPH_STORE_PASSWORD", "falsch")
    with connect(server.url) as endpoint, pytest.raises(Refused) as error:
        load(content("new"), endpoint)
    assert error.value.status in (401, 403) and "falsch" not in str(error.value)
    monkeypatch.undo()


def test_reading_needs_no_login(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    with connect(server.url) as endpoint:
        receipt = load(content("old"), endpoint)
    for name in server.login:
        monkeypatch.delenv(name)
    with connect(server.url) as endpoint:
        assert not any(verify(receipt, endpoint).values())

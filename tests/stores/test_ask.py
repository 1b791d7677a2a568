"""Asking a store gives what asking the files gives."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.cli.app import run
from parkgraph.errors import Remote
from parkgraph.export import GRAPHS, collect
from parkgraph.names import GRAPH_MERGED
from parkgraph.read.files import Root
from parkgraph.store.endpoint import connect
from parkgraph.store.load import load
from parkgraph.store.remote import RemoteGraph
from store_servers import Server, oxigraph

Run = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = "projects-serving-industry"


@pytest.fixture(scope="module")
def merged(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An Oxigraph server with the real graph in one."""
    server = oxigraph(tmp_path_factory.mktemp("merged") / "oxigraph")
    found = collect(Root(real_root), ("ontology", "data", "inferred"))
    together = [triple for triples in found.values() for triple in triples]
    with connect(server.url, store="oxigraph") as endpoint:
        load({GRAPH_MERGED: together}, endpoint)
    yield server
    server.stop()


def differing(url: str, root: Path, topic: str | None = None) -> list[str]:
    """Ids of the questions whose answer from the store is not that from the files."""
    local = Graph(Root(root))
    with connect(url, reading=True) as endpoint:
        remote = RemoteGraph(Root(root), endpoint)
        pairs = [(one.id, local.ask(one), remote.ask(one)) for one in local.questions(topic)]
    assert len(pairs) > 5
    return [name for name, here, there in pairs if (there.columns, there.terms) != (here.columns, here.terms)]


@pytest.mark.parametrize("topic", ["project", pytest.param(None, marks=pytest.mark.slow)])
def test_every_question_has_the_same_answer(loaded: Server, real_root: Path, topic: str | None) -> None:
    assert differing(loaded.url, real_root, topic) == []


def test_one_merged_graph_gives_the_same_answers(merged: Server, real_root: Path) -> None:
    assert differing(merged.url, real_root, "project") == []


def test_a_store_that_is_read_as_a_whole(loaded: Server, real_root: Path) -> None:
    """What a store gets whose own engine is not known to answer alike."""
    with connect(loaded.url, store="oxigraph") as endpoint:
        endpoint.profile = endpoint.profile._replace(answers=False)
        remote = RemoteGraph(Root(real_root), endpoint)
        assert remote.ask(QUESTION).terms == Graph(Root(real_root)).ask(QUESTION).terms
        assert len(remote.query("SELECT ?p { ?p a park:Park }")) == 1


@pytest.mark.parametrize(
    "args",
    [
        ["ask", QUESTION, "--industry", "金属新材料", "--lang", "zh", "--evidence"],
        pytest.param(["ask", QUESTION, "--basis", "stated", "--engine", "reference"], marks=pytest.mark.slow),
        ["ask", QUESTION, "--why", "1"],
        ["ask", QUESTION, "--industry", "金属新材"],
        ["query", "-e", "SELECT ?e ?name { ?e a park:Enterprise ; rdfs:label ?name } ORDER BY ?e ?name"],
        ["query", "-e", "CONSTRUCT { ?p a park:Park } { ?p a park:Park }"],
        ["query", "-e", "ASK { ?p a park:Park }"],
        ["query", "-e", "SELECT ?e {"],
        ["query", "-e", "SELECT * { SERVICE <http://127.0.0.1:9> { ?s ?p ?o } }"],
        ["query", "-e", "DROP ALL"],
    ],
)
def test_the_command_says_the_same(
    loaded: Server, real_root: Path, args: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    here, there = (
        (run([*args, "--root", str(real_root), *more]), *capfd.readouterr())
        for more in ([], ["--endpoint", loaded.url])
    )
    assert there == here


def test_asking_writes_nothing(loaded: Server, real_root: Path) -> None:
    with connect(loaded.url) as endpoint:
        before = {graph: endpoint.counted(graph) for graph in GRAPHS.values()}
        RemoteGraph(Root(real_root), endpoint).ask(QUESTION)
        assert {graph: endpoint.counted(graph) for graph in GRAPHS.values()} == before


def test_a_store_without_the_graph(store: Server, real_root: Path) -> None:
    with connect(store.url) as endpoint, pytest.raises(Remote) as error:
        RemoteGraph(Root(real_root), endpoint).ask(QUESTION)
    assert "holds no parkgraph" in str(error.value)


def test_a_query_that_takes_too_long(parkgraph: Run, loaded: Server, real_root: Path) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    args = ("query", "-e", slow, "--timeout", "1", "--root", real_root)
    done = parkgraph(*args, "--endpoint", loaded.url)
    assert (done.returncode, done.stdout) == (4, "")
    assert "took longer than 1 s" in done.stderr

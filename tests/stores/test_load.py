"""Loading into a real Oxigraph server: what arrives, what repeating does, what the receipt says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

import pytest
from parkgraph.cli.app import run
from parkgraph.errors import Remote, Unreadable, Usage
from parkgraph.names import (
    GRAPH_DATA,
    GRAPH_INFERRED,
    GRAPH_MERGED,
    GRAPH_METADATA,
    GRAPH_ONTOLOGY,
    GRAPH_SHAPES,
)
from parkgraph.store.canonical import Payload
from parkgraph.store.endpoint import connect
from parkgraph.store.http import find_login
from parkgraph.store.load import load, read_receipt
from parkgraph.store.profiles import PROFILES, base_url, recognised, trimmed
from pyoxigraph import Literal, NamedNode, Triple
from store_content import GRAPHS, content, held, sets
from store_proxy import Request, Spoil, proxy
from store_servers import Server

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Load = Callable[..., tuple[int, str, str]]


@pytest.fixture
def load_small(small_root: Callable[..., Path], capfd: pytest.CaptureFixture[str]) -> Load:
    """Runs `load` on the small graph: exit code, standard output, standard error."""
    root = small_root()

    def call(*options: str) -> tuple[int, str, str]:
        capfd.readouterr()
        code = run(["load", "--unchecked", "--root", str(root), *options])
        return code, *capfd.readouterr()

    return call


def test_the_real_graph_arrives_and_is_verified(
    parkgraph: Run, store: Server, real_root: Path, tmp_path: Path
) -> None:
    receipt = tmp_path / "receipt.json"
    root = ("--root", real_root)
    done = parkgraph("load", "--unchecked", "--to", store.url, "--receipt", receipt, *root)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "compared" in done.stderr
    first = held(store.url)
    assert set(first) == {GRAPH_ONTOLOGY, GRAPH_DATA, GRAPH_SHAPES, GRAPH_INFERRED, GRAPH_METADATA}
    written = read_receipt(receipt)
    assert {graph: found.triples for graph, found in written.graphs.items()} == {
        graph: len(found) for graph, found in first.items()
    }
    assert all(found.sha256 for found in written.graphs.values())

    for mode in ("--replace", "--add"):  # the graph has blank nodes, and still nothing is doubled
        again = parkgraph("load", "--unchecked", "--to", store.url + "/query", mode, *root, "--lang", "zh")
        assert again.returncode == 0, again.stderr
        assert json.loads(again.stdout)["graphs"] == json.loads(receipt.read_text())["graphs"]
        assert held(store.url) == first

    fine = parkgraph("verify", "--receipt", receipt)
    assert fine.returncode == 0 and len(fine.stdout.splitlines()) == 5
    with connect(store.url) as endpoint:
        endpoint.update(f"DELETE DATA {{ GRAPH <{GRAPH_DATA}> {{ {min(map(str, first[GRAPH_DATA]))} }} }}")
    wrong = parkgraph("verify", "--endpoint", store.url, "--receipt", receipt)
    assert wrong.returncode == 4
    before = len(first[GRAPH_DATA])
    assert f"  triples {before} → {before - 1}" in wrong.stdout.splitlines()


def test_one_graph_of_the_chosen_ones(load_small: Load, store: Server) -> None:
    code, _, told = load_small("--to", store.url, "--merged", "--graph", "data, inferred")
    assert code == 0, told
    (name,) = held(store.url)
    assert name == GRAPH_MERGED


def test_dry_run_sends_nothing(load_small: Load) -> None:
    code, out, _ = load_small("--to", "http://127.0.0.1:9", "--dry-run", "--graph", "data")
    assert code == 0 and f"replace <{GRAPH_DATA}>: 11 triples" in out


def test_replacing_removes_what_is_gone_and_leaves_other_graphs(store: Server) -> None:
    with connect(store.url) as endpoint:
        load(content("old", 40), endpoint)
        load({GRAPHS[0]: content("new", 10)[GRAPHS[0]], GRAPHS[1]: []}, endpoint)
        assert held(store.url) == {GRAPHS[0]: set(content("new", 10)[GRAPHS[0]])}
        endpoint.update('INSERT DATA { GRAPH <https://example.org/other> { <urn:s> <urn:p> "kept" } }')
        load(content("last"), endpoint)
    assert set(held(store.url)) == {*GRAPHS, "https://example.org/other"}


def test_adding_keeps_what_is_there(store: Server) -> None:
    with connect(store.url) as endpoint:
        load(content("old"), endpoint)
        receipt = load(content("new", 10), endpoint, add=True)
    assert held(store.url) == {
        graph: set(content("old")[graph] + content("new", 10)[graph]) for graph in GRAPHS
    }
    assert [found.triples for found in receipt.graphs.values()] == [40, 40]


def reads(requests: list[Request]) -> list[str]:
    """The graphs that were read whole."""
    paths = [unquote(request.path) for request in requests if request.method == "GET"]
    return [path.partition("?graph=")[2] for path in paths if "?graph=" in path]


@pytest.mark.parametrize("filled", [False, True])
def test_each_graph_is_read_once(store: Server, filled: bool) -> None:
    """An empty store gets all in one request; what is replaced is read beside it, and counted once moved."""
    sent = content("new", 30)
    if filled:
        with connect(store.url) as endpoint:
            load(content("old"), endpoint)
    with proxy(store.url, lambda request: None) as between, connect(between.url) as endpoint:
        receipt = load(sent, endpoint)
    assert [name.partition("?")[0] for name in reads(between.requests)] == list(GRAPHS)
    assert all(("staging" in name) is filled for name in reads(between.requests))
    assert len([one for one in between.requests if one.path == "/store"]) == (0 if filled else 1)
    assert held(store.url) == sets(sent)
    with connect(store.url) as endpoint:
        assert receipt.graphs == {graph: endpoint.measure(graph) for graph in GRAPHS}


def test_large_graphs_go_in_pieces(store: Server) -> None:
    with connect(store.url, store="oxigraph") as endpoint:
        endpoint.profile = endpoint.profile._replace(chunk=2000)
        graph, triples = next(iter(content("new", 200).items()))
        whole = Payload(triples)
        sent = list(endpoint.put(graph, whole))
    assert len(sent) > 5 and sent[-1] == whole.size
    assert held(store.url) == {graph: set(triples)}


@pytest.mark.parametrize(("graphs", "moves"), [(None, False), (None, True), ("/store", False)])
def test_every_way_that_a_profile_can_take(store: Server, graphs: str | None, moves: bool) -> None:
    with connect(store.url, store="oxigraph") as endpoint:
        endpoint.profile = endpoint.profile._replace(graphs=graphs, moves=moves, chunk=3000)
        for mark in ("old", "new"):
            load(content(mark, 60), endpoint)
            assert held(store.url) == sets(content(mark, 60))


def test_compressed_bodies_arrive(store: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing is compressed for one's own machine; here the machine has another name.
    monkeypatch.setattr("parkgraph.store.endpoint.is_local", lambda url: False)
    with connect(store.url) as endpoint:
        load(content("new"), endpoint)
    assert held(store.url) == sets(content("new"))


def test_staging_graphs_of_another_load_are_named(load_small: Load, store: Server) -> None:
    left = f"{GRAPH_DATA}?staging=0badcafe"
    with connect(store.url) as endpoint:
        endpoint.update(f"INSERT DATA {{ GRAPH <{left}> {{ <urn:s> <urn:p> <urn:o> }} }}")
    code, _, told = load_small("--to", store.url)
    assert code == 0 and f"<{left}>" in told
    assert left in held(store.url)  # it may belong to a load that runs


NOWHERE = "http://127.0.0.1:9"
REFUSED = {
    **{
        f"no address: {url}": ([url], url)
        for url in ("7878", "ftp://x", "http://", "http://h:port", "http://h/?query=x")
    },
    "a password in the address": (["http://me:geheim@127.0.0.1:9"], "PARKGRAPH_STORE_PASSWORD"),
    "no number of seconds": ([NOWHERE, "--timeout", "nan"], "--timeout"),
    "no end of seconds": ([NOWHERE, "--timeout", "inf"], "--timeout"),
    "an unknown kind of store": ([NOWHERE, "--store", "oxygraph"], "oxigraph"),
    "a password, and no terminal to ask for it on": ([NOWHERE, "--user", "me"], "PARKGRAPH_STORE_PASSWORD"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_wrong_usage(what: str, capfd: pytest.CaptureFixture[str], small_root: Callable[..., Path]) -> None:
    arguments, said = REFUSED[what]
    no_graph = small_root({"kg/project.ttl": "no Turtle"})  # it is told before the graph is made
    for more in ([], ["--dry-run"], ["--store", "oxigraph"]):
        if "--store" not in arguments and ("--user" not in arguments or not more):
            capfd.readouterr()
            code = run(["load", "--unchecked", "--root", str(no_graph), "--to", *arguments, *more])
            out, told = capfd.readouterr()
            assert (code, out) == (2, "") and said in told and "geheim" not in told


def test_a_server_that_is_not_there(load_small: Load) -> None:
    code, out, told = load_small("--to", NOWHERE, "--store", "oxigraph")
    assert (code, out) == (4, "") and "cannot be reached" in told and "Traceback" not in told


def test_receipts_are_read_whole(tmp_path: Path) -> None:
    file = tmp_path / "receipt.json"
    for text in ("", "{}", "[]", '{"kind": "parkgraph load receipt 1"}', '{"kind": "another"}'):
        file.write_text(text)
        with pytest.raises(Unreadable):
            read_receipt(file)


def test_addresses_and_signs_of_stores() -> None:
    assert base_url("http://h:1/ds/") == "http://h:1/ds"
    assert trimmed("http://h:1/query", PROFILES["oxigraph"]) == "http://h:1"
    assert trimmed("http://h:1/sparql", PROFILES["virtuoso"]) == "http://h:1"
    assert trimmed("http://h:1/repositories/r/statements", PROFILES["rdf4j"]) == "http://h:1/repositories/r"
    assert recognised({"server": "Oxigraph/0.5.13"}) == "oxigraph"
    assert recognised({"server": "Virtuoso/07.20.3229 (Linux)"}) == "virtuoso"
    assert recognised({"fuseki-request-id": "1"}) == "fuseki"
    assert recognised({"server": "nginx"}) is None


def test_credentials_and_where_they_come_from(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert not find_login("host").known
    file = tmp_path / "netrc"
    file.write_text("machine host login me password geheim\ndefault login all password other\n")
    assert "geheim" in find_login("host").secrets
    assert not find_login("elsewhere").known  # a default entry is for nobody in particular
    monkeypatch.setenv("PARKGRAPH_STORE_USER", "me")
    monkeypatch.setenv("PARKGRAPH_STORE_PASSWORD", "secret")
    assert "secret" in find_login("elsewhere").secrets
    monkeypatch.setenv("PARKGRAPH_STORE_TOKEN", "token")
    assert find_login("host").secrets == ["token"]
    file.write_text("machine host login me passwort geheim\n")
    monkeypatch.delenv("PARKGRAPH_STORE_TOKEN")
    monkeypatch.delenv("PARKGRAPH_STORE_USER")
    with pytest.raises(Unreadable) as error:
        find_login("host")
    assert "geheim" not in str(error.value)


def test_a_program_that_is_no_store(store: Server) -> None:
    with pytest.raises(Usage), connect(store.url + "/nothing/here"):
        pass


def test_of_triples_with_one_value_one_is_sent() -> None:
    s, p = NamedNode("https://example.org/s"), NamedNode("https://example.org/p")
    decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
    five, six = (Literal(text, datatype=decimal) for text in ("5.0", "6.0"))
    same = Literal("5.00", datatype=decimal)
    whole = Payload(iter([Triple(s, p, five), Triple(s, p, same), Triple(s, p, six)]))
    assert len(whole) == 2
    assert whole.piece(0, 10**6).decode().splitlines() == [f"{s} {p} {five} .", f"{s} {p} {six} ."]


def test_pieces_are_whole_lines_and_together_the_graph() -> None:
    whole = Payload(content("new", 40)[GRAPHS[0]])
    for size in (1, 100, 777, whole.size, whole.size + 1):
        pieces, start = [], 0
        while piece := whole.piece(start, size):
            assert piece.endswith(b"\n") and (len(piece) <= size or piece.count(b"\n") == 1)
            pieces.append(piece)
            start += len(piece)
        assert start == whole.size and b"".join(pieces).count(b"\n") == 40


@pytest.mark.parametrize(("pages", "whole"), [(30, True), (20, False)])
def test_a_store_that_cuts_its_answers_is_read_in_pages(store: Server, pages: int, whole: bool) -> None:
    """What Virtuoso does; here a proxy does it, by lines. That pages are short too is told."""
    sent = content("new", 100)
    with connect(store.url) as endpoint:
        load(sent, endpoint)

    def cut(request: Request) -> Spoil | None:
        if b"CONSTRUCT" in request.body:
            return Spoil(lines=pages)
        return Spoil(lines=30) if request.method == "GET" else None

    with proxy(store.url, cut) as between, connect(between.url, store="oxigraph") as endpoint:
        if whole:
            assert set(endpoint.graph(GRAPHS[0])) == set(sent[GRAPHS[0]])
            assert len(between.requests) == 6  # the number, the whole, four pages
        else:
            with pytest.raises(Remote, match="gives back only"):
                endpoint.graph(GRAPHS[0])


def test_a_reader_who_may_not_use_the_graph_store_protocol(store: Server) -> None:
    with connect(store.url) as endpoint:
        load(content("new"), endpoint)
    with (
        proxy(store.url, lambda request: Spoil(403) if request.method == "GET" else None) as between,
        connect(between.url, store="oxigraph") as endpoint,
    ):
        assert set(endpoint.graph(GRAPHS[0])) == set(content("new")[GRAPHS[0]])


def test_what_describes_the_graphs_counts_what_was_sent(
    store: Server, parkgraph: Run, real_root: Path
) -> None:
    done = parkgraph(
        "load", "--unchecked", "--to", store.url, "--graph", "ontology,metadata", "--root", real_root
    )
    assert done.returncode == 0, done.stderr
    receipt = json.loads(done.stdout)["graphs"]
    assert set(receipt) == {GRAPH_ONTOLOGY, GRAPH_METADATA}
    void = "http://rdfs.org/ns/void#"
    with connect(store.url) as endpoint:
        counted = endpoint.query(
            f"SELECT ?n {{ GRAPH <{GRAPH_METADATA}> {{ <{GRAPH_ONTOLOGY}> <{void}entities> ?n }} }}"
        )
        real = endpoint.query(
            f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH <{GRAPH_ONTOLOGY}> {{ ?s ?p ?o }} }}"
        )
    assert [row["n"].value for row in counted] == [row["n"].value for row in real]  # type: ignore[union-attr]


def test_paths_of_a_store_that_is_not_known(store: Server) -> None:
    named = "generic:query=/query,update=/update,graphs=/store"
    with connect(store.url, store=named) as endpoint:
        receipt = load(content("new"), endpoint)
    assert held(store.url) == sets(content("new")) and receipt.store == named
    for wrong in ("generic:path=/x", "oxigraph:query=/x"):
        with pytest.raises(Usage), connect(store.url, store=wrong):
            pass


@pytest.mark.parametrize(
    ("path", "answers", "kind"),
    [
        ("/rdf4j-server/repositories/r", {"/rdf4j-server/protocol": b"12"}, "rdf4j"),
        (
            "/blazegraph/namespace/kb/sparql",
            {"/blazegraph/namespace/kb/sparql": b"<> sd:feature <http://www.bigdata.com/rdf#/features/x> ."},
            "blazegraph",
        ),
        ("/rdf4j-server", {"/rdf4j-server/protocol": b"12"}, "repositories/NAME"),
        ("/elsewhere", {}, "generic"),
    ],
)
def test_stores_whose_headers_do_not_name_them(
    store: Server, path: str, answers: dict[str, bytes], kind: str
) -> None:
    def rule(request: Request) -> Spoil:
        body = answers.get(request.path)
        return Spoil(200 if body else 404, {"Server": "Jetty"}, body or b"")

    with proxy(store.url, rule) as between:
        if kind not in PROFILES or not answers:
            with pytest.raises(Usage, match=kind), connect(between.url + path):
                pass
        else:
            with connect(between.url + path) as endpoint:
                assert endpoint.name == kind


def test_a_store_that_writes_later_is_told_of(
    parkgraph: Run, store: Server, small_root: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    args = ("load", "--graph", "data", "--root", small_root())
    assert "checkpoint" not in parkgraph(*args, "--to", store.url).stderr

    def rule(request: Request) -> Spoil | None:  # Oxigraph at the addresses of Virtuoso
        for theirs, ours in (("/sparql-graph-crud-auth", "/store"), ("/sparql-auth", "/update"),
                             ("/sparql-graph-crud", "/store"), ("/sparql", "/query")):  # fmt: skip
            if request.path.startswith(theirs):
                return Spoil(path=request.path.replace(theirs, ours, 1))
        return None

    with proxy(store.url, rule) as between:
        done = parkgraph(*args, "--to", between.url, "--store", "virtuoso")
    assert done.returncode == 0 and "checkpoint;" in done.stderr

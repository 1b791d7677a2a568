"""What goes wrong on the way. Every test ends with the old or the new graphs whole, and says which."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Remote
from parkgraph.names import GRAPH_DATA
from parkgraph.store.endpoint import connect, is_forgotten
from parkgraph.store.http import Refused
from parkgraph.store.load import load
from pyoxigraph import Triple
from store_content import GRAPHS, content, held, sets
from store_proxy import Request, Rule, Spoil, basic, bearer, digest, proxy
from store_servers import Server, oxigraph

Run = Callable[..., "subprocess.CompletedProcess[str]"]

OLD, NEW = content("old"), content("new", 50)


@pytest.fixture
def filled(store: Server) -> Server:
    """A server that holds OLD."""
    with connect(store.url) as endpoint:
        load(OLD, endpoint)
    return store


def load_through(url: str, *, timeout: float = 20.0, add: bool = False) -> None:
    with connect(url, store="oxigraph", timeout=timeout) as endpoint:
        load(NEW, endpoint, add=add)


def occupy(url: str) -> dict[str, set[Triple]]:
    """Puts something where the graph of a root goes, so that a load has something to lose; what is there."""
    with connect(url, store="oxigraph") as endpoint:
        load({GRAPH_DATA: OLD[GRAPHS[0]]}, endpoint)
    return {**sets(OLD), GRAPH_DATA: set(OLD[GRAPHS[0]])}


def at_once(url: str, rule: Rule, *contents: dict[str, list[Triple]]) -> list[Remote]:
    """Loads all contents at the same time; the failures."""
    failures: list[Remote] = []

    def one(graphs: dict[str, list[Triple]]) -> None:
        try:
            with connect(between.url, store="oxigraph") as endpoint:
                load(graphs, endpoint)
        except Remote as failure:
            failures.append(failure)

    with proxy(url, rule) as between:
        threads = [threading.Thread(target=one, args=(graphs,)) for graphs in contents]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return failures


def is_move(request: Request) -> bool:
    return request.body.startswith(b"MOVE")


def is_fetch(request: Request) -> bool:
    return request.method == "GET" and request.path.startswith("/store")


# --- storms and broken connections -------------------------------------------


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_storm_that_ends_is_waited_out(filled: Server, status: int) -> None:
    def rule(request: Request) -> Spoil | None:
        return Spoil(status) if request.number % 3 and not is_move(request) else None

    with proxy(filled.url, rule) as between:
        load_through(between.url)
    assert held(filled.url) == sets(NEW)


def test_a_storm_that_does_not_end(filled: Server) -> None:
    def rule(request: Request) -> Spoil | None:
        return Spoil(503) if request.method == "PUT" else None

    with proxy(filled.url, rule) as between, pytest.raises(Remote) as error:
        load_through(between.url)
    assert "answered 503" in str(error.value) and "old graphs, untouched" in str(error.value)
    assert "旧" not in error.value.text("en") and "未被改动" in error.value.text("zh")
    assert held(filled.url) == sets(OLD)


@pytest.mark.parametrize("status", [429, 503])
def test_moving_is_repeated_when_it_has_not_begun(filled: Server, status: int) -> None:
    refused: list[int] = []

    def rule(request: Request) -> Spoil | None:
        if is_move(request) and len(refused) < 2:
            refused.append(request.number)
            return Spoil(status, {"Retry-After": "0"})
        return None

    with proxy(filled.url, rule) as between:
        load_through(between.url)
    assert len(refused) == 2 and held(filled.url) == sets(NEW)


def test_moving_is_not_repeated_when_it_was_refused(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(500) if is_move(request) else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert len([request for request in between.requests if is_move(request)]) == 1
    assert "old graphs, untouched" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_the_answer_to_moving_is_lost_but_it_was_done(filled: Server) -> None:
    with proxy(filled.url, lambda request: Spoil(lost=True) if is_move(request) else None) as between:
        load_through(between.url)
    assert held(filled.url) == sets(NEW)


def test_a_store_that_says_it_moved_and_did_not(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(204) if is_move(request) else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert "does not hold what was sent" in str(error.value) and "old graphs, untouched" in str(error.value)
    assert held(filled.url) == sets(OLD)  # and nothing is left


def test_a_gateway_does_not_know_whether_it_moved(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(504) if is_move(request) else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert "is not known" in str(error.value)
    left = held(filled.url)
    assert {graph: left.pop(graph) for graph in GRAPHS} == sets(OLD)
    # The store may still need them, so they stay and are named.
    assert len(left) == 2 and all(f"<{name}>" in str(error.value) for name in left)


@pytest.mark.parametrize("cut", [0, 1, 300])
def test_a_truncated_answer_is_fetched_again(filled: Server, cut: int) -> None:
    cuts: list[int] = []

    def rule(request: Request) -> Spoil | None:
        if is_fetch(request) and len(cuts) < 2:
            cuts.append(request.number)
            return Spoil(cut=cut)
        return None

    with proxy(filled.url, rule) as between:
        load_through(between.url)
    assert len(cuts) == 2 and held(filled.url) == sets(NEW)


def test_an_answer_that_is_always_truncated(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(cut=300) if is_fetch(request) else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert "the connection broke" in str(error.value) and "old graphs" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_store_that_says_yes_and_does_nothing(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(201) if request.method == "PUT" else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert "triples 50 → 0" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_body_that_is_too_large_goes_in_halves(filled: Server) -> None:
    big = {graph: triples for graph, triples in content("new", 2000).items() if graph == GRAPHS[0]}
    limit = 100_000
    with (
        proxy(filled.url, lambda request: Spoil(413) if len(request.body) > limit else None) as between,
        connect(between.url, store="oxigraph") as endpoint,
    ):
        load(big, endpoint)
    assert held(filled.url)[GRAPHS[0]] == set(big[GRAPHS[0]])
    assert len([request for request in between.requests if request.method == "POST"]) > 1


def test_a_store_that_takes_nothing_however_small(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(413) if request.method == "PUT" else None) as between,
        pytest.raises(Refused) as error,
    ):
        load_through(between.url)
    assert error.value.status == 413 and "old graphs, untouched" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_store_that_writes_into_the_wrong_graph(filled: Server) -> None:
    with (
        proxy(
            filled.url, lambda request: Spoil(path="/store?default") if request.method == "PUT" else None
        ) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url)
    assert "triples 50 → 0" in str(error.value) and "old graphs, untouched" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_store_that_moves_into_the_wrong_graph(filled: Server) -> None:
    """One graph comes into another: not what was sent, and said so."""
    with proxy(filled.url, lambda request: None) as between, pytest.raises(Remote) as error:

        def wrong(request: Request) -> Spoil | None:
            if not is_move(request):
                return None
            with connect(filled.url, store="oxigraph") as endpoint:
                endpoint.update(request.body.decode().replace(f"TO GRAPH <{GRAPHS[1]}>", "TO DEFAULT"))
            return Spoil(204)

        between.rule = wrong
        load_through(between.url)
    assert f"{GRAPHS[1]}: the store does not hold what was sent" in str(error.value)
    assert "could not be confirmed" in str(error.value)


def test_a_slow_store_is_given_up(filled: Server) -> None:
    with (
        proxy(filled.url, lambda request: Spoil(stall=30) if request.method == "PUT" else None) as between,
        pytest.raises(Remote) as error,
    ):
        load_through(between.url, timeout=3.0)
    assert "took longer than 3 s" in str(error.value) and error.value.exit_code == 4
    assert held(filled.url) == sets(OLD)


def test_a_read_only_store(filled: Server) -> None:
    def rule(request: Request) -> Spoil | None:
        writes = request.method == "PUT" or request.path.startswith("/update")
        return Spoil(403) if writes else None

    with proxy(filled.url, rule) as between, pytest.raises(Refused) as error:
        load_through(between.url)
    assert error.value.status == 403 and "old graphs" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_server_that_only_reads(filled: Server) -> None:
    filled.stop()
    filled.command[1] = "serve-read-only"
    filled.start()
    with pytest.raises(Refused) as error:
        load_through(filled.url)
    assert error.value.status == 403 and "old graphs, untouched" in str(error.value)
    assert held(filled.url) == sets(OLD)


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    try:
        server = oxigraph(folder, small="4m")
    except LookupError as reason:
        pytest.skip(str(reason))
    big = {GRAPHS[0]: [*content("new", 20_000)[GRAPHS[0]]]}
    try:
        with connect(server.url, store="oxigraph") as endpoint:
            load(OLD, endpoint)
            with pytest.raises(Remote) as error:
                load(big, endpoint)
        after = held(server.url)
    finally:
        server.stop(signal.SIGKILL)
    assert "No space left" in str(error.value) and "old graphs, untouched" in str(error.value)
    assert {graph: after.pop(graph) for graph in GRAPHS} == sets(OLD)
    assert all(f"<{name}>" in str(error.value) for name in after)


# --- into an empty store, at once ----------------------------------------------


def is_all(request: Request) -> bool:
    return request.method == "POST" and request.path == "/store"


@pytest.mark.parametrize(
    "spoil",
    [Spoil(lost=True), Spoil(413), Spoil(500), Spoil(504), Spoil(404)],
    ids=lambda one: str(one.status),
)
def test_all_at_once_that_fails_is_done_by_staging_or_was_done(store: Server, spoil: Spoil) -> None:
    with proxy(store.url, lambda request: spoil if is_all(request) else None) as between:
        load_through(between.url)
    assert len([one for one in between.requests if is_all(one)]) == 1
    assert any(is_move(one) for one in between.requests) is not spoil.lost
    assert held(store.url) == sets(NEW)


def test_all_at_once_that_is_forbidden(store: Server) -> None:
    with (
        proxy(store.url, lambda request: Spoil(403) if is_all(request) else None) as between,
        pytest.raises(Refused, match="old graphs, untouched") as error,
    ):
        load_through(between.url)
    assert "serve-read-only" in error.value.text("en") and held(store.url) == {}


def test_a_store_that_says_yes_to_all_at_once_and_does_nothing(store: Server) -> None:
    with (
        proxy(store.url, lambda request: Spoil(204) if is_all(request) else None) as between,
        pytest.raises(Remote, match="old graphs, untouched"),
    ):
        load_through(between.url)
    assert held(store.url) == {}


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
def test_the_server_is_killed_while_all_is_sent(store: Server, done: bool) -> None:
    def rule(request: Request) -> Spoil | None:
        if is_all(request):
            if done:
                with connect(store.url, store="oxigraph") as endpoint:
                    endpoint.http.call("POST", f"{store.url}/store", body=request.body,
                                       headers={"Content-Type": "application/n-quads"})  # fmt: skip
            store.stop(signal.SIGKILL)
        return None

    with proxy(store.url, rule) as between, pytest.raises(Remote, match="is not known"):
        load_through(between.url, timeout=5)
    store.start()
    assert held(store.url) == (sets(NEW) if done else {})


def test_two_loads_at_once_into_an_empty_store(store: Server) -> None:
    """Both found it empty. What is there in the end is what one of them sent, whole."""
    meet, waited = threading.Barrier(2, timeout=60), set[int]()

    def rule(request: Request) -> Spoil | None:
        if is_all(request):
            waited.add(request.number)
            meet.wait()
        return None

    other = content("other", 70)
    failures = at_once(store.url, rule, NEW, other)
    assert len(waited) == 2 and held(store.url) in (sets(NEW), sets(other)), failures


# --- logins and redirects -----------------------------------------------------


@pytest.mark.parametrize("kind", [basic, digest])
def test_a_login(filled: Server, kind: Callable[[str, str], Rule], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARKGRAPH_STORE_USER", "me")
    monkeypatch.setenv("PARKGRAPH_STORE_PASSWORD", "geheim: 密码")
    with proxy(filled.url, kind("me", "geheim: 密码")) as between:
        load_through(between.url)
    assert held(filled.url) == sets(NEW)


@pytest.mark.parametrize("kind", [basic, digest])
def test_a_wrong_password(
    filled: Server, kind: Callable[[str, str], Rule], parkgraph: Run, small_root: Callable[..., Path]
) -> None:
    login = {"PARKGRAPH_STORE_USER": "me", "PARKGRAPH_STORE_PASSWORD": "falsch"}
    with proxy(filled.url, kind("me", "geheim")) as between:
        args = ("load", "--unchecked", "--to", between.url, "--store", "oxigraph", "--root", small_root())
        done = parkgraph(*args, env=login)
        with_trace = parkgraph(*args, "--debug", env=login)
        nobody = parkgraph(*args)
    assert (done.returncode, done.stdout) == (4, "")
    assert "refuses this login" in done.stderr and "access without a login" in nobody.stderr
    encoded = "bWU6ZmFsc2No"  # me:falsch in Base64
    assert "staging" not in done.stderr  # who may not write has left nothing
    for told in (done.stderr, with_trace.stderr):
        assert "falsch" not in told and encoded not in told
    assert held(filled.url) == sets(OLD)


def test_a_token(filled: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARKGRAPH_STORE_TOKEN", "geheim")
    with proxy(filled.url, bearer("geheim")) as between:
        load_through(between.url)
    monkeypatch.setenv("PARKGRAPH_STORE_TOKEN", "falsch")
    with proxy(filled.url, bearer("geheim")) as between, pytest.raises(Refused) as error:
        load_through(between.url)
    assert "Bearer ***" in str(error.value) and "falsch" not in str(error.value)


@pytest.mark.parametrize("other", [True, False])
def test_a_redirect_is_refused_and_says_where_it_leads(
    filled: Server, monkeypatch: pytest.MonkeyPatch, other: bool
) -> None:
    monkeypatch.setenv("PARKGRAPH_STORE_TOKEN", "geheim")
    with proxy(filled.url, lambda request: None) as there:
        away = {"Location": f"{there.url}/store" if other else "/elsewhere"}
        with proxy(filled.url, lambda request: Spoil(307, away)) as between, pytest.raises(Refused) as error:
            load_through(between.url)
    assert f"redirects to {away['Location']}: refused" in str(error.value)
    assert there.requests == []
    assert held(filled.url) == sets(OLD)


# --- ends ---------------------------------------------------------------------


def test_the_server_is_killed_in_mid_load(filled: Server) -> None:
    def rule(request: Request) -> Spoil | None:
        if request.method == "PUT" and "two" in request.path:
            filled.stop(signal.SIGKILL)
        return None

    with proxy(filled.url, rule) as between, pytest.raises(Remote) as error:
        load_through(between.url)
    assert "old graphs, untouched" in str(error.value)
    named = set(re.findall(r"<(\S+)>", str(error.value)))
    filled.start()
    after = held(filled.url)
    assert {graph: after.pop(graph) for graph in GRAPHS} == sets(OLD)
    assert set(after) <= named  # what is left is named
    load_through(filled.url)
    assert {graph: held(filled.url)[graph] for graph in GRAPHS} == sets(NEW)


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
def test_the_server_is_killed_while_moving(filled: Server, done: bool) -> None:
    def rule(request: Request) -> Spoil | None:
        if is_move(request):
            if done:
                with connect(filled.url, store="oxigraph") as endpoint:
                    endpoint.update(request.body.decode())
            filled.stop(signal.SIGKILL)
        return None

    with proxy(filled.url, rule) as between, pytest.raises(Remote) as error:
        load_through(between.url)
    assert "is not known" in str(error.value)
    filled.start()
    after = held(filled.url)
    assert {graph: after.pop(graph) for graph in GRAPHS} == sets(NEW if done else OLD)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize(("how", "sending"), [("INT", False), ("TERM", False), ("INT", True)])
def test_an_interrupted_load_leaves_nothing_or_names_it(
    filled: Server, small_root: Callable[..., Path], how: str, sending: bool
) -> None:
    reached, old = threading.Event(), occupy(filled.url)

    def rule(request: Request) -> Spoil | None:
        if (request.method == "PUT" if sending else is_fetch(request)) and not reached.is_set():
            reached.set()
            return Spoil(stall=30)
        return None

    with proxy(filled.url, rule) as between:
        command = [
            "load",
            "--unchecked",
            "--to",
            between.url,
            "--store",
            "oxigraph",
            "--root",
            str(small_root()),
        ]
        # Where the tests run in the background, interrupts are ignored, and a child would inherit that.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        process = subprocess.Popen(
            [sys.executable, "-m", "parkgraph", *command],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        signal.signal(signal.SIGINT, before)
        assert reached.wait(60)
        time.sleep(0.2)  # until it waits for the answer
        process.send_signal(signal.Signals[f"SIG{how}"])
        out, told = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"old graphs, untouched" in told and b"Traceback" not in told
    # What was being sent may still arrive after it was removed.
    assert (b"?staging=" in told) is sending
    after = held(filled.url)
    assert {name: after.pop(name) for name in old} == old
    assert all(f"<{name}>" in told.decode() for name in after)


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal")
def test_a_load_that_is_killed_is_named_by_the_next(
    filled: Server, parkgraph: Run, small_root: Callable[..., Path]
) -> None:
    reached = threading.Event()
    occupy(filled.url)

    def rule(request: Request) -> Spoil | None:
        if is_fetch(request):
            reached.set()
            return Spoil(stall=30)
        return None

    args = ["load", "--unchecked", "--graph", "data", "--root", str(small_root())]
    with proxy(filled.url, rule) as between:
        process = subprocess.Popen(
            [sys.executable, "-m", "parkgraph", *args, "--to", between.url, "--store", "oxigraph"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        assert reached.wait(60)
        process.kill()
        process.wait(60)
    left = held(filled.url).keys() - {*GRAPHS, GRAPH_DATA}
    assert len(left) == 1 and not is_forgotten(next(iter(left)))
    done = parkgraph(*args, "--to", filled.url)
    assert done.returncode == 0 and all(f"<{name}>" in done.stderr for name in left)
    # It is young: for all that anyone knows it belongs to a load that runs.
    assert held(filled.url).keys() == {*GRAPHS, GRAPH_DATA, *left}


def test_staging_graphs_of_long_ago_are_removed(
    filled: Server, parkgraph: Run, small_root: Callable[..., Path]
) -> None:
    old, later, foreign = (
        f"{GRAPH_DATA}?staging={mark}"
        for mark in ("20200101T000000Z-0badcafe", "29990101T000000Z-0badcafe", "20200101-mine")
    )
    with connect(filled.url) as endpoint:
        for name in (old, later, foreign):
            endpoint.update(f"INSERT DATA {{ GRAPH <{name}> {{ <urn:s> <urn:p> <urn:o> }} }}")
    done = parkgraph("load", "--unchecked", "--graph", "data", "--to", filled.url, "--root", small_root())
    assert done.returncode == 0, done.stderr
    gone, _, stays = done.stderr.partition("running or broken off")
    assert f"<{old}>" in gone and f"<{later}>" in stays and f"<{foreign}>" in stays
    assert held(filled.url).keys() == {*GRAPHS, GRAPH_DATA, later, foreign}


def test_two_loads_at_once(filled: Server) -> None:
    """Both have sent everything before either moves. Oxigraph mixes them then; loading mends that."""
    other = content("other", 70)
    meet, waited = threading.Barrier(2, timeout=60), set[int]()

    def rule(request: Request) -> Spoil | None:
        if is_move(request) and len(waited) < 2:
            waited.add(request.number)
            meet.wait()
        return None

    failures = at_once(filled.url, rule, NEW, other)
    assert len(waited) == 2
    assert held(filled.url) in (sets(NEW), sets(other))
    # One may find the other's graphs where it looks for its own, and then says so.
    assert all("were moved into place" in str(failure) for failure in failures) and len(failures) <= 1
    assert held(filled.url).keys() == set(GRAPHS)

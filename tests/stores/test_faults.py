"""What goes wrong on the way. Every test ends with the old or the new graphs whole, and says which."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from parkgraph.errors import Remote
from parkgraph.names import GRAPH_DATA
from parkgraph.store.endpoint import connect, is_forgotten
from parkgraph.store.http import Refused
from parkgraph.store.load import load
from pyoxigraph import Triple
from store_content import GRAPHS, content, held, sets
from store_proxy import Proxy, Request, Rule, Spoil, basic, bearer, digest, proxy
from store_servers import Server, oxigraph

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Kind = Callable[[Request], bool]

OLD, NEW = content("old"), content("new", 50)


@pytest.fixture
def filled(store: Server) -> Server:
    """A server that holds OLD."""
    load_through(store.url, OLD)
    return store


def load_through(url: str, graphs: dict[str, list[Triple]] = NEW, *, timeout: float = 20.0) -> None:
    with connect(url, store="oxigraph", timeout=timeout) as endpoint:
        load(graphs, endpoint)


def occupy(url: str) -> dict[str, set[Triple]]:
    """Puts something where the graph of a root goes, so that a load has something to lose; what is there."""
    load_through(url, {GRAPH_DATA: OLD[GRAPHS[0]]})
    return {**sets(OLD), GRAPH_DATA: set(OLD[GRAPHS[0]])}


def at_once(url: str, kind: Kind, *contents: dict[str, list[Triple]]) -> list[Remote]:
    """Loads all contents at the same time, and lets the requests of a kind pass together; the failures."""
    failures: list[Remote] = []
    meet, waited = threading.Barrier(len(contents), timeout=60), set[int]()

    def rule(request: Request) -> None:
        if kind(request) and len(waited) < len(contents):
            waited.add(request.number)
            meet.wait()

    def one(graphs: dict[str, list[Triple]]) -> None:
        try:
            load_through(between.url, graphs)
        except Remote as failure:
            failures.append(failure)

    with proxy(url, rule) as between:
        threads = [threading.Thread(target=one, args=(graphs,)) for graphs in contents]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(waited) == len(contents)
    return failures


def is_move(request: Request) -> bool:
    return request.body.startswith(b"MOVE")


def is_put(request: Request) -> bool:
    return request.method == "PUT"


def is_fetch(request: Request) -> bool:
    return request.method == "GET" and request.path.startswith("/store")


def is_all(request: Request) -> bool:
    """Into an empty store all goes at once."""
    return request.method == "POST" and request.path == "/store"


def every(kind: Kind, spoil: Spoil) -> Rule:
    """Spoils all requests of a kind."""
    return lambda request: spoil if kind(request) else None


def twice(kind: Kind, spoil: Spoil) -> Rule:
    """Spoils the first two of a kind."""
    seen: list[int] = []

    def rule(request: Request) -> Spoil | None:
        if kind(request) and len(seen) < 2:
            seen.append(request.number)
            return spoil
        return None

    return rule


@contextmanager
def failing(url: str, rule: Rule, *says: str, timeout: float = 20.0) -> Iterator[tuple[Proxy, str]]:
    """NEW does not get through to the store; what the failure says in English."""
    with proxy(url, rule) as between:
        with pytest.raises(Remote) as error:
            load_through(between.url, timeout=timeout)
        assert error.value.exit_code == 4
        assert [text for text in says if text not in str(error.value)] == []
        yield between, str(error.value)


# --- into a store that holds something -----------------------------------------

PASSING: dict[str, Callable[[], Rule]] = {
    **{
        f"a storm of {status}": lambda status=status: every(  # type: ignore[misc]
            lambda request: request.number % 3 > 0 and not is_move(request), Spoil(status)
        )
        for status in (429, 500, 502, 503, 504)
    },
    "moving is put off (429)": lambda: twice(is_move, Spoil(429, {"Retry-After": "0"})),
    "moving is put off (503)": lambda: twice(is_move, Spoil(503, {"Retry-After": "0"})),
    "the answer to moving is lost, but it was done": lambda: every(is_move, Spoil(lost=True)),
    "no byte of an answer": lambda: twice(is_fetch, Spoil(cut=0)),
    "one byte of an answer": lambda: twice(is_fetch, Spoil(cut=1)),
    "half an answer": lambda: twice(is_fetch, Spoil(cut=300)),
}


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_waited_out(filled: Server, fault: str) -> None:
    with proxy(filled.url, PASSING[fault]()) as between:
        load_through(between.url)
    assert held(filled.url) == sets(NEW)


STAYING = {
    "a storm": (every(is_put, Spoil(503)), "answered 503"),
    "moving is refused": (every(is_move, Spoil(500)), "answered 500"),
    "it says that it moved, and did not": (every(is_move, Spoil(204)), "does not hold what was sent"),
    "answers are truncated": (every(is_fetch, Spoil(cut=300)), "the connection broke"),
    "it says yes and does nothing": (every(is_put, Spoil(201)), "triples 50 → 0"),
    "nothing is small enough": (every(is_put, Spoil(413)), "413"),
    "it writes into the wrong graph": (every(is_put, Spoil(path="/store?default")), "triples 50 → 0"),
    "it is slow": (every(is_put, Spoil(stall=30)), "took longer than 3 s"),
    "it is for reading": (
        every(lambda request: is_put(request) or request.path.startswith("/update"), Spoil(403)), "403"
    ),
}  # fmt: skip
"""What goes wrong → the rule, what is told of it."""


@pytest.mark.parametrize("fault", STAYING)
def test_what_stays_leaves_the_old(filled: Server, fault: str) -> None:
    rule, said = STAYING[fault]
    with failing(filled.url, rule, said, "old graphs, untouched", timeout=3.0) as (between, _):
        pass
    assert sum(map(is_move, between.requests)) <= 1  # what may have begun is not repeated
    assert held(filled.url) == sets(OLD)  # and nothing else is left


def test_a_failure_is_told_in_both_languages(filled: Server) -> None:
    with proxy(filled.url, every(is_put, Spoil(503))) as between, pytest.raises(Remote) as error:
        load_through(between.url)
    assert "旧" not in error.value.text("en") and "未被改动" in error.value.text("zh")


def test_a_gateway_does_not_know_whether_it_moved(filled: Server) -> None:
    with failing(filled.url, every(is_move, Spoil(504)), "is not known") as (_, told):
        left = held(filled.url)
    assert {graph: left.pop(graph) for graph in GRAPHS} == sets(OLD)
    # The store may still need them, so they stay and are named.
    assert len(left) == 2 and all(f"<{name}>" in told for name in left)


def test_a_body_that_is_too_large_goes_in_halves(filled: Server) -> None:
    big = {GRAPHS[0]: content("new", 2000)[GRAPHS[0]]}
    rule = every(lambda request: len(request.body) > 100_000, Spoil(413))
    with proxy(filled.url, rule) as between, connect(between.url, store="oxigraph") as endpoint:
        load(big, endpoint)
    assert held(filled.url)[GRAPHS[0]] == set(big[GRAPHS[0]])
    assert len([request for request in between.requests if request.method == "POST"]) > 1


def test_a_store_that_moves_into_the_wrong_graph(filled: Server) -> None:
    """One graph comes into another: not what was sent, and said so."""

    def wrong(request: Request) -> Spoil | None:
        if not is_move(request):
            return None
        with connect(filled.url, store="oxigraph") as endpoint:
            endpoint.update(request.body.decode().replace(f"TO GRAPH <{GRAPHS[1]}>", "TO DEFAULT"))
        return Spoil(204)

    said = (f"{GRAPHS[1]}: the store does not hold what was sent", "could not be confirmed")
    with failing(filled.url, wrong, *said):
        pass


def test_a_server_that_only_reads(filled: Server) -> None:
    filled.stop()
    filled.command[1] = "serve-read-only"
    filled.start()
    with pytest.raises(Refused, match="old graphs, untouched") as error:
        load_through(filled.url)
    assert error.value.status == 403 and held(filled.url) == sets(OLD)


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


@pytest.mark.parametrize(
    "spoil",
    [Spoil(lost=True), Spoil(413), Spoil(500), Spoil(504), Spoil(404)],
    ids=lambda one: str(one.status),
)
def test_all_at_once_that_fails_is_done_by_staging_or_was_done(store: Server, spoil: Spoil) -> None:
    with proxy(store.url, every(is_all, spoil)) as between:
        load_through(between.url)
    assert len([one for one in between.requests if is_all(one)]) == 1
    assert any(map(is_move, between.requests)) is not spoil.lost
    assert held(store.url) == sets(NEW)


@pytest.mark.parametrize(("status", "said"), [(403, "serve-read-only"), (204, "does not hold what was sent")])
def test_all_at_once_that_is_forbidden_or_is_not_done(store: Server, status: int, said: str) -> None:
    with failing(store.url, every(is_all, Spoil(status)), said, "old graphs, untouched"):
        pass
    assert held(store.url) == {}


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


@pytest.mark.parametrize("done", [False, True], ids=["before it is done", "after it is done"])
@pytest.mark.parametrize("kind", [is_all, is_move])
def test_the_server_is_killed(store: Server, kind: Kind, done: bool) -> None:
    """While all is sent into an empty store, or while what was sent is moved."""
    old = {} if kind is is_all else OLD
    load_through(store.url, old)

    def rule(request: Request) -> None:
        if kind(request):
            if done:
                with connect(store.url, store="oxigraph") as endpoint:
                    header = {"Content-Type": request.headers["Content-Type"]}
                    endpoint.http.call("POST", store.url + request.path, body=request.body, headers=header)
            store.stop(signal.SIGKILL)

    with failing(store.url, rule, "is not known", timeout=5):
        pass
    store.start()
    after = held(store.url)
    assert {graph: after.pop(graph) for graph in GRAPHS if graph in after} == sets(NEW if done else old)


def test_the_server_is_killed_in_mid_load(filled: Server) -> None:
    def rule(request: Request) -> None:
        if is_put(request) and "two" in request.path:
            filled.stop(signal.SIGKILL)

    with failing(filled.url, rule, "old graphs, untouched") as (_, told):
        named = set(re.findall(r"<(\S+)>", told))
    filled.start()
    after = held(filled.url)
    assert {graph: after.pop(graph) for graph in GRAPHS} == sets(OLD)
    assert set(after) <= named  # what is left is named
    load_through(filled.url)
    assert {graph: held(filled.url)[graph] for graph in GRAPHS} == sets(NEW)


@pytest.mark.parametrize("kind", [is_all, is_move])
def test_two_loads_at_once(store: Server, kind: Kind) -> None:
    """Both found the store empty, or have sent everything before either moves. What is there in the end is
    what one of them sent, whole (Oxigraph mixes moves; loading mends that). One may find the other's graphs
    where it looks for its own, and then says so."""
    other = content("other", 70)
    if kind is is_move:
        load_through(store.url, OLD)
    failures = at_once(store.url, kind, NEW, other)
    assert held(store.url) in (sets(NEW), sets(other)), failures
    assert held(store.url).keys() == set(GRAPHS) and len(failures) <= 1
    if kind is is_move:
        assert all("were moved into place" in str(failure) for failure in failures)


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

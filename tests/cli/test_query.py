"""`parkgraph query`: any SPARQL, but nothing that reaches outside or never ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from parkgraph.graph.sandbox import no_new_files
from pyoxigraph import Store

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeRoot = Callable[..., Path]

ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(9))
    + " FILTER(CONCAT(STR(?s0), STR(?s8)) = 'never') }"
)


def test_select(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    query = (
        "SELECT ?p ?name { ?p a park:Project ; rdfs:label ?name FILTER(LANG(?name) = 'zh') } ORDER BY ?name"
    )
    done = parkgraph("query", "--root", root, "-e", query, "--format", "csv")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "p,name",
        "https://w3id.org/parkgraph/id/project/c,丙",
        "https://w3id.org/parkgraph/id/project/b,乙",
        "https://w3id.org/parkgraph/id/project/a,甲",
    ]


def test_inferred_triples_are_found_and_prefixes_known(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    ask = "ASK { project:a park:partOf project:c ; a park:Entity }"
    assert parkgraph("query", "--root", root, "-e", ask).stdout == "true\n"
    ask = "ASK { GRAPH <https://w3id.org/parkgraph/graph/data> { project:a park:partOf project:c } }"
    assert parkgraph("query", "--root", root, "-e", ask).stdout == "false\n"


def test_construct_describe_and_file(parkgraph: Run, small_root: MakeRoot, tmp_path: Path) -> None:
    root = small_root()
    file = tmp_path / "parts.rq"
    file.write_text("CONSTRUCT { ?b park:has ?a } { ?a park:partOf ?b }", encoding="utf-8")
    done = parkgraph("query", "--root", root, file, "--format", "nt")
    assert len(done.stdout.splitlines()) == 3
    done = parkgraph("query", "--root", root, "-", "--format", "nt", stdin="DESCRIBE project:c")
    assert "丙" in done.stdout


def test_output_file_is_whole_or_absent(parkgraph: Run, small_root: MakeRoot, tmp_path: Path) -> None:
    root, out = small_root(), tmp_path / "out"
    out.mkdir()
    assert parkgraph("query", "--root", root, "-e", "ASK {}", "-o", out / "a.json").returncode == 0
    assert json.loads((out / "a.json").read_text(encoding="utf-8"))["boolean"] is True
    done = parkgraph("query", "--root", root, "--timeout", "0.5", "-e", ENDLESS, "-o", out / "b.json")
    assert done.returncode == 4
    assert [path.name for path in out.iterdir()] == ["a.json"]


def test_rows_are_capped_with_a_notice(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    query = "SELECT ?p { ?p a park:Project } ORDER BY ?p"
    done = parkgraph("query", "--root", root, "-e", query, "--max-rows", "2", "--format", "csv")
    assert len(done.stdout.splitlines()) == 3
    assert "only the first 2" in done.stderr
    done = parkgraph("query", "--root", root, "-e", query, "--max-rows", "3", "--format", "csv")
    assert len(done.stdout.splitlines()) == 4
    assert done.stderr == ""
    assert parkgraph("query", "-q", "--root", root, "-e", query, "--max-rows", "1").stderr == ""


@pytest.mark.parametrize("format", ["table", "csv", "tsv", "json", "xml", "jsonl", "md", "html"])
def test_an_answer_without_columns(parkgraph: Run, small_root: MakeRoot, format: str) -> None:
    done = parkgraph("query", "-e", "SELECT * { }", "--root", small_root(), "-f", format)
    assert (done.returncode, done.stderr) == (0, "")
    if format == "json":
        assert json.loads(done.stdout)["results"]["bindings"] == [{}]


@pytest.mark.parametrize("limit", [["--timeout", "nan"], ["--timeout", "inf"], ["--memory", str(2**60)]])
def test_impossible_limits(parkgraph: Run, small_root: MakeRoot, limit: list[str]) -> None:
    done = parkgraph("query", "--root", small_root(), *limit, "-e", "ASK {}")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_query_that_breaks_its_process(parkgraph: Run, small_root: MakeRoot) -> None:
    # Nested so deeply that the engine's stack overflows.
    done = parkgraph("query", "--root", small_root(), "-", stdin="ASK " + "{" * 50_000 + "}" * 50_000)
    assert (done.returncode, done.stdout) == (4, "")
    assert "nests too deeply" in done.stderr


def test_time_limit_stops_the_query(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("query", "--root", small_root(), "--timeout", "0.5", "-e", ENDLESS)
    assert done.returncode == 4
    assert "longer than 0.5 s" in done.stderr
    assert done.stdout == ""


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")
def test_memory_limit_stops_the_query(parkgraph: Run, small_root: MakeRoot) -> None:
    greedy = "SELECT * { " + " ".join(f"?s{i} ?p{i} ?o{i} ." for i in range(9)) + " } ORDER BY DESC(?s0)"
    done = parkgraph("query", "--root", small_root(), "--timeout", "60", "--memory", "400", "-e", greedy)
    assert done.returncode == 4, done.stderr
    assert "more memory" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="the limit is the system's")
def test_a_query_can_open_no_connection() -> None:
    # Past the refusal in the front: the engine itself is given a query with SERVICE.
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        text = f"SELECT * {{ SERVICE <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?s ?p ?o }} }}"
        with no_new_files(), pytest.raises(OSError):
            list(Store().query(text))  # type: ignore[arg-type]
        with pytest.raises(BlockingIOError):  # nobody has knocked
            server.accept()


def _family(process: int) -> list[int]:
    """The processes that it has started, and those that they have."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [found for child in map(int, children) for found in (child, *_family(child))]


def _alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def _as_in_a_terminal() -> None:
    """Interrupts and quits are heard, which what is started in the background ignores or blocks."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGQUIT})


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", ["KILL", "HUP", "TERM", "INT", "QUIT"])
def test_nothing_outlives_a_command(small_root: MakeRoot, how: str) -> None:
    command = [sys.executable, "-m", "parkgraph", "query", "--root", str(small_root()), "-e", ENDLESS]
    _ends_with_all_of_it([*command, "--timeout", "600"], how)


def _ends_with_all_of_it(command: list[str], how: str) -> None:
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, preexec_fn=_as_in_a_terminal)
    while not (family := _family(process.pid)):
        time.sleep(0.01)
    os.kill(process.pid, signal.Signals[f"SIG{how}"])
    process.wait(timeout=30)
    assert not _alive_after_a_second(family)


def _alive_after_a_second(family: list[int]) -> bool:
    end = time.monotonic() + 1
    while any(map(_alive, family)) and time.monotonic() < end:
        time.sleep(0.01)
    return any(map(_alive, family))


@pytest.fixture(params=["silent", "trickling", "closing"])
def bad_store(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a store that takes a query and never answers, never ends its answer, or hangs up."""
    how: str = request.param
    open_: list[socket.socket] = []

    def answer(connection: socket.socket) -> None:
        connection.recv(65536)
        if how == "closing":
            connection.close()
            return
        with suppress(OSError):
            if how == "trickling":
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n\r\n{"
                )
            while how == "trickling":
                connection.sendall(b" ")
                time.sleep(0.05)

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection = server.accept()[0]
                open_.append(connection)
                threading.Thread(target=answer, args=[connection], daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
        for connection in open_:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


REMOTE = [["--store", "generic"], ["--store", "fuseki"], []]


@pytest.mark.parametrize("store", REMOTE)
def test_the_limit_holds_for_a_store_too(
    parkgraph: Run, small_root: MakeRoot, tmp_path: Path, bad_store: str, store: list[str]
) -> None:
    pytest.importorskip("httpx")
    to = [
        "--root",
        small_root(),
        "--endpoint",
        bad_store,
        *store,
        "--timeout",
        "1.5",
        "-o",
        tmp_path / "x.csv",
    ]
    done = parkgraph("query", "-e", "SELECT * { ?s ?p ?o }", *to)
    assert (done.returncode, done.stdout) == (4, "")
    assert "Traceback" not in done.stderr and "fault" not in done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.suffix] == []


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize("how", ["KILL", "HUP", "TERM", "INT", "QUIT"])
@pytest.mark.parametrize("bad_store", ["silent", "trickling"], indirect=True)
def test_nothing_outlives_a_remote_query(small_root: MakeRoot, bad_store: str, how: str) -> None:
    pytest.importorskip("httpx")
    command = [
        sys.executable,
        "-m",
        "parkgraph",
        "query",
        "--root",
        str(small_root()),
        "-e",
        "ASK { ?s ?p ?o }",
    ]
    _ends_with_all_of_it([*command, "--endpoint", bad_store, "--timeout", "600"], how)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_nothing_outlives_a_reader_that_goes_away(small_root: MakeRoot) -> None:
    many = "SELECT * { " + " ".join(f"?s{n} ?p{n} ?o{n} ." for n in range(4)) + " }"
    command = [sys.executable, "-m", "parkgraph", "query", "--root", str(small_root()), "-e", many]
    process = subprocess.Popen(
        [*command, "--max-rows", "0", "-f", "csv", "--timeout", "600"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    while not (family := _family(process.pid)):
        time.sleep(0.01)
    assert process.stdout is not None and process.stderr is not None
    process.stdout.close()
    assert process.wait(timeout=100) == 141
    assert process.stderr.read() == b""
    process.stderr.close()
    assert not _alive_after_a_second(family)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is the system's")
@pytest.mark.parametrize("options", [["--timeout", "1"], ["--timeout", "1", "-o", "out.csv"]])
def test_reading_and_checking_a_query_count_too(
    parkgraph: Run, small_root: MakeRoot, options: list[str], tmp_path: Path
) -> None:
    reader, writer = os.pipe()  # a query that never comes
    command = [sys.executable, "-m", "parkgraph", "query", "-", "--root", str(small_root()), *options]
    begun = time.monotonic()
    done = subprocess.run(
        command, stdin=reader, capture_output=True, cwd=tmp_path, encoding="utf-8", timeout=60
    )
    os.close(reader)
    os.close(writer)
    assert done.returncode == 4 and "longer than 1 s" in done.stderr
    assert time.monotonic() - begun > 0.9
    assert not (tmp_path / "out.csv").exists()


def test_a_term_that_occurs_nowhere_is_named_with_the_nearest(
    parkgraph: Run, small_root: Callable[..., Path]
) -> None:
    root = small_root()

    def told(query: str, lang: str = "en") -> list[str]:
        done = parkgraph("query", "--root", root, "--lang", lang, "-e", query)
        assert done.returncode == 0
        return done.stderr.splitlines()

    assert told("SELECT ?x { ?x a park:Projct }") == [
        "park:Projct occurs nowhere in the graph; is park:Project meant?",
        "nothing found",
    ]
    assert told("PREFIX r: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?l { ?x r:labl ?l }", "zh") == [
        "图谱中没有 rdfs:labl，是否想写 rdfs:label？",
        "没有结果",
    ]
    assert told('SELECT ?x { ?x a park:Project FILTER(xsd:integer("1") = 1) }') == []
    assert told("ASK { ?x a park:Projct }") == [
        "park:Projct occurs nowhere in the graph; is park:Project meant?"
    ]

"""Two servers with the same graph: who asks goes to the second while the first is replaced, killed, or gone.

    python tests/stores/second_server.py [ROOT]      prints a table in Markdown

Both are filled by `parkgraph load` and compared with one receipt by `parkgraph verify`'s own function. A
reader asks all the time, the first server that answers; each answer must be the old graph's or the new one's,
whole. Told are the answers, the longest wait for one, and how often a server had to be passed over.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import httpx
from parkgraph.export import GRAPHS, collect
from parkgraph.names import GRAPH_DATA
from parkgraph.read.files import find_root
from parkgraph.store.endpoint import connect
from parkgraph.store.load import Receipt, load, verify
from pyoxigraph import Literal, NamedNode, Triple
from store_servers import Server, oxigraph

COUNT = f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{GRAPH_DATA}> {{ ?s ?p ?o }} }}"


class Reads(NamedTuple):
    """What a reader met.  answers: numbers of triples.  longest: seconds for one.  passed: servers that did
    not answer.  failed: no server answered."""

    answers: set[int]
    number: int
    longest: float
    passed: int
    failed: int


class Reader:
    """Asks the first server that answers, until it is left."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self.urls = [f"{server.url}/query" for server in servers]
        self.answers: list[tuple[int, float]] = []
        self.passed = self.failed = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self) -> Reader:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _read(self) -> None:
        with httpx.Client(trust_env=False, timeout=httpx.Timeout(30.0, connect=1.0)) as client:
            while not self._ended.wait(0.01):
                begun = perf_counter()
                for url in self.urls:
                    try:
                        answer = client.get(url, params={"query": COUNT}, headers={"Accept": "text/csv"})
                        answer.raise_for_status()
                    except httpx.HTTPError:
                        self.passed += 1
                        continue
                    self.answers.append((int(answer.text.split()[1]), perf_counter() - begun))
                    break
                else:
                    self.failed += 1

    def told(self) -> Reads:
        """What was met."""
        longest = max((seconds for _, seconds in self.answers), default=0.0)
        return Reads({n for n, _ in self.answers}, len(self.answers), longest, self.passed, self.failed)


def fill(server: Server, graphs: Mapping[str, list[Triple]]) -> Receipt:
    """Loads the graphs into a server, replacing what is there."""
    with connect(server.url) as endpoint:
        return load(graphs, endpoint)


def equal(receipt: Receipt, server: Server) -> bool:
    """Whether a server holds what the receipt of another says."""
    with connect(server.url) as endpoint:
        return not any(verify(receipt, endpoint).values())


def takeover(old: Mapping[str, list[Triple]], folder: Path) -> dict[str, Reads]:
    """What a reader met while the first of two servers was replaced, killed and started again, and lost with
    its disk and filled anew.  Raises AssertionError when the two then do not hold the same, LookupError."""
    extra = Triple(NamedNode("https://example.org/new"), NamedNode("https://example.org/is"), Literal("new"))
    new = {**old, GRAPH_DATA: [*old[GRAPH_DATA], extra]}
    first, second = oxigraph(folder / "first"), oxigraph(folder / "second")

    def replace() -> None:
        receipt = fill(first, new)
        assert not equal(receipt, second)
        fill(second, new)
        assert equal(receipt, first) and equal(receipt, second)

    def kill() -> None:
        first.stop(signal.SIGKILL)
        first.start()
        assert equal(receipt, first)

    def lose() -> None:
        nonlocal first
        first.stop(signal.SIGKILL)
        other = oxigraph(folder / "third")
        fill(other, new)
        assert equal(receipt, other)
        first = other

    found = {}
    steps: dict[str, Callable[[], None]] = {
        "replaced": replace,
        "killed, started again": kill,
        "lost, filled anew": lose,
    }
    try:
        receipt = fill(first, old)
        fill(second, old)
        assert equal(receipt, second)
        for name, step in steps.items():
            with Reader((first, second)) as reader:
                step()
            found[name] = reader.told()
            with connect(second.url) as endpoint:
                receipt = receipt._replace(graphs={graph: endpoint.measure(graph) for graph in new})
    finally:
        first.stop()
        second.stop()
    return found


def main(root: str | None) -> None:
    """Prints the table."""
    graphs = {name: list(triples) for name, triples in collect(find_root(root), GRAPHS).items()}
    print("| the first server is | answers | other than old or new | longest wait, s | passed over | none |")
    print("|---|---:|---:|---:|---:|---:|")
    size = len(graphs[GRAPH_DATA])
    with tempfile.TemporaryDirectory() as folder:
        for name, met in takeover(graphs, Path(folder)).items():
            other = len(met.answers - {size, size + 1})
            print(f"| {name} | {met.number} | {other} | {met.longest:.2f} | {met.passed} | {met.failed} |")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)

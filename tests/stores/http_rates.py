"""How fast a graph gets into each store over HTTP: `parkgraph load` beside one plain PUT of the whole file.

    python scripts/benchmarks/copies.py parks -n 95
    python tests/stores/http_rates.py parks [STORE …]      prints a table in Markdown

One plain PUT is the fastest way that a store has over HTTP (for Oxigraph also without a transaction): nothing
is compared, and a broken connection leaves who knows what. Of `load` both are told: sending alone, and all of
it, with preparing, comparing twice and moving. Servers are those of the tests, new for every way; one that
cannot be had is left out, with its reason on stderr. Only the data graph is sent.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import perf_counter

import httpx
from parkgraph.export import collect
from parkgraph.messages import Text, in_language
from parkgraph.names import GRAPH_DATA
from parkgraph.read.files import Root
from parkgraph.store.endpoint import connect
from parkgraph.store.load import load
from parkgraph.store.profiles import PROFILES
from pyoxigraph import RdfFormat, Triple, serialize
from store_servers import Server, fuseki, oxigraph, rdf4j, virtuoso

LIMIT = 1800.0  # seconds for one way into one store

STARTS: dict[str, Callable[[Path], Server]] = {
    "oxigraph": lambda data: oxigraph(data / "store"),
    "fuseki": fuseki,
    "rdf4j": rdf4j,
    "virtuoso": virtuoso,
}
PLAIN: dict[str, dict[str, str]] = {"PUT": {}, "PUT, no transaction": {"no_transaction": ""}}


def put(name: str, server: Server, file: Path, extra: dict[str, str]) -> float:
    """Seconds of one PUT of the whole file.  Raises httpx.HTTPError."""
    auth = httpx.DigestAuth(*server.login.values()) if server.login else None
    url = f"{server.url}{PROFILES[name].graphs}"
    with httpx.Client(auth=auth, timeout=LIMIT, trust_env=False) as client:
        begun = perf_counter()
        answer = client.put(
            url,
            params={"graph": GRAPH_DATA, **extra},
            content=file.read_bytes(),  # whole: a login by Digest is asked for after the first try
            headers={"Content-Type": "application/n-triples"},
        )
        answer.raise_for_status()
        return perf_counter() - begun


def load_timed(server: Server, triples: Iterable[Triple]) -> tuple[float, float]:
    """Seconds of sending, and of the whole of `load`."""
    spent: Counter[str] = Counter()
    step, since = "", perf_counter()

    def say(text: Text) -> None:
        nonlocal step, since
        now = perf_counter()
        spent[step] += now - since
        step, since = in_language(text, "en").split()[0], now

    os.environ.update(server.login)
    begun = perf_counter()
    with connect(server.url, timeout=LIMIT) as endpoint:
        load({GRAPH_DATA: triples}, endpoint, say=say)
    return spent["sending"], perf_counter() - begun


def rows(
    names: Iterable[str], triples: Iterable[Triple], file: Path, folder: Path
) -> Iterator[tuple[str, str, float]]:
    """Store, way, seconds."""
    for name in names:
        for way, extra in PLAIN.items():
            if extra and name != "oxigraph":
                continue
            try:
                server = STARTS[name](Path(tempfile.mkdtemp(dir=folder)))
            except LookupError as reason:
                print(f"{name}: {reason}", file=sys.stderr)
                break
            try:
                yield name, way, put(name, server, file, extra)
            except httpx.HTTPError as failure:
                print(f"{name}, {way}: {failure}", file=sys.stderr)
            finally:
                server.stop()
        else:
            server = STARTS[name](Path(tempfile.mkdtemp(dir=folder)))
            try:
                sending, whole = load_timed(server, triples)
                yield name, "`load`: sending", sending
                yield name, "`load`: all of it", whole
            finally:
                server.stop()


def main(root: Path, names: list[str]) -> None:
    """Prints the table; rates are compared with the fastest plain way of the store."""
    triples = collect(Root(root), ["data"])[GRAPH_DATA]
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "data.nt"
        serialize(triples, str(file), RdfFormat.N_TRIPLES)
        size = file.stat().st_size / 1e6
        print(f"{len(triples):,} triples, {size:.1f} MB of N-Triples; {os.cpu_count()} cores\n")
        print("| store | way | seconds | triples a second | of the fastest plain way |")
        print("|---|---|---:|---:|---:|")
        fastest: dict[str, float] = {}
        for name, way, seconds in rows(names or list(STARTS), triples, file, Path(folder)):
            if way in PLAIN:
                fastest[name] = min(seconds, fastest.get(name, seconds))
            share = f"{fastest[name] / seconds:.0%}" if name in fastest and way not in PLAIN else ""
            title = PROFILES[name].title
            print(
                f"| {title} | {way} | {seconds:.1f} | {len(triples) / seconds:,.0f} | {share} |", flush=True
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

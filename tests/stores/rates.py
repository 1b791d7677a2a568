"""How fast a graph gets into each store: by its own bulk loader, one plain PUT, and `parkgraph load`.

    python scripts/benchmarks/copies.py parks -n 95
    python tests/stores/rates.py parks [STORE …]      prints a table in Markdown

A loader takes what `export --bulk` wrote and compares nothing; here what it loaded is counted afterwards, not
in its time. A plain PUT is the fastest way that a store has over HTTP (for Oxigraph also without a
transaction): nothing is compared either, and a broken connection leaves who knows what. Of `load` both are
told: sending alone, and all of it, with preparing, comparing and moving. Only the data graph is sent. Seconds
are those of the clock and those of processors, the command's and the server's together; where others use the
machine too, only the latter mean much. Servers are those of the tests, with their small buffers, new for
every way; one that cannot be had is left out, its reason on stderr.
"""

from __future__ import annotations

import configparser
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import httpx
from parkgraph.export import collect
from parkgraph.messages import Text, in_language
from parkgraph.names import GRAPH_DATA
from parkgraph.read.files import Root
from parkgraph.store.bulk import export_bulk
from parkgraph.store.endpoint import connect
from parkgraph.store.load import load
from parkgraph.store.profiles import PROFILES
from pyoxigraph import RdfFormat, Triple, serialize
from store_servers import STORES, Server, fuseki, jar, oxigraph, rdf4j, virtuoso

LIMIT = 1800.0  # seconds for one way into one store
STARTS: dict[str, Callable[[Path], Server]] = {
    "oxigraph": lambda data: oxigraph(data / "store"), "fuseki": fuseki, "rdf4j": rdf4j, "virtuoso": virtuoso,
}  # fmt: skip
PLAIN: dict[str, dict[str, str]] = {"PUT": {}, "PUT, no transaction": {"no_transaction": ""}}


class Spent(NamedTuple):
    """Seconds of the clock, and of processors."""

    clock: float
    processor: float


def timer(server: Server | None = None) -> Callable[[], Spent]:
    """Gives what was spent since it was made.  server: whose processor time counts too."""

    def now() -> Spent:
        used = sum(
            sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        if server:
            stat = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
            used += (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
        return Spent(perf_counter(), used)

    begun = now()
    return lambda: Spent(*(end - start for end, start in zip(now(), begun, strict=True)))


def load_virtuoso(server: Server, bulk: Path, data: Path) -> str:
    """What isql says of loading from a folder inside the one that the server may read."""
    if not (data / "bulk").exists():
        (data / "bulk").symlink_to(bulk.resolve())
    ini = configparser.ConfigParser()
    ini.read(data / "virtuoso.ini")
    program = STORES / "virtuoso" / "usr" / "bin" / "isql-vt"
    statements = subprocess.check_output([bulk / "load-virtuoso.sh", data / "bulk" / "quads"])
    command = [program, ini["Parameters"]["ServerPort"], *server.login.values()]
    done = subprocess.run(command, env=server.environment, input=statements, capture_output=True, check=True)
    return (done.stdout + done.stderr).decode()


def loader(name: str, bulk: Path, data: Path) -> tuple[Server, Spent]:
    """A server with what its own loader loaded.  Raises LookupError where that cannot be had."""
    if name == "virtuoso":  # it loads while it runs
        server = virtuoso(data)
        spent = timer(server)
        load_virtuoso(server, bulk, data)
        return server, spent()
    tools = {
        "oxigraph": ("OXIGRAPH", str(Path(sys.executable).with_name("oxigraph")), data / "store"),
        "fuseki": ("TDBLOADER", f"java -Xmx1g -cp {jar()} tdb2.tdbloader", data),
    }
    if name not in tools or (name == "fuseki" and not jar().exists()):
        raise LookupError("no loader here")
    variable, tool, folder = tools[name]
    script = bulk / ("load-oxigraph.sh" if name == "oxigraph" else "load-tdb2.sh")
    spent = timer()
    subprocess.run(
        [script, folder], env={**os.environ, variable: tool}, stdout=subprocess.DEVNULL, check=True
    )
    found = spent()
    return STARTS[name](data), found


def put(name: str, server: Server, file: Path, extra: dict[str, str]) -> Spent:
    """One PUT of the whole file.  Raises httpx.HTTPError."""
    auth = httpx.DigestAuth(*server.login.values()) if server.login else None
    with httpx.Client(auth=auth, timeout=LIMIT, trust_env=False) as client:
        spent = timer(server)
        client.put(
            f"{server.url}{PROFILES[name].graphs}",
            params={"graph": GRAPH_DATA, **extra},
            content=file.read_bytes(),  # whole: a login by Digest is asked for after the first try
            headers={"Content-Type": "application/n-triples"},
        ).raise_for_status()
        return spent()


def load_timed(server: Server, triples: list[Triple]) -> tuple[Spent, Spent]:
    """Sending, and the whole of `load`."""
    steps: list[tuple[str, Spent]] = []
    spent = timer(server)

    def say(text: Text) -> None:
        steps.append((in_language(text, "en").split()[0], spent()))

    with connect(server.url, timeout=LIMIT) as endpoint:
        load({GRAPH_DATA: triples}, endpoint, say=say)
    steps.append(("", spent()))
    sending = [(end.clock - begun.clock, end.processor - begun.processor)
               for (step, begun), (_, end) in pairwise(steps) if step == "sending"]  # fmt: skip
    return Spent(*map(sum, zip(*sending, strict=True))), steps[-1][1]


def ways(
    name: str, triples: list[Triple], file: Path, bulk: Path, data: Callable[[], Path]
) -> Iterator[tuple[str, Spent]]:
    """Each way into a store, and what it took.  Raises LookupError where the store cannot be had."""
    try:
        server, spent = loader(name, bulk, data())
    except LookupError as reason:
        print(f"{name}: {reason}", file=sys.stderr)
    else:
        with stopped(server), connect(server.url) as endpoint:
            assert endpoint.counted(GRAPH_DATA).triples == len(triples), name
            yield "its loader", spent
    for way, extra in PLAIN.items():
        if not extra or name == "oxigraph":
            with stopped(STARTS[name](data())) as server:
                yield way, put(name, server, file, extra)
    with stopped(STARTS[name](data())) as server:
        sending, whole = load_timed(server, triples)
        yield "`load`: sending", sending
        yield "`load`: all of it", whole


@contextmanager
def stopped(server: Server) -> Iterator[Server]:
    """The server, whose login counts meanwhile; stopped in the end."""
    os.environ.update(server.login)
    try:
        yield server
    finally:
        server.stop()


def main(root: Path, names: list[str]) -> None:
    """Prints the table; rates are compared with the fastest plain way of the store."""
    triples = list(collect(Root(root), ["data"])[GRAPH_DATA])
    with tempfile.TemporaryDirectory() as folder:
        file, bulk = Path(folder) / "data.nt", Path(folder) / "bulk"
        serialize(triples, str(file), RdfFormat.N_TRIPLES)
        export_bulk({GRAPH_DATA: triples}, bulk)
        size = file.stat().st_size / 1e6
        print(f"{len(triples):,} triples, {size:.1f} MB of N-Triples; {os.cpu_count()} cores\n")
        print("| store | way | seconds | triples a second | of the fastest plain way | processor seconds |")
        print("|---|---|---:|---:|---:|---:|", flush=True)
        for name in names or list(STARTS):
            plain = []
            try:
                for way, spent in ways(name, triples, file, bulk, lambda: Path(tempfile.mkdtemp(dir=folder))):
                    if way in PLAIN:
                        plain.append(spent.clock)
                    share = f"{min(plain) / spent.clock:.0%}" if plain and way not in PLAIN else ""
                    cells = (
                        f"{spent.clock:.1f}",
                        f"{len(triples) / spent.clock:,.0f}",
                        share,
                        f"{spent.processor:.1f}",
                    )
                    print(f"| {PROFILES[name].title} | {way} | {' | '.join(cells)} |", flush=True)
            except (LookupError, httpx.HTTPError) as reason:
                print(f"{name}: {reason}", file=sys.stderr)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])

"""How fast a graph gets into each store: its own bulk loader beside `parkgraph load`.

    python scripts/benchmarks/copies.py parks -n 95
    parkgraph export --root parks --bulk bulk
    python tests/stores/bulk_rates.py bulk          the loaders
    python tests/stores/bulk_rates.py bulk parks    and `parkgraph load`

Prints a table in Markdown. Seconds are those of the clock and those of processors, the command's and the
server's together; where others use the machine too, only the latter mean much. `load` makes the graph, sends
it and compares it. A loader takes what `export --bulk` wrote and compares nothing; here what it loaded is
compared with the receipt afterwards, by the number of triples of each predicate, not in its time. Servers are
those of the tests, with their small buffers; one that cannot be had is left out, its reason on stderr.
"""

from __future__ import annotations

import configparser
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from parkgraph.store.canonical import differences
from parkgraph.store.endpoint import connect
from parkgraph.store.load import Receipt, read_receipt
from store_servers import STORES, Server, fuseki, jar, oxigraph, virtuoso

LIMIT = 1200  # seconds for one way into one store
TICKS = os.sysconf("SC_CLK_TCK")


class Spent(NamedTuple):
    """Seconds of the clock, and of processors."""

    clock: float
    processor: float


class Timer:
    """Counts from its making on.  server: whose processor time counts too."""

    def __init__(self, server: Server | None = None) -> None:
        self.server = server
        self.begun = self._now()

    def spent(self) -> Spent:
        """Since it was made."""
        return Spent(*(now - then for now, then in zip(self._now(), self.begun, strict=True)))

    def _now(self) -> Spent:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        used = children.ru_utime + children.ru_stime
        if self.server:
            stat = Path(f"/proc/{self.server.process.pid}/stat").read_text().rpartition(")")[2].split()
            used += (int(stat[11]) + int(stat[12])) / TICKS
        return Spent(perf_counter(), used)


Loaded = tuple[Server, Spent]
"""A server that runs, and what its loader spent."""


def run(command: list[object], env: dict[str, str] | None = None, *, input: bytes | None = None) -> None:
    """Raises CalledProcessError and TimeoutExpired."""
    words = list(map(str, command))
    subprocess.run(words, env=env, input=input, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)


def oxigraph_loader(bulk: Path, data: Path) -> Loaded:
    """Oxigraph with what its own loader loaded."""
    timer, binary = Timer(), Path(sys.executable).with_name("oxigraph")
    run([bulk / "load-oxigraph.sh", data / "store"], {**os.environ, "OXIGRAPH": str(binary)})
    spent = timer.spent()
    return oxigraph(data / "store"), spent


def tdb2_loader(bulk: Path, data: Path) -> Loaded:
    """Fuseki with what tdb2.tdbloader loaded."""
    if not jar().exists():
        raise LookupError("Fuseki is not fetched: make test-stores does it")
    timer = Timer()
    run([bulk / "load-tdb2.sh", data], {**os.environ, "TDBLOADER": f"java -Xmx1g -cp {jar()} tdb2.tdbloader"})
    spent = timer.spent()
    return fuseki(data), spent


def virtuoso_loader(bulk: Path, data: Path) -> Loaded:
    """Virtuoso with what ld_dir loaded."""
    (data / "bulk").symlink_to(bulk.resolve())  # inside the folder that it may read
    server = virtuoso(data)
    ini = configparser.ConfigParser()
    ini.read(data / "virtuoso.ini")
    program = STORES / "virtuoso" / "usr" / "bin" / "isql-vt"
    login = [server.login["PARKGRAPH_STORE_USER"], server.login["PARKGRAPH_STORE_PASSWORD"]]
    statements = subprocess.check_output([bulk / "load-virtuoso.sh", data / "bulk" / "quads"])
    timer = Timer(server)
    try:
        run([program, ini["Parameters"]["ServerPort"], *login], server.environment, input=statements)
    except BaseException:
        server.stop()
        raise
    return server, timer.spent()


LOADERS: dict[str, tuple[str, Callable[[Path, Path], Loaded]]] = {
    "Oxigraph": ("oxigraph load", oxigraph_loader),
    "Fuseki, TDB2": ("tdb2.tdbloader", tdb2_loader),
    "Virtuoso": ("ld_dir", virtuoso_loader),
}
STARTS: dict[str, Callable[[Path], Server]] = {
    "Oxigraph": lambda data: oxigraph(data / "store"),
    "Fuseki, TDB2": fuseki,
    "Virtuoso": virtuoso,
}


def loaders(bulk: Path, receipt: Receipt, folder: Path) -> Iterator[tuple[str, str, Spent]]:
    """Store, loader, what it spent.  Raises AssertionError when the store does not hold the graph."""
    for name, (loader, load) in LOADERS.items():
        try:
            server, spent = load(bulk, Path(tempfile.mkdtemp(dir=folder)))
        except LookupError as reason:
            print(f"{name}: {reason}", file=sys.stderr)
            continue
        try:
            os.environ.update(server.login)
            with connect(server.url) as endpoint:
                for graph, wanted in receipt.graphs.items():
                    assert differences(wanted, endpoint.counted(graph)) == [], f"{name}: {graph}"
        finally:
            server.stop()
        yield name, loader, spent


def loads(root: Path, folder: Path) -> Iterator[tuple[str, str, Spent]]:
    """Store, `parkgraph load`, what it spent."""
    for name, start in STARTS.items():
        try:
            server = start(Path(tempfile.mkdtemp(dir=folder)))
        except LookupError:
            continue
        timer = Timer(server)
        try:
            command = [
                sys.executable,
                "-m",
                "parkgraph",
                "--quiet",
                "load",
                "--root",
                root,
                "--to",
                server.url,
            ]
            run(command, {**os.environ, **server.login})
            yield name, "parkgraph load", timer.spent()
        except subprocess.TimeoutExpired:
            print(f"{name}: parkgraph load was not done in {LIMIT} s", file=sys.stderr)
        finally:
            server.stop()


def main(bulk: Path, root: Path | None) -> None:
    """Prints the table."""
    receipt = read_receipt(bulk / "receipt.json")
    triples = sum(found.triples for found in receipt.graphs.values())
    size = sum(file.stat().st_size for file in (bulk / "quads").glob("*.nq.gz"))
    print(f"{triples:,} triples, {size:,} bytes of compressed N-Quads; {os.cpu_count()} processors\n")
    print(
        "| store | way | seconds | triples a second | processor seconds |\n|---|---|---:|---:|---:|",
        flush=True,
    )
    with tempfile.TemporaryDirectory() as name:
        rows = [loaders(bulk, receipt, Path(name)), loads(root, Path(name)) if root else iter(())]
        for store, way, spent in (row for part in rows for row in part):
            rate = triples / spent.clock
            print(
                f"| {store} | `{way}` | {spent.clock:.0f} | {rate:,.0f} | {spent.processor:.0f} |", flush=True
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)

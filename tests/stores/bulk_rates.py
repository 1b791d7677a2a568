"""How fast a graph gets into each store: `parkgraph load` beside the store's own bulk loader.

    parkgraph bench generate -n 190 -o parks
    python tests/stores/bulk_rates.py parks          prints a table in Markdown

`load` makes the graph, sends it and compares it; a loader takes what `export --bulk` wrote and compares
nothing, so what it loaded is compared with the receipt afterwards, not in its time. Servers are those of the
tests, with their small buffers; one that cannot be had is left out, with its reason on stderr.
"""

from __future__ import annotations

import configparser
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter

from store_servers import STORES, Server, fuseki, jar, oxigraph, virtuoso

LIMIT = 1200  # seconds for one way into one store
PARKGRAPH = [sys.executable, "-m", "parkgraph"]

Row = tuple[str, str, float]
"""Store, way, seconds."""

Loaded = tuple[Server, float]
"""A server that runs, and the seconds that its loader took."""


def oxigraph_loader(bulk: Path, data: Path) -> Loaded:
    """Oxigraph with what its own loader loaded."""
    env = {**os.environ, "OXIGRAPH": str(Path(sys.executable).with_name("oxigraph"))}
    taken = run([bulk / "load-oxigraph.sh", data / "store"], env)
    return oxigraph(data / "store"), taken


def tdb2_loader(bulk: Path, data: Path) -> Loaded:
    """Fuseki with what tdb2.tdbloader loaded."""
    taken = run(
        [bulk / "load-tdb2.sh", data], {**os.environ, "TDBLOADER": f"java -Xmx1g -cp {jar()} tdb2.tdbloader"}
    )
    return fuseki(data), taken


def virtuoso_loader(bulk: Path, data: Path) -> Loaded:
    """Virtuoso with what ld_dir loaded."""
    copied = data / "bulk"
    copied.symlink_to(bulk)  # inside the folder that it may read
    server = virtuoso(data)
    ini = configparser.ConfigParser()
    ini.read(data / "virtuoso.ini")
    program = STORES / "virtuoso" / "usr" / "bin" / "isql-vt"
    login = [server.login["PARKGRAPH_STORE_USER"], server.login["PARKGRAPH_STORE_PASSWORD"]]
    statements = subprocess.check_output([bulk / "load-virtuoso.sh", copied / "quads"])
    begun = perf_counter()
    subprocess.run(
        [program, ini["Parameters"]["ServerPort"], *login],
        input=statements, env=server.environment, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT,
    )  # fmt: skip
    return server, perf_counter() - begun


STARTS: dict[str, tuple[Callable[[Path], Server], str, Callable[[Path, Path], Loaded]]] = {
    "Oxigraph": (lambda data: oxigraph(data / "store"), "oxigraph load", oxigraph_loader),
    "Fuseki (TDB2)": (fuseki, "tdb2.tdbloader", tdb2_loader),
    "Virtuoso": (virtuoso, "ld_dir", virtuoso_loader),
}
"""Name → how it starts empty, its loader's name, how it starts with what the loader loaded."""


def run(command: list[object], env: dict[str, str] | None = None) -> float:
    """Runs it; gives the seconds.  Raises CalledProcessError and TimeoutExpired."""
    begun = perf_counter()
    subprocess.run(list(map(str, command)), env=env, stdout=subprocess.DEVNULL, check=True, timeout=LIMIT)
    return perf_counter() - begun


def rows(root: Path, bulk: Path, folder: Path) -> Iterator[Row]:
    """The seconds of each way into each store."""
    for name, (start, loader, loaded) in STARTS.items():
        for way in ("parkgraph load", loader):
            data = Path(tempfile.mkdtemp(dir=folder))
            try:
                server, taken = loaded(bulk, data) if way == loader else (start(data), 0.0)
            except LookupError as reason:
                print(f"{name}: {reason}", file=sys.stderr)
                break
            check = ["verify", "--receipt", bulk / "receipt.json", "--endpoint", server.url]
            load = ["load", "--root", root, "--to", server.url]
            try:
                seconds = run([*PARKGRAPH, *(check if taken else load)], {**os.environ, **server.login})
                yield name, way, taken or seconds
            except subprocess.SubprocessError as failure:
                print(f"{name}, {way}: {failure}", file=sys.stderr)
            finally:
                server.stop()


def main(root: Path) -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = run([*PARKGRAPH, "export", "--root", root, "--bulk", folder / "bulk"])
        manifest = json.loads((folder / "bulk" / "manifest.json").read_bytes())
        triples = sum(manifest["triples"].values())
        size = sum(entry["bytes"] for entry in manifest["files"] if "triples" in entry)
        print(f"{triples:,} triples; {size / 1e6:.1f} MB of compressed N-Quads; {os.cpu_count()} cores\n")
        print("| store | way | seconds | triples a second |\n|---|---|---:|---:|", flush=True)
        print(f"| – | `parkgraph export --bulk` | {made:.0f} | {triples / made:,.0f} |", flush=True)
        for store, way, seconds in rows(root, folder / "bulk", folder):
            print(f"| {store} | `{way}` | {seconds:.0f} | {triples / seconds:,.0f} |", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

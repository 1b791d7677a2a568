"""Rates of `parkgraph serve` and `oxigraph serve-read-only` side by side, on the saved questions.

serve.py [--rounds 3]     prints a table: requests a second, and for each second of processor time

Both have the same graph and get the same requests in turn, so that what else the machine does meets both.
Each query is first sent as none was before (a comment tells it apart), then as it was. Needs the command
`oxigraph`.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import parkgraph
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY
from pyoxigraph import NamedNode

HEADERS = {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"}


class Server:
    """A server in a session of its own, and one connection to it."""

    def __init__(self, name: str, command: Sequence[str], path: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.name, self.path = name, path
        words = [word.replace("PORT", str(self.port)) for word in command]
        self.process = subprocess.Popen(words, start_new_session=True, stderr=subprocess.DEVNULL)
        self.seconds, self.cpu, self.number = 0.0, 0.0, 0
        for __ in range(600):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.ask("ASK {}")
                return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{name} does not answer")

    def ask(self, query: str) -> bytes:
        """The answer.  Ends the program when it is none."""
        try:
            self.connection.request("POST", self.path, query.encode(), HEADERS)
            reply = self.connection.getresponse()
        except (BrokenPipeError, ConnectionResetError):  # it was idle for too long
            self.connection.close()
            self.connection.request("POST", self.path, query.encode(), HEADERS)
            reply = self.connection.getresponse()
        body = reply.read()
        if reply.status != 200:
            raise SystemExit(f"{self.name}: {reply.status} {body[:300]!r}\n{query}")
        return body

    def used(self) -> float:
        """Seconds of processor time that the processes of its session used."""
        ticks = 0
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[3]) == self.process.pid:
                ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def measure(self, queries: Sequence[str]) -> None:
        """Asks all, one after the other."""
        cpu, begun = self.used(), time.perf_counter()
        for query in queries:
            self.ask(query)
        self.seconds += time.perf_counter() - begun
        self.cpu += self.used() - cpu
        self.number += len(queries)

    def end(self) -> None:
        """Ends it."""
        self.process.terminate()
        self.process.wait(20)


def rows(body: bytes) -> int:
    """How many rows an answer has."""
    return len(json.loads(body)["results"]["bindings"])


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    oxigraph = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if oxigraph is None:
        raise SystemExit("there is no command oxigraph (pip install oxigraph)")
    graph = parkgraph.open()
    queries = [one.body for one in graph.questions() if one.form == "SELECT"]
    with tempfile.TemporaryDirectory() as folder:
        file, store = Path(folder) / "graph.nq", str(Path(folder) / "store")
        with file.open("w", encoding="utf-8") as stream:
            for name in (GRAPH_DATA, GRAPH_ONTOLOGY, GRAPH_INFERRED):
                for quad in graph.store.quads_for_pattern(None, None, None, NamedNode(name)):
                    stream.write(f"{quad} .\n")
        subprocess.run([oxigraph, "load", "--location", store, "--file", str(file)], check=True, stderr=-3)
        mine = [sys.executable, "-m", "parkgraph", "serve", "--port", "PORT"]
        theirs = [oxigraph, "serve-read-only", "--location", store, "--bind", "127.0.0.1:PORT"]
        servers = (
            Server("parkgraph", mine, "/sparql"),
            Server("oxigraph", theirs, "/query?union-default-graph="),
        )
        prefixes = "".join(f"PREFIX {prefix}: <{iri}> " for prefix, iri in graph.prefixes.items())
        texts = [prefixes + query for query in queries]
        for text in texts:  # warms up, and both must give as many rows
            found = {rows(server.ask(text)) for server in servers}
            if len(found) > 1:
                raise SystemExit(f"other rows: {found}\n{text}")
        print(f"{len(texts)} saved questions, {rounds} rounds, one client at a time")
        for said, again in (("not asked before", False), ("asked before", True)):
            for server in servers:
                server.seconds, server.cpu, server.number = 0.0, 0.0, 0
            for number in range(rounds):
                some = texts if again else [f"{text}\n# {number}" for text in texts]
                for server in servers if number % 2 else servers[::-1]:
                    server.measure(some)
            told = [(one.number / one.seconds, one.number / max(one.cpu, 0.01)) for one in servers]
            for server, (rate, work) in zip(servers, told, strict=True):
                print(f"{said:18} {server.name:10} {rate:8.1f} requests/s {work:9.1f} a CPU second")
            print(f"{said:18} {'times':10} {told[0][0] / told[1][0]:8.2f} {told[0][1] / told[1][1]:20.2f}")
        for server in servers:
            server.end()


if __name__ == "__main__":
    main()

"""A saved question as one query over several servers, each with a park of its own.

Each server holds its park and what is shared, so it answers the whole question for its park. The query asks
each of them with SERVICE, unites the rows and puts them in the question's order again. That gives the answer
of the merged graph where every row of it rests on one park and on what is shared; no row then is lost or
changed by asking park by park.

    python tests/stores/store_federation.py QUESTION URL…    prints the query, for any SPARQL 1.1 engine
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from parkgraph.api import Graph
from parkgraph.ask.parameters import bind
from parkgraph.ask.question import Question
from parkgraph.ask.run import run
from parkgraph.export import collect
from parkgraph.read.files import find_root
from parkgraph.read.prefixes import prefixes
from parkgraph.store.bulk import QUADS, SHARED, export_bulk
from parkgraph.store.canonical import by_value
from parkgraph.store.endpoint import Endpoint, connect
from pyoxigraph import Store
from store_servers import Server, fedx_libraries, free_port, oxigraph

PARKS = tuple(f"kunming-daily-2018-06-20{copy}" for copy in ("", "-park-2", "-park-3"))
"""The names of the parts that `export --bulk --split source` gives three parks."""

_FORM = re.compile(r"^(SELECT|CONSTRUCT)\b", re.MULTILINE)
_ORDER = re.compile(r"^ORDER BY (.*)$", re.MULTILINE)
_KEY = re.compile(r"(DESC)?\(?((?:MIN|MAX|COUNT)\([^)]*\)|\?\w+)")
_SELECT = re.compile(r"^SELECT( DISTINCT)?")


def federated(text: str, columns: Sequence[str], servers: Sequence[str]) -> str:
    """The query to send to any engine that knows SERVICE.

    text: SPARQL of a saved question, its parameters bound.  columns: of its answer, not used for CONSTRUCT.
    servers: addresses that take queries.
    """
    begin = _FORM.search(text)
    assert begin, "no SELECT and no CONSTRUCT"
    prologue, query = text[: begin.start()], text[begin.start() :].rstrip()
    if begin[1] == "CONSTRUCT":
        template, body = re.split(r"^WHERE ", query, maxsplit=1, flags=re.MULTILINE)
        return f"{prologue}{template}WHERE {{\n{_everywhere(body, servers)}\n}}\n"
    keys = _KEY.findall(_ORDER.findall(query)[-1])
    chosen = " ".join(f"({key} AS ?key{number})" for number, (_, key) in enumerate(keys))
    inner = _SELECT.sub(lambda select: f"{select[0]} {chosen}", _ORDER.sub("", query), count=1)
    named, added = (" ".join(f"?{name}" for name in names) for names in (columns, _numbered(len(keys))))
    order = " ".join(f"{way or 'ASC'}(?key{number})" for number, (way, _) in enumerate(keys))
    return (
        f"{prologue}SELECT {named} WHERE {{\n"
        f"SELECT DISTINCT {named} {added} WHERE {{\n{_everywhere('{' + inner + '}', servers)}\n}}\n"
        f"}}\nORDER BY {order}\n"
    )


def _everywhere(group: str, servers: Sequence[str]) -> str:
    return "\nUNION\n".join(f"{{ SERVICE <{server}> {group} }}" for server in servers)


def _numbered(count: int) -> list[str]:
    return [f"key{number}" for number in range(count)]


class Federation:
    """In the place of a store: servers that are asked as one.

    rewrite: what is sent for a query, from its text and the columns of its answer.  merged: tells the labels
    of what is asked about.
    """

    def __init__(
        self, endpoint: Endpoint, merged: Store, rewrite: Callable[[str, Sequence[str]], str]
    ) -> None:
        self.endpoint, self.rewrite = endpoint, rewrite
        self.quads_for_pattern = merged.quads_for_pattern
        self.columns: list[str] = []

    def query(self, text: str, **_: Any) -> Any:
        """As a store's."""
        return self.endpoint.query(self.rewrite(text, self.columns))

    def agrees(self, question: Question, merged: Graph) -> bool:
        """Whether the answer is that of the merged graph, row for row.  Raises Remote."""
        bound = bind(question, {}, merged.store, lang="en", prefixes=prefixes(merged.root.path))
        here = run(question, bound, merged.store, lang="en")
        if here.kind == "triples":
            text = self.rewrite(bound.text, here.columns)
            return {tuple(triple) for triple in by_value(self.endpoint.construct(text))} == set(here.terms)
        self.columns = list(question.columns)
        store: Any = self
        return run(question, bound, store, lang="en").terms == here.terms


@contextmanager
def park_servers(merged: Graph, folder: Path, *, apart: bool = False) -> Iterator[list[Server]]:
    """An Oxigraph server for each of PARKS, each with what is shared, or (apart) one more for that.

    Raises LookupError where there is no Oxigraph server.
    """
    export_bulk(collect(merged.root, ("ontology", "data", "inferred")), folder / "bulk", split=True)
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        raise LookupError("there is no oxigraph (pip install oxigraph)")
    with ExitStack() as running:
        servers = []
        for park in (*PARKS, SHARED) if apart else PARKS:
            quads = folder / "bulk" / QUADS
            parts = {park} if apart else {park, SHARED}
            files = [str(file) for part in parts for file in quads.glob(f"*.{part}.*.gz")]
            load = [str(binary), "load", "-l", str(folder / park), "-f", *files]
            subprocess.run(load, check=True, capture_output=True)
            address = f"127.0.0.1:{free_port()}"
            command = [str(binary), "serve-read-only", "-l", str(folder / park), "-b", address]
            server = Server([*command, "--union-default-graph"], f"http://{address}")
            running.callback(server.stop)
            servers.append(server)
        yield servers


@contextmanager
def by_service(merged: Graph, servers: Sequence[Server], folder: Path) -> Iterator[Federation]:
    """The servers asked by an empty Oxigraph, which sends each the whole question.  Raises LookupError."""
    gateway = oxigraph(folder / "gateway")
    addresses = [f"{server.url}/query" for server in servers]
    try:
        with connect(gateway.url, store="oxigraph") as endpoint:
            yield Federation(
                endpoint, merged.store, lambda text, columns: federated(text, columns, addresses)
            )
    finally:
        gateway.stop()


@contextmanager
def by_fedx(merged: Graph, servers: Sequence[Server], limit: int) -> Iterator[Federation]:
    """The servers asked by RDF4J's FedX, pattern by pattern.  limit: seconds of a query.

    Raises LookupError where it cannot be had.
    """
    java = shutil.which("java")
    if java is None:
        raise LookupError("FedX needs Java 17, and there is no java")
    port, program = free_port(), Path(__file__).with_name("Fedx.java")
    command = [
        java,
        "-Xmx1g",
        "-Dhttp.keepAlive=false",
        "-cp",
        f"{fedx_libraries()}/*",
        str(program),
        str(port),
        str(limit),
    ]
    gateway = Server([*command, *(f"{server.url}/query" for server in servers)], f"http://127.0.0.1:{port}")
    try:
        with connect(gateway.url, store="generic", timeout=limit + 10.0) as endpoint:
            yield Federation(endpoint, merged.store, lambda text, columns: text)
    finally:
        gateway.stop()


if __name__ == "__main__":
    graph = Graph(find_root())
    asked = next(one for one in graph.questions() if one.id == sys.argv[1])
    bound = bind(asked, {}, graph.store, lang="en", prefixes={})
    print(federated(bound.text, list(asked.columns), sys.argv[2:]), end="")

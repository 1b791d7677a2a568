"""Several Oxigraph servers, one a park, asked as one with SERVICE: what the merged graph answers."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, cast

import pytest
from parkgraph.api import Graph
from parkgraph.ask.catalogue import catalogue
from parkgraph.ask.parameters import bind
from parkgraph.ask.question import Question
from parkgraph.ask.run import run
from parkgraph.export import collect
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.store.bulk import QUADS, SHARED, export_bulk
from parkgraph.store.canonical import by_value
from parkgraph.store.endpoint import Endpoint, connect
from pyoxigraph import Store
from store_federation import federated
from store_servers import Server, free_port, oxigraph

pytestmark = pytest.mark.slow
REPO = Root(Path(__file__).resolve().parents[2])
QUESTIONS = catalogue(REPO)
PARKS = tuple(f"kunming-daily-2018-06-20{copy}" for copy in ("", "-park-2", "-park-3"))

DIFFERENT = {
    "what-serves-each-industry": "counts over all parks; a server counts its own",
    "mechanisms-of-several-parks": "compares parks",
    "industries-without-project": "another park's project may serve the industry",
    "sections-of-source": "counts the facts of a source; of a shared source a server knows only some",
    "sources": "counts the facts of a source; of a shared source a server knows only some",
    **dict.fromkeys(
        ("figures-per-month", "figures-side-by-side", "growth-targets-as-amounts"),
        "Oxigraph as the gateway loses the brackets of arithmetic that it passes on",
    ),
}
"""A row of the answer rests on several parks, or the gateway is wrong, so it cannot be had park by park."""

UNPROVEN = {
    "industry-scheme": "puts evidence together from all parks; here each speaks of every industry",
    "possible-duplicates": "counts the uses of shared indicators; here none is shared",
    "parties-in-several-parks": "compares parks; these three have no party in common",
    "promised-industries-without-project": "another park's enterprise may serve the industry; here none does",
    "contradictory-figures": "compares sources; here no two give the same figure",
    "rolled-over-targets": "compares sources; here no target is repeated",
}
"""The same here, but other parks could make a difference."""


class Federation:
    """The gateway, in the place of a store: asks the servers together."""

    def __init__(self, endpoint: Endpoint, servers: list[str], merged: Store) -> None:
        self.endpoint = endpoint
        self.quads_for_pattern = merged.quads_for_pattern  # for the labels of what is asked about
        self.servers = servers
        self.columns: list[str] = []

    def query(self, text: str, **_: Any) -> Any:
        return self.endpoint.query(federated(text, self.columns, self.servers))


@pytest.fixture(scope="module")
def merged(copies: Callable[..., Path]) -> Graph:
    """The real park and two copies of it, as one graph."""
    return Graph(Root(copies(3)))


@pytest.fixture(scope="module")
def federation(merged: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """A server a park, each with what is shared, and an empty one that asks them."""
    folder = tmp_path_factory.mktemp("federation")
    export_bulk(collect(merged.root, ("ontology", "data", "inferred")), folder / "bulk", split=True)
    binary = Path(sys.executable).with_name("oxigraph")
    with ExitStack() as running:
        try:
            gateway = oxigraph(folder / "gateway")
        except LookupError as reason:
            pytest.skip(str(reason))
        running.callback(gateway.stop)
        servers = []
        for park in PARKS:
            files = [
                str(file)
                for part in (park, SHARED)
                for file in (folder / "bulk" / QUADS).glob(f"*.{part}.*.gz")
            ]
            load = [str(binary), "load", "-l", str(folder / park), "-f", *files]
            subprocess.run(load, check=True, capture_output=True)
            address = f"127.0.0.1:{free_port()}"
            command = [str(binary), "serve-read-only", "-l", str(folder / park), "-b", address]
            server = Server([*command, "--union-default-graph"], f"http://{address}")
            running.callback(server.stop)
            servers.append(f"{server.url}/query")
        with connect(gateway.url, store="oxigraph") as endpoint:
            yield Federation(endpoint, servers, merged.store)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_parks_together_answer_as_the_merged_graph(
    question: Question, merged: Graph, federation: Federation
) -> None:
    bound = bind(question, {}, merged.store, lang="en", prefixes=prefixes(merged.root.path))
    here = run(question, bound, merged.store, lang="en")
    if here.kind == "triples":
        text = federated(bound.text, here.columns, federation.servers)
        found = {tuple(triple) for triple in by_value(federation.endpoint.construct(text))}
        same = found == set(here.terms)
    else:
        federation.columns = list(question.columns)
        there = run(question, bound, cast(Store, federation), lang="en")
        same = there.terms == here.terms
    assert same is (question.id not in DIFFERENT)


def test_every_exception_is_a_question() -> None:
    assert {*DIFFERENT, *UNPROVEN} <= {question.id for question in QUESTIONS}
    assert not set(DIFFERENT) & set(UNPROVEN)


@pytest.mark.parametrize("page", ["scaling.md", "scaling.zh.md"])
def test_the_page_names_every_exception(page: str) -> None:
    text = (REPO.path / "docs" / page).read_text(encoding="utf-8")
    assert [name for name in (*DIFFERENT, *UNPROVEN) if f"`{name}`" not in text] == []
    together = len(QUESTIONS) - len(DIFFERENT)
    assert f" {together} " in text and f"{len(QUESTIONS)}" in text

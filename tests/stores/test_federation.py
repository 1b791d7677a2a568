"""Several Oxigraph servers, one a park, asked as one with SERVICE: what the merged graph answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.ask.catalogue import catalogue
from parkgraph.ask.question import Question
from parkgraph.errors import Remote
from parkgraph.read.files import Root
from store_federation import Federation, by_fedx, by_service, park_servers

pytestmark = pytest.mark.slow
REPO = Root(Path(__file__).resolve().parents[2])
QUESTIONS = catalogue(REPO)

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


@pytest.fixture(scope="module")
def merged(copies: Callable[..., Path]) -> Graph:
    """The real park and two copies of it, as one graph."""
    return Graph(Root(copies(3)))


@pytest.fixture(scope="module")
def federation(merged: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Federation]:
    """A server a park, each with what is shared, and an empty one that asks them."""
    folder = tmp_path_factory.mktemp("federation")
    with ExitStack() as running:
        try:
            servers = running.enter_context(park_servers(merged, folder))
            yield running.enter_context(by_service(merged, servers, folder))
        except LookupError as reason:
            pytest.skip(str(reason))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_the_parks_together_answer_as_the_merged_graph(
    question: Question, merged: Graph, federation: Federation
) -> None:
    assert federation.agrees(question, merged) is (question.id not in DIFFERENT)


def test_a_park_that_is_down_is_an_error_and_not_fewer_rows(merged: Graph, tmp_path: Path) -> None:
    (question,) = (one for one in QUESTIONS if one.id == "projects-of-park")
    with ExitStack() as running:
        try:
            servers = running.enter_context(park_servers(merged, tmp_path))
            service = running.enter_context(by_service(merged, servers, tmp_path))
            fedx = running.enter_context(by_fedx(merged, servers[:1], 60))
        except LookupError as reason:
            pytest.skip(str(reason))
        assert service.agrees(question, merged)
        assert fedx.endpoint.query("SELECT ?s { ?s a <https://w3id.org/parkgraph/ontology#IndustrialPark> }")
        servers[0].stop()
        for federation in (service, fedx):
            with pytest.raises(Remote):
                federation.agrees(question, merged)


def test_every_exception_is_a_question() -> None:
    assert {*DIFFERENT, *UNPROVEN} <= {question.id for question in QUESTIONS}
    assert not set(DIFFERENT) & set(UNPROVEN)


@pytest.mark.parametrize("page", ["scaling.md", "scaling.zh.md"])
def test_the_page_names_every_exception(page: str) -> None:
    text = (REPO.path / "docs" / page).read_text(encoding="utf-8")
    assert [name for name in (*DIFFERENT, *UNPROVEN) if f"`{name}`" not in text] == []
    together = len(QUESTIONS) - len(DIFFERENT)
    assert f" {together} " in text and f"{len(QUESTIONS)}" in text

"""A small graph with questions of its own, in graph/: two articles, four projects, names that fit twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.ask.load import load_question
from parkgraph.ask.question import Question
from parkgraph.read.files import Root

GRAPH = Path(__file__).resolve().parent / "graph"

# The text of the source `one`; graph/kg/sources/one.ttl has its digest.
ARTICLE = "甲园区开工新药基地。\n乙项目投资一亿元。\n"


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The small graph, opened."""
    return Graph(Root(GRAPH))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    """A file with the text of the source `one`."""
    file = tmp_path / "one.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Question]:
    """Loads a question from its text; gives the question or raises as `load_question` does."""

    def load(text: str, name: str = "a-question") -> Question:
        folder = tmp_path / "queries" / "test"
        folder.mkdir(parents=True, exist_ok=True)
        file = folder / f"{name}.rq"
        file.write_text(text, encoding="utf-8")
        return load_question(
            Root(tmp_path).files("query")[0], {"park": "https://w3id.org/parkgraph/ontology#"}
        )

    return load

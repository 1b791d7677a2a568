"""The basis that a row prints is one that `why` gives for it."""

from __future__ import annotations

import asking
import pytest
from parkgraph.api import Graph
from parkgraph.ask.question import Question
from parkgraph.names import CODE

COMPUTED = CODE + "basis/computed"

UNTOLD = asking.exceptions()["basis that why does not tell"]

QUESTIONS = [question for question in asking.questions() if "basis" in question.columns]


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The real graph, opened."""
    return Graph(asking.ROOT)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_each_printed_basis_agrees_with_why(question: Question, graph: Graph) -> None:
    wrong = []
    answer = graph.ask(question, lang="zh")
    last = {row.basis: number for number, row in enumerate(answer)}
    first = {row.basis: number for number, row in reversed(list(enumerate(answer)))}
    for basis, number in first.items() | last.items():
        if basis in (None, COMPUTED):  # what a question computes itself stands nowhere in the graph
            continue
        behind = {found.value for step in graph.explain(answer, number) for found in step.bases()}
        if basis not in behind:
            wrong.append(f"row {number + 1} prints {basis}, why gives {sorted(behind)}")
    assert bool(wrong) == (question.id in UNTOLD), wrong

"""Parks are told apart: of two parks, a question asked of one says nothing of the other."""

from __future__ import annotations

import asking
import pytest
from parkgraph.ask.question import Question
from pyoxigraph import Store

KUNMING, LINHAI = "place:kunming-high-tech-zone", "place:linhai-green-zone"

QUESTIONS = [question for question in asking.questions() if "park" in question.parameters]
ROWS = [question for question in QUESTIONS if question.form == "SELECT"]


def answer(store: Store, question: Question, parks: str) -> tuple[list[str], list[asking.Row]]:
    # A question about one thing is asked of the second park's, where it is given.
    given = {**asking.second_parameters().get(question.id, {}), "park": parks}
    return asking.ask(store, asking.sparql(question, "zh", given))


def test_questions_of_a_park_are_open_by_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert [question.id for question in QUESTIONS if question.parameters["park"].default] == []
    with capsys.disabled():
        print(f"\n{len(QUESTIONS)} of {len(asking.questions())} questions take --park")
    assert len(QUESTIONS) >= 85


@pytest.mark.parametrize("question", ROWS, ids=lambda question: question.id)
def test_a_park_is_shown_and_told_apart(question: Question, both: Store) -> None:
    columns, rows = answer(both, question, LINHAI)
    at = next((columns.index(name) for name in ("park", "ofPark") if name in columns), None)
    assert (at is None) == (question.id in asking.exceptions()["park in no column of its own"])
    shown = {row[at].value for row in rows if row[at] is not None} if at is not None else set()  # type: ignore[union-attr]
    assert shown <= {asking.expand(LINHAI, asking.PREFIXES)}
    everything = asking.lines(answer(both, question, f"{KUNMING} {LINHAI}"))
    assert set(asking.lines((columns, rows))) <= set(everything)

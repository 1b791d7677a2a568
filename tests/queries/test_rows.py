"""What a row says beside its answer: a basis that `why` gives for it, and what is left open of its thing."""

from __future__ import annotations

import re

import asking
import pytest
from parkgraph.api import Graph
from parkgraph.ask.question import Question
from parkgraph.names import CODE
from pyoxigraph import Literal, NamedNode, Store

QUESTIONS = [question for question in asking.questions() if question.form == "SELECT"]

by_id = {"ids": lambda question: question.id}

# --- The basis ----------------------------------------------------------------------

COMPUTED = CODE + "basis/computed"

UNTOLD = asking.exceptions()["basis that why does not tell"]


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The real graph, opened."""
    return Graph(asking.ROOT)


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["some", "all"])
@pytest.mark.parametrize("question", [one for one in QUESTIONS if "basis" in one.columns], **by_id)
def test_each_printed_basis_agrees_with_why(question: Question, whole: bool, graph: Graph) -> None:
    wrong = []
    answer = graph.ask(question, lang="zh")
    # What a question computes itself stands nowhere in the graph.
    numbers = [number for number, row in enumerate(answer) if row.basis not in (None, COMPUTED)]
    for number in numbers if whole else numbers[:: len(numbers) // 2 + 1]:
        behind = {found.value for step in graph.explain(answer, number) for found in step.bases()}
        if answer[number].basis not in behind:
            wrong.append(f"row {number + 1} prints {answer[number].basis}, why gives {sorted(behind)}")
    assert not wrong or question.id in UNTOLD, wrong
    assert wrong or not whole or question.id not in UNTOLD


# --- What is left open --------------------------------------------------------------

SPEECHLESS = asking.exceptions()["rows that tell of nothing left open"]

ABOUT = re.compile(r"\?(\w+) park:openQuestion \?(?:question|secondQuestion|ofFact)\b")
"""The variable whose open question a query tells: what its rows are about."""

SUBJECT = {"subject": "thing"}
"""Where that is no column: the column behind it."""


OTHERWISE = {
    ("joint-totals", "joint"): "every row is a joint total, and the heading says so",
    ("areas-of-park", "twin"): "a row tells one place that may be the same or cover the same ground",
    ("involvement-of-organization", "openList"): "a list that names it is a row of its own",
    ("who-moved-in", "openList"): "of the lists that name it, the one of the platform",
    ("possible-duplicates", "openList"): "a row tells one list of either thing",
}


def left_open(store: Store, thing: NamedNode) -> dict[str, set[str]]:
    """What rows about the thing must say: what is left open of it, what it may be the same as, the lists left
    open that name it, and that it is a joint total."""

    def objects(subject: NamedNode, name: str) -> set[NamedNode | Literal]:
        predicate = NamedNode(asking.PREFIXES["park"] + name)
        return {quad.object for quad in store.quads_for_pattern(subject, predicate, None)}  # type: ignore[misc]

    subjects = {
        quad.subject
        for quad in store.quads_for_pattern(
            None, NamedNode(asking.PREFIXES["park"] + "possiblySameAs"), thing
        )
    }
    return {
        "question": {one.value for one in objects(thing, "openQuestion") if one.language == "zh"},  # type: ignore[union-attr]
        "twin": {one.value for one in (*objects(thing, "possiblySameAs"), *subjects)},
        "openList": {
            one.value
            for one in objects(thing, "isMemberOf")
            if any(end.value == "true" for end in objects(one, "listEndsOpen"))  # type: ignore[arg-type]
        },
        "joint": {one.value for one in objects(thing, "jointTotal") if one.value == "true"},
    }


@pytest.mark.parametrize("question", QUESTIONS, **by_id)
def test_no_row_keeps_quiet(question: Question, first: Store, second: Store, both: Store) -> None:
    about = {SUBJECT.get(name, name) for name in ABOUT.findall(question.body)} & set(question.columns)
    assert bool(about) != (question.id in SPEECHLESS)
    for store, given in ((first, {}), (second, asking.second_parameters().get(question.id, {})), (both, {})):
        columns, rows = asking.ask(store, asking.sparql(question, "zh", given))
        said: dict[NamedNode, list[set[str]]] = {}
        for row in rows:
            cells = {term.value for term in row if isinstance(term, NamedNode | Literal)}
            for thing in {row[columns.index(name)] for name in about}:
                if isinstance(thing, NamedNode):
                    said.setdefault(thing, []).append(cells)
        # Each row says one of a kind; several of a kind take several rows.
        quiet = {
            f"{thing.value}: {kind}"
            for thing, each in said.items()
            for kind, wanted in left_open(store, thing).items()
            if wanted
            and (question.id, kind) not in OTHERWISE
            and not (wanted <= set().union(*each) and all(wanted & cells for cells in each))
        }
        assert sorted(quiet) == []


# --- Evidence -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", [one for one in QUESTIONS if "evidence" in one.columns and len(one.parameters) > 2], **by_id
)
def test_rows_have_evidence_whatever_is_asked(question: Question, graph: Graph) -> None:
    bare = []
    for name, parameter in question.parameters.items():
        values = [short for _label, short in graph.values(parameter)] if name != "park" else []
        for value in values[:: len(values) // 6 + 1]:
            answer = graph.ask(question, lang="zh", **{name: value})
            bare += [f"--{name} {value}: {row}" for row in answer if not row.evidence]
    assert bare == []

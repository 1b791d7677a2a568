"""What the fast engine may decide, it decides as the reference does: whole findings, on generated graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
import random_shacl
from parkgraph.graph.documents import Graph
from parkgraph.read.turtle import Document
from parkgraph.validate.check import term
from parkgraph.validate.choice import doubts
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import Shapes
from parkgraph.validate.wellformed import problems
from parkgraph.validate.wording import Names, Wording

Run = Callable[..., list[Result]]


def compare(data_text: str, shapes_text: str, run_engine: Run) -> tuple[int, int, int]:
    """How many shapes the fast engine may decide, how many not, how many results both gave."""
    data = Document(data_text, name="d.ttl", base="http://d/", blank="d")
    shapes_document = Document(shapes_text, name="s.ttl", base="http://s/", blank="s")
    shapes, graph = Shapes(Graph([shapes_document])), Graph([data])
    assert [p for p in problems(shapes) if p.fault.severity == "violation"] == []
    left = {str(shape) for shape in doubts(shapes, graph)}
    targeting = {str(target.shape) for target in shapes.targets} - left
    wording = Wording(shapes, Names([data, shapes_document]))
    fast, reference = (
        Counter(_whole(result, wording) for result in run_engine(engine, graph, shapes, sorted(targeting)))
        for engine in ("fast", "reference")
    )
    assert fast == reference
    return len(targeting), len(left), sum(fast.values())


def _whole(result: Result, wording: Wording) -> tuple[object, ...]:
    value = term(result.value) if result.value else None
    messages = wording.messages(result, term(result.focus), value, term(result.shape))
    return (*result[:6], tuple(sorted(messages.items())))


@pytest.mark.parametrize("start", range(0, 120, 20))
def test_wild(start: int, run_engine: Run) -> None:
    """Any shapes over any data: much is left to the reference, and the rest must be the same."""
    decided = results = 0
    for seed in range(start, start + 20):
        fast, _, found = compare(random_shacl.data(seed), random_shacl.shapes(seed), run_engine)
        decided, results = decided + fast, results + found
    assert decided >= 10
    assert results >= 50


@pytest.mark.parametrize("start", range(0, 40, 20))
def test_tidy(start: int, run_engine: Run) -> None:
    """Values of one kind for each property: nearly nothing is left to the reference."""
    decided = left = results = 0
    for seed in range(start, start + 20):
        fast, slow, found = compare(random_shacl.tidy_data(seed), random_shacl.tidy_shapes(seed), run_engine)
        decided, left, results = decided + fast, left + slow, results + found
    assert results >= 300
    assert left <= decided / 10


def test_real_shapes_are_decided_fast(repo) -> None:  # type: ignore[no-untyped-def]
    """On the graph itself the fast engine decides everything."""
    from parkgraph.read.files import Root
    from parkgraph.read.turtle import read_document

    root = Root(repo)
    shapes = Shapes(Graph([read_document(path) for path in root.paths("shapes", "prefixes")]))
    data = Graph([read_document(path) for path in root.paths("data", "passages", "ontology", "codes")])
    assert doubts(shapes, data) == {}
    assert len(shapes.targets) > 40

"""`graph.show`: one thing whole."""

from __future__ import annotations

from pathlib import Path

import parkgraph
import pytest
from parkgraph.search.show import Entry, Thing


def entries(thing: Thing, direction: str) -> list[Entry]:
    return [entry for group in thing.groups if group.direction == direction for entry in group.entries]


def test_a_project_with_all_that_is_said_of_it(graph: parkgraph.Graph) -> None:
    thing = graph.show("project:jiulongcheng-park")
    assert thing.name.label["zh"] == "九龙城医药健康产业园"
    assert "park:Project" in [kind.short for kind in thing.kinds]
    links = {entry.node.short: entry for entry in entries(thing, "out") if entry.node}
    assert "group:introduced-2017" in links
    said = entries(thing, "statement")
    inferred = [entry for entry in said if entry.basis.short != "basis:stated"]
    held = {detail.node.short: entry for entry in inferred for detail in entry.details if detail.node}
    assert set(held["industry:biomedicine"].reason) == {"zh", "en"}
    (introduced,) = [entry for entry in said if entry.when and "2017" in entry.when["en"]]
    assert introduced in thing.history
    assert "phase:introduced" in [detail.node.short for detail in introduced.details if detail.node]
    assert ("who-stands-behind-project", "project") in [(one.id, one.parameter) for one in thing.questions]


@pytest.mark.parametrize("step", [10, pytest.param(1, marks=pytest.mark.slow)])
def test_every_thing_can_be_shown_and_every_fact_has_its_evidence(graph: parkgraph.Graph, step: int) -> None:
    uncited = []
    for document in graph.finder.documents[::step]:
        if document.kind == "question":
            continue
        thing = graph.show(document.iri)
        for group in thing.groups:
            assert group.entries
            assert len({entry.triple for entry in group.entries}) == len(group.entries)
            for entry in group.entries:
                assert set(entry.value) == {"zh", "en"}
                assert not (entry.basis.short != "basis:stated" and not entry.reason), entry
                from_data = "/id/" in entry.triple[0] and not entry.triple[0].startswith("<urn:")
                if from_data and not entry.evidence:
                    uncited.append(entry.triple)
    # Passages, sources and photographs are evidence; what they are rests on themselves.
    assert {subject.split("/id/")[1].split("/")[0] for subject, *_ in uncited} <= {"source", "photograph"}


def test_history_is_in_the_order_of_time(graph: parkgraph.Graph) -> None:
    history = graph.show("Kunming High-tech Zone").history
    assert [entry.order for entry in history] == sorted(entry.order for entry in history)
    assert history[0].value["en"] == "1992"


def test_twins_are_told_from_both_sides(graph: parkgraph.Graph) -> None:
    pairs = list(graph.query("SELECT ?a ?b { ?a park:possiblySameAs ?b }"))
    assert pairs
    for one, other in pairs:
        assert other in [twin.iri for twin in graph.show(one).twins]
        assert one in [twin.iri for twin in graph.show(other).twins]


def test_a_statement_a_concept_a_class_and_a_passage_can_be_shown(graph: parkgraph.Graph) -> None:
    figure = graph.show("observation:2017-total-revenue")
    assert "2000亿元" in [entry.value["zh"] for entry in entries(figure, "out")]
    assert entries(graph.show("industry:biomedicine"), "in")
    assert graph.show("park:Project").definition["en"]
    passage = graph.query("SELECT ?p { observation:2017-total-revenue park:evidence ?p }")[0].p
    cited = [entry.node.short for entry in entries(graph.show(passage), "in") if entry.node]
    assert "observation:2017-total-revenue" in cited


def test_the_article_adds_the_words(graph: parkgraph.Graph, article_path: Path) -> None:
    evidence = graph.show("九龙城", article=article_path).evidence
    assert all(one.text and one.verified for one in evidence)
    assert all(one.text is None and one.verified is None for one in graph.show("九龙城").evidence)


@pytest.mark.parametrize("thing", ["project:jiulongcheng-park", "place:kunming-high-tech-zone"])
def test_a_question_of_a_thing_can_be_asked_as_told(graph: parkgraph.Graph, thing: str) -> None:
    for one in graph.show(thing).questions:
        graph.ask(one.id, **{one.parameter: thing})

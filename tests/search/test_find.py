"""`graph.find` and the one thing that a name means."""

from __future__ import annotations

from collections import Counter

import parkgraph
import pytest
from parkgraph.errors import ParkgraphError

OF_EACH_KIND = [
    ("九龙城", "project:jiulongcheng-park"),
    ("Maiduo", "enterprise:maiduo-bio"),
    ("57.97", "planned-amount:june-15-projects"),
    ("云南锗业", "enterprise:yunnan-germanium"),
    ("1—4月", "period:2018-01-to-04"),
    ("January to April", "period:2018-01-to-04"),
    ("quantum communication", "industry:quantum-communication"),
]


@pytest.mark.parametrize(("words", "short"), OF_EACH_KIND)
def test_a_part_of_a_name_a_value_or_a_period_finds_it(
    graph: parkgraph.Graph, words: str, short: str
) -> None:
    first, *_others = graph.find(words)
    assert first.name.short == short
    assert first.evidence or first.name.short.startswith("title:")


@pytest.mark.slow
def test_every_thing_is_found_by_each_of_its_labels(graph: parkgraph.Graph) -> None:
    documents = graph.finder.documents
    called = Counter(name for document in documents for name in document.names)
    missed = [
        name
        for document in documents
        for name in document.names
        if called[name] < 5 and document.iri not in [hit.name.iri for hit in graph.find(name, limit=5)]
    ]
    assert missed == []


def test_only_one_kind_and_only_so_many(graph: parkgraph.Graph) -> None:
    found = graph.find("生物医药", kind="question", limit=3)
    assert [hit.kind for hit in found] == ["question"] * 3
    assert graph.question(found[0].name.iri).topic == found[0].types[0].iri


def test_the_same_words_give_the_same_hits(graph: parkgraph.Graph) -> None:
    again = parkgraph.open(graph.root.path)
    assert again.find("investment in 2017") == graph.find("investment in 2017")


@pytest.mark.parametrize("words", ["", "  ", "？！", "\x00\x07"])
def test_no_words_are_refused(graph: parkgraph.Graph, words: str) -> None:
    with pytest.raises(ParkgraphError, match="no words"):
        graph.find(words)


def test_words_of_any_length_and_language_do_no_harm(graph: parkgraph.Graph) -> None:
    assert graph.find("生物" * 5000)
    assert graph.find("вопрос на русском") == []
    assert isinstance(graph.find('"; DROP ALL; SELECT * WHERE { ?s ?p ?o }'), list)


@pytest.mark.parametrize(
    "name",
    [
        "九龙城", "Jiulongcheng", "project:jiulongcheng-park", "jiulongcheng-park",
        "https://w3id.org/parkgraph/id/project/jiulongcheng-park",
        "<https://w3id.org/parkgraph/id/project/jiulongcheng-park>", " 九龙城医药健康产业园 ",
    ],
)  # fmt: skip
def test_a_thing_is_meant_by_any_of_its_names(graph: parkgraph.Graph, name: str) -> None:
    assert graph.show(name).name.short == "project:jiulongcheng-park"


def test_a_name_of_several_things_names_them(graph: parkgraph.Graph) -> None:
    with pytest.raises(ParkgraphError, match="fits") as raised:
        graph.show("产业园")
    assert raised.value.fix


def test_a_name_of_nothing_is_answered_with_the_nearest(graph: parkgraph.Graph) -> None:
    with pytest.raises(ParkgraphError, match="nothing is called") as raised:
        graph.show("云南锗业公司厂")
    assert "云南锗业" in str(raised.value.fix)

"""Which source a text is; another text is refused, whatever makes it another."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from parkgraph.errors import Unreadable
from parkgraph.evidence.passages import check_passages
from parkgraph.evidence.sources import passage_of, read_sources
from parkgraph.evidence.text import Span, load
from parkgraph.graph.documents import Graph, read_documents
from pyoxigraph import Literal, NamedNode


def test_a_source_is_read_with_its_sections(scratch) -> None:
    (source,) = read_sources(Graph(read_documents(scratch.root, "ontology", "data"))).values()
    assert source.slug == "briefing"
    assert source.length == len(scratch.text)
    assert source.sha256 == scratch.text.sha256
    assert [section.labels["en"] for section in source.sections] == ["header", "body"]
    body = scratch.span("  2018年").start
    assert [source.section_at(offset).labels["en"] for offset in (0, body - 1, body)] == [
        "header",
        "header",
        "body",
    ]
    assert source.short_passage(Span(3, 9)) == "passage:3-9"


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (lambda text: text.replace("150", "160"), ""),
        (lambda text: text.replace("\n", "\r\n"), "line ends"),
        (lambda text: text.rstrip(), "space at its end"),
        (lambda text: unicodedata.normalize("NFD", text + "é"), ""),
    ],
)
def test_another_text_is_refused(scratch, change: Callable[[str], str], hint: str) -> None:
    scratch.article.write_bytes(change(scratch.text.text).encode())
    with pytest.raises(Unreadable) as refused:
        check_passages(scratch.root, [load(scratch.article)])
    assert refused.value.exit_code == 3
    assert "is no source of the graph" in refused.value.text("en")
    assert scratch.text.sha256 in refused.value.text("zh")
    assert hint in refused.value.text("en")
    assert ("from a known source" in refused.value.text("en")) == bool(hint)


@pytest.mark.parametrize("name", ["0457-470", "457", "457-470x", "section/front", "-1-4"])
def test_only_canonical_iris_are_passages(name: str) -> None:
    assert passage_of(NamedNode(f"https://w3id.org/parkgraph/source/briefing/{name}")) is None


def test_a_passage_iri_gives_source_and_span() -> None:
    iri = "https://w3id.org/parkgraph/source/briefing/0-12"
    assert passage_of(Literal(iri)) is None
    assert passage_of(NamedNode(iri)) == ("https://w3id.org/parkgraph/source/briefing", Span(0, 12))

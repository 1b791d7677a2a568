"""The first source against its own text: nothing uncovered, nothing unmatched, nothing unsupported."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.evidence.audit import Audit, audit
from parkgraph.evidence.sources import passage_of
from parkgraph.evidence.text import Span, load
from parkgraph.graph.documents import Graph, Term, read_documents
from parkgraph.names import PARK
from parkgraph.read.files import Root
from pyoxigraph import NamedNode

EVIDENCE = NamedNode(PARK + "evidence")


@pytest.fixture(scope="module")
def audited(repo: Path, article_path: Path) -> Audit:
    return audit(Root(repo), [load(article_path)])


def test_the_text_is_pinned(audited: Audit, article_path: Path) -> None:
    (source,) = [source for source in audited.sources if source.text]
    assert source.source.slug == article_path.stem
    assert source.source.length == 5952


def test_every_clause_is_covered_or_left_out_with_a_reason(audited: Audit) -> None:
    uncovered = [f.messages["zh"] for f in audited.findings if f.rule == "clause-uncovered"]
    assert uncovered == []
    (source,) = [source for source in audited.sources if source.text]
    clauses = [clause for part in source.sections for clause in part.clauses]
    assert len(clauses) > 400
    assert all(clause.omissions for clause in clauses if clause.status == "declared")


def test_every_number_is_in_the_graph(audited: Audit) -> None:
    assert [f.messages["zh"] for f in audited.findings if f.rule == "number-unmatched"] == []
    (source,) = [source for source in audited.sources if source.text]
    assert sum(len(part.numbers) for part in source.sections) > 100


def test_nothing_else_is_wrong_with_the_evidence(audited: Audit) -> None:
    found = [(f.rule, f.file, f.line, f.messages["zh"]) for f in audited.findings if f.severity != "info"]
    assert found == []


@pytest.fixture(scope="module")
def passages(repo: Path) -> tuple[Graph, dict[Term, list[Span]]]:
    """The graph, and thing → its passages."""
    graph = Graph(read_documents(Root(repo), "ontology", "codes", "data"))
    spans = {
        node: [p[1] for o in graph.objects(node, EVIDENCE) if (p := passage_of(o))]
        for node in graph.all_subjects
    }
    return graph, spans


def test_whose_a_thing_is_can_be_seen(
    passages: tuple[Graph, dict[Term, list[Span]]], article_path: Path
) -> None:
    graph, spans = passages
    text = load(article_path)
    things = [node for node in spans if list(graph.objects(node, NamedNode(PARK + "ofPark")))]
    assert len(things) > 100
    names = ("高新", "园区")
    assert [
        node for node in things if not any(name in text.part(span) for span in spans[node] for name in names)
    ] == []


def test_names_in_a_list_stand_in_an_order(passages: tuple[Graph, dict[Term, list[Span]]]) -> None:
    graph, spans = passages
    groups = {node: list(graph.objects(node, NamedNode(PARK + "hasMember"))) for node in spans}
    wrong = []
    for group, members in groups.items():
        ends = {
            min(
                (
                    own.end
                    for own in set(spans[member]).difference(
                        spans[group], *(spans[other] for other in members if other != member)
                    )
                    if any(span.contains(own) for span in spans[group])
                ),
                default=None,
            )
            for member in members
        }
        if None in ends or len(ends) < len(members):
            wrong.append(group)
    assert len([members for members in groups.values() if members]) > 20
    assert wrong == []


def test_the_graph_has_the_size_that_the_article_asks_for(audited: Audit) -> None:
    assert audited.counts["entities"] >= 250


def test_no_long_stretch_of_the_text_is_in_the_repository(repo: Path, article_path: Path) -> None:
    text = load(article_path).text
    lines = [line.strip() for line in text.splitlines()]
    stretches = {line[at : at + 30] for line in lines for at in range(len(line) - 29)}
    folders = ("ontology", "kg", "queries", "scripts", "tests", "docs")
    files = [path for folder in folders for path in (repo / folder).rglob("*") if path.is_file()]
    files += [path for path in repo.glob("*") if path.is_file()]
    for path in files:
        if path.suffix in (".ttl", ".rq", ".py", ".md", ".yaml", ".csv", ".json", ".toml", ".cff"):
            written = path.read_text("utf-8", errors="ignore")
            held = {written[at : at + 30] for at in range(len(written) - 29) if not written[at].isascii()}
            assert not stretches & held, path

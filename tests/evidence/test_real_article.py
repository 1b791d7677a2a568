"""The first source against its own text: nothing uncovered, nothing unmatched, nothing unsupported."""

from __future__ import annotations

from pathlib import Path

import pytest
from parkgraph.evidence.audit import Audit, audit
from parkgraph.evidence.text import load
from parkgraph.read.files import Root


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

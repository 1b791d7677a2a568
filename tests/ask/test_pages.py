"""The page of a question: its picture, its parameters, its answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from parkgraph import api
from parkgraph.ask.picture import Pattern
from parkgraph.pages import write_pages

QUERY = """
PREFIX a: <http://a/>
SELECT ?x WHERE {
  ?x a a:Thing ; a:part/a:of ?y .
  OPTIONAL { ?x a:note ?note }
  FILTER NOT EXISTS { ?x a:gone "yes" }
}
"""


def test_a_picture_tells_must_optional_and_not_apart() -> None:
    drawn = Pattern(QUERY).mermaid(lambda iri: iri.rsplit("/", 1)[1])
    assert '(["?x<br/>Thing"])' in drawn
    assert re.search(r'n\d -->\|"part / of"\| n\d', drawn)
    assert re.search(r'n\d -.->\|"note"\| n\d', drawn)
    assert re.search(r'n\d --x\|"gone"\| n\d', drawn)


def test_words_cannot_break_out_of_a_picture() -> None:
    drawn = Pattern('SELECT * { ?x <http://a/p> "]) --> <b>" }').mermaid(lambda iri: 'say "p"')
    assert "<b>" not in drawn
    assert "#quot;p#quot;" in drawn


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    graph = api.open()
    # Reading a query for its picture takes a tenth of a second; three questions show what all do.
    shown = [
        graph.question(name)
        for name in ("projects-serving-industry", "figures-of-period", "targets-against-results")
    ]
    graph.questions = lambda topic=None: shown  # type: ignore[method-assign]
    told: list[tuple[int, int]] = []
    assert write_pages(graph, folder, progress=lambda *done: told.append(done)) == 2 * (len(shown) + 1)
    assert told == [(made, 8) for made in range(1, 9)]
    return folder


@pytest.mark.parametrize(("lang", "heading"), [("zh", "## 答案"), ("en", "## Answer")])
def test_a_page_shows_question_parameters_and_actual_answer(pages: Path, lang: str, heading: str) -> None:
    page = (pages / lang / "projects-serving-industry.md").read_text(encoding="utf-8")
    answer = api.open().ask("projects-serving-industry", lang=lang)  # type: ignore[arg-type]
    assert heading in page
    assert "`--industry`" in page
    assert "```mermaid\nflowchart LR\n" in page
    for row in answer:
        assert row.projectLabel in page


def test_the_index_names_every_question_under_its_topic(pages: Path) -> None:
    index = (pages / "zh" / "index.md").read_text(encoding="utf-8")
    assert "## project" in index
    assert "(projects-serving-industry.md)" in index
    assert index.index("## indicator") < index.index("(figures-of-period.md)") < index.index("## project")


def test_pages_are_written_when_all_are_made_or_not_at_all(tmp_path: Path) -> None:
    graph, made = api.open(), tmp_path / "new" / "pages"

    def interrupted(done: int, of: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_pages(graph, made, "talent", interrupted)
    assert list(tmp_path.iterdir()) == []


def test_pages_of_one_topic(tmp_path: Path) -> None:
    graph = api.open()
    all_of_topic = graph.questions("talent")
    graph.questions = lambda topic=None: all_of_topic[:1] if topic == "talent" else []  # type: ignore[method-assign]
    assert write_pages(graph, tmp_path, "talent") == 4
    found = sorted(page.relative_to(tmp_path).as_posix() for page in tmp_path.rglob("*.*"))
    assert found == sorted(
        f"{lang}/{name}.md" for lang in ("en", "zh") for name in ("index", all_of_topic[0].id)
    )

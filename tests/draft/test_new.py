"""`new source`, `new CLASS` and `codes`: what they write validates, and nothing is half-written."""

from __future__ import annotations

from datetime import date

import pytest
from drafted import ENGLISH, HERE, WEEKLY, files
from parkgraph.draft.article import read
from parkgraph.draft.write import node, slug, whole_clauses
from parkgraph.evidence.text import Span, load
from test_layout import problems


@pytest.mark.parametrize(
    ("name", "headline", "day", "publisher", "people", "parts"),
    [
        ("luchuan", "鹭川经济开发区：在高质量发展中争先", date(2019, 11, 5), "鹭川日报", ["高一鸣"], 6),
        ("pingxi", "平溪高新区产业园建设提速", date(2022, 4, 19), "平溪日报", ["谢清和", "丁宁"], 6),
        ("kunming-weekly", "昆明高新区产业发展简报", date(2019, 3, 20), "示例周报", [], 2),
    ],
)
def test_an_article_says_what_it_is(name, headline, day, publisher, people, parts) -> None:
    article = read(load(HERE / "development" / f"{name}.txt"))
    text = article.text
    assert article.headline and text.part(article.headline) == headline
    assert article.publisher and text.part(article.publisher) == publisher
    assert (article.published, list(article.people)) == (day, people)
    assert len(article.parts) == parts
    assert [part.span.start for part in article.parts] == [0, *(p.span.end for p in article.parts[:-1])]
    assert article.parts[-1].span.end == len(text)


def test_a_source_is_described_and_validates(graph, call) -> None:
    code, out, err = call("new", "source", WEEKLY, *ENGLISH)
    assert (code, out.split()) == (
        0,
        [f"kg/sources/example-weekly-2019-03-20{end}" for end in (".passages.ttl", ".ttl")],
    )
    written = (graph / out.split()[1]).read_text("utf-8")
    assert problems(written) == []
    assert "schema:publisher organization:example-weekly ;" in written
    assert call("validate", "-q")[0] == 0
    assert call("cite", "--check", "-a", WEEKLY)[0] == 0
    before = files(graph)
    code, out, err = call("new", "source", WEEKLY, *ENGLISH)
    assert code == 0 and "example-weekly-2019-03-20 already" in err and files(graph) == before


def test_what_is_missing_is_asked_for_at_once(graph, call) -> None:
    before = files(graph)
    code, out, err = call("new", "source", WEEKLY)
    assert (code, out) == (2, "")
    assert "--en '示例周报=…'" in err and "headline: 昆明高新区产业发展简报" in err
    assert files(graph) == before
    assert "标题" in call("new", "source", "--help", lang="zh")[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "binary file"),
        ("园区发展。" * 20_000, "60000 at most"),
        ("The zone grew fast. Its revenue rose.\n" * 9, "not in Chinese"),
        ("年份,产值,企业,税收\n" + "2019,1,2,3\n" * 9 + "企业名称,地址,电话,邮编\n" * 20, "table"),
        ("今天天气好\n" * 5, "no paragraph of whole sentences"),
    ],
)
def test_what_is_no_article_is_refused(graph, call, tmp_path, content, said) -> None:
    file = tmp_path / "article.txt"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = files(graph)
    code, out, err = call("new", "source", file)
    assert (code, out) == (3, "") and said in err
    assert files(graph) == before


def test_a_corrected_article_tells_what_it_touches(graph, call, tmp_path) -> None:
    assert call("new", "source", WEEKLY, *ENGLISH)[0] == 0
    text = WEEKLY.read_text("utf-8").replace("2019-03-20", "2019-03-21", 1)
    corrected = tmp_path / "corrected.txt"
    corrected.write_text("更正:" + text, "utf-8")
    before = files(graph)
    code, out, err = call("new", "source", corrected, *ENGLISH)
    assert code == 1 and files(graph) == before
    assert "corrected form of example-weekly-2019-03-20; passages: 0 where they stood" in out
    (moved,) = [line for line in out.splitlines() if ", moved by " in line]
    assert moved.endswith(", moved by +3") and "12-27 is gone; cited by " in out
    assert "never moved" in err


def test_a_skeleton_has_what_the_shapes_ask(call) -> None:
    code, out, err = call("new", "PhaseRecord")
    assert code == 0 and out.startswith("phase-record:TODO a park:PhaseRecord ;")
    assert "park:phaseOf TODO ;" in out and "park:evidence TODO ." in out
    assert "phase:under-construction" in err
    code, out, err = call("new", "Projekt")
    assert code == 2 and "Project" in err


def test_a_figure_is_derived_and_written(graph, call) -> None:
    assert call("new", "source", WEEKLY, *ENGLISH)[0] == 0
    words = ["new", "Observation", "--figure", "新增35户", "--label", "2018年新增高企", "new firms, 2018",
             "--set", "park:about=place:kunming-high-tech-zone", "-a", WEEKLY,
             "--set", "park:indicator=indicator:new-high-tech-enterprises",
             "--evidence", "昆明高新区新增高新技术企业35户"]  # fmt: skip
    code, out, __ = call(*words)
    assert code == 0 and "park:upperBound 35.0" in out and "park:normalizedUnit qudt-unit:NUM" in out
    code, out, __ = call(*words, "--write")
    assert (code, out) == (0, "kg/indicator.ttl\n"), out
    assert problems((graph / "kg/indicator.ttl").read_text("utf-8")) == []
    assert call("validate", "-q")[0] == 0
    before = files(graph)
    assert call(*words, "--write")[0] == 2
    assert call("new", "Observation", "--write")[0] == 2
    assert files(graph) == before


def test_codes_are_listed_and_added_where_they_belong(graph, call) -> None:
    assert "phase\t" in call("codes")[1]
    assert "phase:started\t开工\t" in call("codes", "phase", lang="zh")[1]
    assert call("codes", "phaze")[0] == 2
    words = ["codes", "industry", "--add", "energy-storage", "--label", "储能", "energy storage",
             "--definition", "储存电能的产业。", "Industry that stores electricity."]  # fmt: skip
    assert call("new", "source", WEEKLY, *ENGLISH)[0] == 0
    code, out, __ = call(*words)
    assert code == 1 and "park:evidence" in out
    words += ["-a", WEEKLY, "--evidence", "云岭大数据中心项目"]
    code, out, err = call(*words)
    assert (code, out) == (0, "ontology/codes/industry.ttl\n"), err
    assert problems((graph / out.strip()).read_text("utf-8")) == []
    assert call("validate", "-q")[0] == 0
    assert call(*words)[0] == 2
    assert call("codes", "industry", "--add", "x")[0] == 2


def test_layout_and_slugs() -> None:
    assert slug("The Société of Lantian's Base (2019)") == "societe-of-lantians-base-2019"
    assert node("id:a", "park:Event", [("park:b", ["x" * 60, "y" * 60]), ("park:c", [])]).splitlines() == [
        "id:a a park:Event ;", f"    park:b {'x' * 60} ,", f"        {'y' * 60} .",
    ]  # fmt: skip


def test_evidence_is_whole_clauses_that_do_not_cross() -> None:
    text = "甲一,乙二,丙三,丁四。"
    assert whole_clauses(text, [Span(1, 2)], 120) == [Span(0, 2)]
    assert whole_clauses(text, [Span(0, 5), Span(4, 8)], 120) == [Span(0, 2), Span(3, 5), Span(6, 8)]
    assert whole_clauses(text, [Span(0, 5)], 3) == [Span(0, 2), Span(3, 5)]

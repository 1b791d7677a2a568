"""Question files: what a good one says, and what each mistake is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from parkgraph.api import Graph
from parkgraph.ask.load import check_query
from parkgraph.ask.question import Question
from parkgraph.errors import Unreadable

Load = Callable[..., Question]

GOOD = """#+ id: a-question
#+ summary: {en: Which?, zh: 哪些？}
#+ description:
#+   en: >-
#+     Two lines
#+     of text.
#+   zh: >-
#+     两行
#+     文字。
#+ parameters:
#+   thing: {type: entity, class: "park:Project", default: "ex:a", label: {en: thing, zh: 事物}}
#+   lang: {type: language, default: zh, label: {en: language, zh: 语言}}
#+ columns:
#+   x: {en: no, zh: 甲}
#+   xLabel: {en: no, zh: 甲}
#+ keywords: [one, two]
#+ entailment: asserted

PREFIX ex: <http://example.org/>
SELECT ?x ?xLabel {
  VALUES ?thing { ex:a }
  VALUES ?lang { "zh" }
  ?x ?thing ?xLabel
}
ORDER BY ?x
"""


def test_a_good_one(load: Load) -> None:
    question = load(GOOD)
    check_query(question)
    assert question.summary == {"en": "Which?", "zh": "哪些？"}
    assert question.description == {"en": "Two lines of text.", "zh": "两行文字。"}
    assert question.headings("en") == {"x": "no", "xLabel": "no"}  # YAML would have read false
    assert (question.topic, question.form, question.entailment) == ("test", "SELECT", "asserted")
    assert question.keywords == ("one", "two")
    thing = question.parameters["thing"]
    assert thing.of == "https://w3id.org/parkgraph/ontology#Project"
    assert [term.value for term in thing.default] == ["http://example.org/a"]
    assert question.body.startswith("PREFIX ex:") and "#+" not in question.body


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#+ id: a-question", "# nothing", 2, "id is missing"),
        ("id: a-question", "id: another", 1, "the id must be the file's name"),
        ("id: a-question", "id: [a]", 1, "the id must be the file's name"),
        ("#+ summary: {en: Which?, zh: 哪些？}", "#+ sumary: x", 2, "unknown key: sumary"),
        ("summary: {en: Which?, zh: 哪些？}", "summary: Which?", 2, "`key: value` is needed"),
        ("zh: 哪些？", "de: Welche?", 2, "unknown key: de"),
        ("{en: Which?, zh: 哪些？}", "{en: Which?}", 2, "zh is missing"),
        ("{en: Which?, zh: 哪些？}", "{en: Which?, zh: ''}", 2, "zh is missing"),
        ("{en: Which?, zh: 哪些？}", "{en: [a], zh: 甲}", 2, "a text is needed"),
        ("#+ keywords: [one, two]", "#+ id: a-question", 16, "the key id stands twice"),
        ("keywords: [one, two]", "keywords: one", 16, "a list of words"),
        ("keywords: [one, two]", "keywords: [one, two", 17, "the header is not YAML"),
        ("entailment: asserted", "entailment: owl", 17, "unknown entailment: owl"),
        ("type: entity", "type: thing", 11, "unknown type: thing"),
        ('class: "park:Project", ', "", 11, "class must be an IRI"),
        ('class: "park:Project"', 'class: "nope:Project"', 11, "class must be an IRI"),
        ('class: "park:Project"', 'scheme: "park:Project"', 11, "unknown key: scheme"),
        ("label: {en: thing, zh: 事物}", "optional: true", 11, "label is missing"),
        (
            "label: {en: thing, zh: 事物}",
            "label: {en: a, zh: 甲}, optional: yes",
            11,
            "unknown optional: yes",
        ),
        ('default: "ex:a"', 'default: "ex:b"', 11, "the VALUES line says otherwise: <http://example.org/a>"),
        ("default: zh, ", "default: de, ", 12, "the languages are zh and en"),
        ("   thing: {", "   basis: {", 11, "a parameter cannot be called basis"),
        ("   thing: {", "   a-b: {", 11, "a parameter cannot be called a-b"),
        ("   thing: {", "   other: {", 11, "the query has no line VALUES ?other"),
        ("type: language, default: zh", "type: text, default: zh", 12, "lang is a language"),
        ("xLabel: {en: no, zh: 甲}", "y: {en: no, zh: 乙}", 15, "x and y have the same heading: no"),
        (
            "#+ columns:\n#+   x: {en: no, zh: 甲}\n#+   xLabel: {en: no, zh: 甲}\n",
            "",
            1,
            "columns is missing",
        ),
        ("VALUES ?thing { ex:a }", "VALUES ?thing {\n ex:a }", 21, "must stand on one line"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing { no:a }", 21, "these are no RDF terms: no:a"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing { ?x }", 21, "these are no RDF terms"),
        ("?x ?thing ?xLabel", "VALUES ?thing { ex:a }", 23, "stands twice"),
        ("?x ?thing ?xLabel", "SERVICE <http://e/> { ?x ?y ?z }", 23, "SERVICE is not allowed"),
        ("SELECT ?x ?xLabel {", "SELECT ?x ?xLabel FROM <http://e/> {", 20, "FROM is not allowed"),
        ("SELECT ?x ?xLabel {", "DESCRIBE ?x {", 20, "DESCRIBE is not allowed"),
        ("ORDER BY ?x", "", 24, "no ORDER BY"),
        ("ORDER BY ?x", "# ORDER BY ?x", 25, "no ORDER BY"),
        ("ORDER BY ?x", "GROUP BY ?x ?xLabel ORDER BY ?x ?lang", 25, "ORDER BY ?lang, which is no column"),
    ],
)
def test_a_mistake_is_told_with_its_line(load: Load, old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(Unreadable) as caught:
        load(GOOD.replace(old, new, 1))
    assert said in str(caught.value)
    assert (caught.value.file, caught.value.line) == ("queries/test/a-question.rq", line)
    assert caught.value.exit_code == 3
    assert any("\u4e00" <= char <= "\u9fff" for char in caught.value.text("zh"))


@pytest.mark.parametrize(
    "order", ["MIN(?lang) ?x", "DESC(MAX(?lang)) ?x", "(STR(MIN(?lang))) ?x", "DESC(?x)"]
)
def test_a_grouped_query_may_order_by_aggregates(load: Load, order: str) -> None:
    check_query(load(GOOD.replace("ORDER BY ?x", f"GROUP BY ?x ?xLabel ORDER BY {order}")))


def test_a_grouped_part_does_not_bind_the_whole(load: Load) -> None:
    inner = "{ SELECT ?x (MIN(?l) AS ?xLabel) (COUNT(*) AS ?n) { ?x ?thing ?l } GROUP BY ?x }"
    check_query(load(GOOD.replace("?x ?thing ?xLabel", inner).replace("ORDER BY ?x", "ORDER BY ?n ?x")))


def test_no_header(load: Load) -> None:
    with pytest.raises(Unreadable, match="needs a header"):
        load("SELECT * {}")


def test_no_query(load: Load) -> None:
    with pytest.raises(Unreadable, match="no SELECT, CONSTRUCT or ASK"):
        load("\n".join(line for line in GOOD.splitlines() if line.startswith("#+")))


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("?x ?thing ?xLabel", "?x ?thing", 24, "not SPARQL"),
        ("SELECT ?x ?xLabel {", "SELECT ?x ?xLabel ?more {", 19, "the header names no column more"),
        ("SELECT ?x ?xLabel {", "SELECT ?x {", 19, "the query gives no column xLabel"),
    ],
)
def test_the_query_is_checked_against_the_header(
    load: Load, old: str, new: str, line: int, said: str
) -> None:
    question = load(GOOD.replace(old, new).replace("?more {", "?more { BIND(1 AS ?more)"))
    with pytest.raises(Unreadable) as caught:
        check_query(question)
    assert said in str(caught.value) and caught.value.line == line


def test_values_in_comments_texts_and_iris_do_not_count(load: Load) -> None:
    noise = """# VALUES ?thing { ex:b }
  FILTER(?xLabel != "VALUES ?thing { ex:c }" && ?xLabel != '''
VALUES ?thing { ex:d } # ''' && ?x != <http://e/#VALUES>)"""
    question = load(GOOD.replace("?x ?thing ?xLabel", f"?x ?thing ?xLabel {noise}"))
    check_query(question)
    assert len(question.parameters["thing"].default) == 1


def test_every_question_of_the_small_graph_is_sound(graph: Graph) -> None:
    questions = graph.questions()
    assert len(questions) == 7
    for question in questions:
        check_query(question)
    assert [question.id for question in graph.questions("test")] == [
        "amounts-from", "as-triples", "is-any", "named-like",
    ]  # fmt: skip

"""Question files: what a good one says, and what each mistake is told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.api import Graph
from parkgraph.ask.question import Question
from parkgraph.errors import Unreadable

Load = Callable[..., Question]

GOOD = """#+ summary: {en: Which?, zh: 哪些？}
#+ description:
#+   en: >-
#+     Two lines
#+     of text.
#+   zh: >-
#+     两行
#+     文字。
#+ parameters:
#+   thing: {type: entity, class: "park:Project", label: {en: thing, zh: 事物}}
#+ columns:
#+   x: {en: no, zh: 甲}
#+ examples:
#+   en: [What is there?, Show me all]
#+   zh: [有什么？]
#+ # a comment

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
    assert question.summary == {"en": "Which?", "zh": "哪些？"}
    assert question.description == {"en": "Two lines of text.", "zh": "两行文字。"}
    assert question.headings("en") == {"x": "no", "xLabel": "no"}  # YAML would have read false
    assert (question.topic, question.form) == ("test", "SELECT")
    assert question.examples == {"en": ("What is there?", "Show me all"), "zh": ("有什么？",)}
    assert question.language == "lang" and question.parameters["lang"].label["zh"] == "语言"
    thing = question.parameters["thing"]
    assert thing.of == "https://w3id.org/parkgraph/ontology#Project"
    assert [term.value for term in thing.default] == ["http://example.org/a"]
    assert question.body.startswith("PREFIX ex:") and "#+" not in question.body


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("#+ summary: {en: Which?, zh: 哪些？}", "#+ sumary: x", 1, "unknown key: sumary"),
        ("#+ summary: {en: Which?, zh: 哪些？}\n", "", 1, "summary is missing"),
        ("summary: {en: Which?, zh: 哪些？}", "summary: Which?", 1, "`key: value` is needed"),
        ("zh: 哪些？", "de: Welche?", 1, "unknown key: de"),
        ("{en: Which?, zh: 哪些？}", "{en: Which?}", 1, "zh is missing"),
        ("{en: Which?, zh: 哪些？}", "{en: Which?, zh: ''}", 1, "zh is missing"),
        ("{en: Which?, zh: 哪些？}", "{en: [a], zh: 甲}", 1, "a text is needed"),
        ("#+ # a comment", "#+ summary: {en: a, zh: 甲}", 16, "the key summary stands twice"),
        ("zh: [有什么？]", "zh: 有什么？", 15, "a list of sentences"),
        ("#+   zh: [有什么？]\n", "", 13, "zh is missing"),
        ("zh: [有什么？]", "zh: [有什么？", 17, "the header is not YAML"),
        ("type: entity", "type: thing", 10, "unknown type: thing"),
        ('class: "park:Project", ', "", 10, "class must be an IRI"),
        ('class: "park:Project"', 'class: "nope:Project"', 10, "class must be an IRI"),
        ('class: "park:Project"', 'scheme: "park:Project"', 10, "unknown key: scheme"),
        (", label: {en: thing, zh: 事物}", "", 10, "label is missing"),
        ("label: {en: thing, zh: 事物}", "optional: yes", 10, "unknown key: optional"),
        ('type: entity, class: "park:Project"', "type: year", 20, "the default is no year"),
        ("   thing: {", "   basis: {", 10, "the query has no line VALUES ?basis"),
        ("   thing: {", "   other: {", 10, "the query has no line VALUES ?other"),
        ("   x: {en: no, zh: 甲}", "   y: {en: no, zh: 甲}", 12, "the query gives no column y"),
        ("#+ columns:\n#+   x: {en: no, zh: 甲}\n", "", 1, "no heading for the column x"),
        ("SELECT ?x ?xLabel {", "SELECT ?x ?xLabel ?y {", 11, "no heading for the column y"),
        ("?x ?xLabel {", "?x ?xLabel (1 AS ?xy) {", 11, "no heading for the column xy"),
        ("SELECT ?x ?xLabel {", "SELECT * {", 19, "SELECT * gives columns in no order"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing {\n ex:a }", 20, "must stand on one line"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing { no:a }", 20, "these are no RDF terms: no:a"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing { ?x }", 20, "these are no RDF terms"),
        ("VALUES ?thing { ex:a }", "VALUES ?thing { }", 20, "no default: the braces are empty"),
        ("?x ?thing ?xLabel", "VALUES ?thing { ex:a }", 22, "stands twice"),
        ("?x ?thing ?xLabel", "SERVICE <http://e/> { ?x ?y ?z }", 22, "SERVICE is refused"),
        ("SELECT ?x ?xLabel {", "SELECT ?x ?xLabel FROM <http://e/> {", 19, "FROM is refused"),
        ("SELECT ?x ?xLabel {", "DESCRIBE ?x {", 19, "DESCRIBE is not allowed"),
        ("ORDER BY ?x", "", 23, "no ORDER BY"),
        ("ORDER BY ?x", "# ORDER BY ?x", 24, "no ORDER BY"),
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


def test_no_header(load: Load) -> None:
    with pytest.raises(Unreadable, match="needs a header"):
        load("SELECT * {}")


def test_no_query(load: Load) -> None:
    with pytest.raises(Unreadable, match="no SELECT, CONSTRUCT or ASK"):
        load("\n".join(line for line in GOOD.splitlines() if line.startswith("#+")))


def test_what_is_not_sparql_is_told_with_its_line(load: Load) -> None:
    with pytest.raises(Unreadable, match="not SPARQL") as caught:
        load(GOOD.replace("?x ?thing ?xLabel", "?x ?thing"))
    assert caught.value.line == 23


@pytest.mark.parametrize("name", ["basis", "a-b"])
def test_a_parameter_that_could_not_be_given(load: Load, name: str) -> None:
    text = GOOD.replace("   thing: {", f"   {name}: {{").replace("VALUES ?thing", f"VALUES ?{name}")
    with pytest.raises(Unreadable, match=f"a parameter cannot be called {name}|no line VALUES"):
        load(text)


@pytest.mark.parametrize("name", ["A-question", "a_question", "问"])
def test_a_file_name_that_could_not_be_typed(load: Load, name: str) -> None:
    with pytest.raises(Unreadable, match="small letters, digits and hyphens"):
        load(GOOD, name)


SHARED = """columns:
  x: {en: shared x, zh: 共用}
  thing: {en: a thing, zh: 物}
parameters:
  thing: {type: entity, class: "park:Project"}
"""


def test_what_questions_share_stands_in_one_file(load: Load, tmp_path: Path) -> None:
    bare = "".join(
        line for line in GOOD.splitlines(True) if not line.startswith(("#+ pa", "#+   th", "#+ co", "#+   x"))
    )
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/shared.yaml").write_text(SHARED, "utf-8")
    question = load(bare)
    assert question.headings("en") == {"x": "shared x", "xLabel": "shared x"}
    assert question.parameters["thing"].label == {"en": "a thing", "zh": "物"}
    assert list(question.parameters) == ["thing", "lang"]
    assert load(GOOD).headings("en") == {"x": "no", "xLabel": "no"}  # its own come first


def test_a_mistake_in_what_they_share_is_told_there(load: Load, tmp_path: Path) -> None:
    (tmp_path / "queries").mkdir()
    (tmp_path / "queries/shared.yaml").write_text(SHARED.replace("zh: 物", "de: Ding"), "utf-8")
    bare = GOOD.replace(", label: {en: thing, zh: 事物}", "")
    with pytest.raises(Unreadable, match="unknown key: de") as caught:
        load(bare)
    assert (caught.value.file, caught.value.line) == ("queries/shared.yaml", 3)


def test_values_in_comments_texts_and_iris_do_not_count(load: Load) -> None:
    noise = """# VALUES ?thing { ex:b }
  FILTER(?xLabel != "VALUES ?thing { ex:c }" && ?xLabel != '''
VALUES ?thing { ex:d } # ''' && ?x != <http://e/#VALUES>)"""
    question = load(GOOD.replace("?x ?thing ?xLabel", f"?x ?thing ?xLabel {noise}"))
    assert len(question.parameters["thing"].default) == 1


def test_every_question_of_the_small_graph_is_sound(graph: Graph) -> None:
    questions = graph.questions()
    assert len(questions) == 6
    for question in questions:
        assert [question.id for question in graph.questions("test")] == [
        "amounts-from", "as-triples", "is-any", "named-like",
    ]  # fmt: skip

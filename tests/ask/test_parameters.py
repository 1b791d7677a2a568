"""What a user may give for a parameter, and that nothing given ever becomes query text."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parkgraph.api import Graph
from parkgraph.ask.labels import nearest
from parkgraph.ask.parameters import Bound, bind
from parkgraph.errors import Usage
from parkgraph.names import ENTITY, INDUSTRY, XSD
from pyoxigraph import Literal, NamedNode

BIOMEDICINE = NamedNode(INDUSTRY + "biomedicine")
REGION = NamedNode(ENTITY + "project/region")


def bound(graph: Graph, name: str, language: str = "en", /, **values: object) -> Bound:
    return bind(graph.question(name), values, graph.store, lang=language, prefixes=graph.prefixes)  # type: ignore[arg-type]


def refusal(graph: Graph, name: str, language: str = "en", /, **values: object) -> str:
    with pytest.raises(Usage) as caught:
        bound(graph, name, language, **values)
    assert caught.value.exit_code == 2
    return caught.value.text(language)


@pytest.mark.parametrize(
    "value",
    [
        "生物医药", "biomedicine", "Biomedicine", " 生物 医药 ", "“生物-医药”", "医药",
        "ＢＩＯＭＥＤＩＣＩＮＥ",
        'pharma & "bio"', "27",
        "industry:biomedicine", "https://w3id.org/parkgraph/industry/biomedicine",
        "<https://w3id.org/parkgraph/industry/biomedicine>",
    ],
)  # fmt: skip
def test_every_way_to_name_a_concept(graph: Graph, value: str) -> None:
    assert bound(graph, "projects-serving", industry=value).terms["industry"] == (BIOMEDICINE,)


@pytest.mark.parametrize("value", ["it serv", "IT ser", "T-services", "“it” services"])
def test_a_part_of_a_name_is_enough_where_one_thing_has_it(graph: Graph, value: str) -> None:
    assert bound(graph, "projects-serving", industry=value).terms["industry"] == (NamedNode(INDUSTRY + "it"),)


@pytest.mark.parametrize(
    "value",
    ["生物医药行业", "生物医药产业的", "the biomedicine industry", "Biomedicine sector's", "„biomedicine“"],
)
def test_what_is_said_around_a_name_does_not_matter(graph: Graph, value: str) -> None:
    assert bound(graph, "projects-serving", industry=value).terms["industry"] == (BIOMEDICINE,)


@pytest.mark.parametrize("value", ["行业", "the industry", "的", "生物医学行业"])
def test_what_is_said_around_a_name_names_nothing(graph: Graph, value: str) -> None:
    assert refusal(graph, "projects-serving", industry=value).startswith("--industry: no industry called")


def test_a_part_of_several_names_lists_them(graph: Graph) -> None:
    said = refusal(graph, "projects-serving", "zh", industry="生物医")
    assert said.startswith("--industry：“生物医” 对应 2 项：\n    ") and "industry:biomedicine" in said


def test_a_name_of_something_of_another_kind_says_so(graph: Graph) -> None:
    said = refusal(graph, "projects-serving", "zh", industry="示范基地")
    assert said.splitlines()[0] == "--industry：没有名为“示范基地”的产业"
    assert "有此名称的是另一类事物：示范基地 (project:region)，" in said


@pytest.mark.parametrize("value", ["region", "project:region", "demonstration base", "demonstration-base"])
def test_an_entity_of_an_inferred_class(graph: Graph, value: str) -> None:
    # Nothing is asserted to be an Undertaking; every project is inferred to be one.
    assert bound(graph, "what-lies-within", whole=value).terms["whole"] == (REGION,)


def test_several_values(graph: Graph) -> None:
    terms = bound(graph, "projects-serving", industry=["生物医药", "it", "27"]).terms["industry"]
    assert terms == (BIOMEDICINE, NamedNode(INDUSTRY + "it"))


def test_the_text_is_the_file_but_for_the_terms(graph: Graph) -> None:
    question = graph.question("projects-serving")
    found = bound(graph, "projects-serving", industry="it")
    expected = question.text.replace("{ industry:biomedicine }", f"{{ <{INDUSTRY}it> }}", 1)
    assert found.text == expected.replace('{ "zh" }', '{ "en" }', 1)
    assert expected != question.text and "in:a-comment" in found.text


def test_language_follows_the_command(graph: Graph) -> None:
    assert bound(graph, "projects-serving", "zh").terms["lang"] == (Literal("zh"),)


@pytest.mark.parametrize(
    ("name", "value", "lexical", "datatype"),
    [
        ("least", "-5.5", "-5.5", "decimal"),
        ("least", "+5", "5", "decimal"),
        ("least", "１２", "12", "decimal"),
        ("least", 7, "7", "decimal"),
        ("day", "2018-02-28", "2018-02-28", "date"),
    ],
)
def test_literals(graph: Graph, name: str, value: object, lexical: str, datatype: str) -> None:
    expected = Literal(lexical, datatype=NamedNode(XSD + datatype))
    assert bound(graph, "amounts-from", **{name: value}).terms[name] == (expected,)


@pytest.mark.parametrize("value", ["2017", "2017年", "２０１７", 2017])
def test_years(graph: Graph, value: object) -> None:
    expected = Literal("2017", datatype=NamedNode(XSD + "gYear"))
    assert bound(graph, "named-like", year=value).terms["year"] == (expected,)


@pytest.mark.parametrize(
    ("question", "name", "value"),
    [
        ("amounts-from", "least", "many"),
        ("amounts-from", "least", "1,47"),
        ("amounts-from", "least", "1,478 000"),
        ("amounts-from", "least", "2000亿元"),
        ("amounts-from", "least", "1" * 19),
        ("amounts-from", "least", "1e9"),
        ("amounts-from", "least", "NaN"),
        ("amounts-from", "day", "2018-02-30"),
        ("amounts-from", "day", "20180615"),
        ("amounts-from", "day", "2018-6-5"),
        ("named-like", "year", "17"),
        ("named-like", "year", "2017 } #"),
        ("amounts-from", "least", "10²"),
        ("amounts-from", "least", "亿"),
        ("named-like", "words", "back\\slash"),
        ("named-like", "words", "bell\x07"),
        ("named-like", "words", "\ud800"),
        ("named-like", "words", "x" * 1001),
    ],
)
def test_what_is_no_value_is_refused(graph: Graph, question: str, name: str, value: str) -> None:
    assert refusal(graph, question, **{name: value}).startswith(f"--{name}: not a value")
    assert "不是可用的值" in refusal(graph, question, "zh", **{name: value})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2000亿", "200000000000"), ("１.5 万", "15000"), ("2千万", "20000000"), ("1,478", "1478"),
        ("1 478", "1478"), ("１，４７８", "1478"), ("1 478", "1478"), ("2,000亿", "200000000000"),
        ("57.97 billion", "57970000000"), ("两千亿", "200000000000"), ("14.2%", "14.2"),
        ("-1,000.5", "-1000.5"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_written(graph: Graph, text: str, value: str) -> None:
    (term,) = bound(graph, "amounts-from", least=text).terms["least"]
    assert term.value == value


def test_optional_stays_open(graph: Graph) -> None:
    assert bound(graph, "amounts-from").terms["industry"] == ()
    assert "VALUES ?industry { UNDEF }" in bound(graph, "amounts-from", industry="any").text
    assert len(graph.ask("amounts-from", least=-10)) == 2
    assert len(graph.ask("amounts-from", least=-10, industry="it")) == 1


def test_any_is_no_value_elsewhere(graph: Graph) -> None:
    assert "no industry called “any”" in refusal(graph, "projects-serving", industry="any")


# --- Refusals ---------------------------------------------------------------------


def test_a_name_that_fits_two_lists_both_and_asks(graph: Graph) -> None:
    said = refusal(graph, "what-lies-within", "zh", whole="示范基地")
    assert "对应 2 项" in said and "请改用括号中的名称" in said
    assert "示范基地 (project:region)" in said and "示范基地 (project:second)" in said


def test_an_alias_of_another_class_does_not_make_it_ambiguous(graph: Graph) -> None:
    # The enterprise bears the same name, but only projects are asked for.
    found = bound(graph, "what-lies-within", whole="同名").terms["whole"]
    assert found == (NamedNode(ENTITY + "project/second"),)


def test_something_of_another_class_is_refused_and_said_what_it_is(graph: Graph) -> None:
    said = refusal(graph, "what-lies-within", "zh", whole="enterprise:maker")
    assert "同名 (enterprise:maker) 不属于“事项”" in said and "它是：企业" in said
    assert "is no undertaking" in refusal(graph, "what-lies-within", whole="enterprise:maker")


def test_a_concept_of_no_scheme_is_refused(graph: Graph) -> None:
    assert "不在“产业表”之中" in refusal(graph, "projects-serving", "zh", industry="industry:other")
    assert "no industry called" in refusal(graph, "projects-serving", industry="another industry")
    said = refusal(
        graph, "projects-serving", industry="park:Project"
    )  # a class, and OWL's class has no label
    assert "is not in “" in said and "it is" not in said


@pytest.mark.parametrize(
    ("value", "near"),
    [("生物制药", "industry:biomedicine"), ("biomedecine", "industry:biomedicine"),
     ("医药生物", "industry:biomedicine"), ("大健康类", "industry:health"), ("it serving", "industry:it")],
)  # fmt: skip
def test_an_unknown_name_is_told_the_nearest(graph: Graph, value: str, near: str) -> None:
    lines = refusal(graph, "projects-serving", "zh", industry=value).splitlines()
    assert lines[0] == f"--industry：没有名为“{value}”的产业"
    assert near in lines[2]


def test_a_name_like_nothing_is_told_what_there_is(graph: Graph) -> None:
    said = refusal(graph, "projects-serving", industry="zzzz")
    assert "there are:" in said and "industry:it" in said


@pytest.mark.parametrize(
    "value", ["", "   ", "\ud800", "industry:nothing", "https://w3id.org/parkgraph/industry/x"]
)
def test_nothing_of_that_name(graph: Graph, value: str) -> None:
    assert "no industry called" in refusal(graph, "projects-serving", industry=value)


def test_several_where_one_is_allowed(graph: Graph) -> None:
    assert "--least takes one value" in refusal(graph, "amounts-from", least=["1", "2"])


def test_an_unknown_parameter_is_told_the_nearest_or_all(graph: Graph) -> None:
    assert "did you mean --industry?" in refusal(graph, "projects-serving", industri="x")
    assert "its parameters: --industry, --lang" in refusal(graph, "projects-serving", qqq="x")
    assert "is-any has no parameter x" in refusal(graph, "is-any", x="x")


# --- Nothing a user types becomes query text -----------------------------------------

ATTACKS = [
    '"', "'", '"""', "\\", "}", "{", "} UNION { ?s ?p ?o", '" } #', "# comment", "<http://e/a b>",
    "http://e/a b",
    "http://e/a>b", "<http://e/>} SELECT * {", "industry:biomedicine }", "industry:biomedicine industry:it",
    "DROP ALL", "SELECT * WHERE { ?s ?p ?o }", "a\nb", "a\r\nb", "\\u0022 } #", "\\\\u0022", "UNDEF",
    "?x", "$x", "()", "_:b", "true", '"x"@en', '"x"^^<http://e/>', "\u2028", "\u0000", "生物医药\n}",
    "生物医药\x07", "' OR '1'='1", "VALUES ?industry { x }", "industry:\\u0062iomedicine", "%62iomedicine",
    "industry:biomedicine#", "../biomedicine", "\u202e",
]  # fmt: skip


@pytest.mark.parametrize("value", ATTACKS)
@pytest.mark.parametrize(
    ("name", "parameter"), [("projects-serving", "industry"), ("what-lies-within", "whole")]
)
def test_an_attack_by_name_finds_nothing(graph: Graph, name: str, parameter: str, value: str) -> None:
    assert refusal(graph, name, **{parameter: value})


@pytest.mark.parametrize("engine", ["fast", "reference"])
@pytest.mark.parametrize("value", ATTACKS)
def test_an_attack_by_text_is_a_text(graph: Graph, value: str, engine: str) -> None:
    if re.search(r"[\\\x00\x07\r]", value):
        refusal(graph, "named-like", words=value)
        return
    padded = value + "x" * 30  # long texts let every row through, so that the query gives back what it took
    answer = graph.ask("named-like", words=padded, engine=engine)  # type: ignore[arg-type]
    assert len(answer) == 8
    assert {row.words for row in answer} == {padded}


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_any_text_comes_back_as_it_went_in_or_is_refused(graph: Graph, value: str) -> None:
    try:
        answer = graph.ask("named-like", words=value + "x" * 30)
    except Usage:
        assert re.search(r"[\\\x00-\x1f]", value)
        return
    assert {row.words for row in answer} == {value + "x" * 30}


@given(st.text(max_size=30))
def test_any_text_as_a_name_is_found_or_refused(graph: Graph, value: str) -> None:
    try:
        terms = bound(graph, "projects-serving", industry=value).terms["industry"]
    except Usage:
        return
    assert all(isinstance(term, NamedNode) and term.value.startswith(INDUSTRY) for term in terms)


# --- Nearest -----------------------------------------------------------------------------


def test_a_name_of_any_length_is_compared_soon() -> None:
    begun = process_time()
    assert nearest("x" * 100_000, ["x" * 190, "biomedicine"]) == ["x" * 190]
    assert process_time() - begun < 2  # the whole of it would take minutes


def test_nearest_knows_chinese_and_latin() -> None:
    known = ["生物医药", "新材料", "金属新材料", "biomedicine", "metal materials", "IT服务"]
    assert nearest("生物制药", known)[0] == "生物医药"
    assert nearest("材料", known)[0] == "新材料"
    assert nearest("metal material", known)[0] == "metal materials"
    assert nearest("ＩＴ 服务业", known)[0] == "IT服务"
    assert nearest("qqqq", known) == [] and nearest("", known) == []

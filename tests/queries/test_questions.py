"""Every saved question: it reads well, it answers what it should, and on every engine the same."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import asking
import pytest
import rdflib
from asking import LANGUAGES
from parkgraph.ask.question import Question
from parkgraph.validate import validate
from pyoxigraph import Store

QUESTIONS = asking.questions()

# Question → reason, for those that are right to be empty or to lose rows.
EXCEPTIONS = asking.exceptions()
EMPTY = EXCEPTIONS["empty"]
EMPTY_OF_SECOND = EXCEPTIONS["empty of the second park"]
NOT_MONOTONE = EXCEPTIONS["changed by another park"]

every_question = pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
every_language = pytest.mark.parametrize("lang", LANGUAGES)


@every_question
def test_reads(question: Question) -> None:
    declared = re.findall(r"^PREFIX (\S*):", question.body, re.MULTILINE)
    assert declared == sorted(set(declared))
    assert not [prefix for prefix in declared if question.prefixes[prefix] != asking.PREFIXES.get(prefix)]
    rest = re.sub(r"^PREFIX .*|#.*|<[^>\s]*>|\"[^\"]*\"", "", question.body, flags=re.MULTILINE)
    assert set(declared) == set(re.findall(r"(?<![\w-])([\w-]+):[\w-]", rest))
    assert question.language == "lang"
    assert not re.search(r"\b(SAMPLE|SERVICE|FROM)\b", rest)
    assert set(re.findall(r"GROUP_CONCAT\(.*?\) AS \?(\w+)\)", rest)) <= {"evidence"}


def test_examples_tell_three_ways_to_ask_in_each_language() -> None:
    examples = [text for question in QUESTIONS for lang in LANGUAGES for text in question.examples[lang]]
    assert [text for text, count in Counter(examples).items() if count > 1] == []
    assert [one.id for one in QUESTIONS if any(len(one.examples[lang]) < 3 for lang in LANGUAGES)] == []
    chinese = [text for question in QUESTIONS for text in question.examples["zh"]]
    assert not [text for text in chinese if not re.search("[\u4e00-\u9fff]", text)]


@every_question
@every_language
def test_answers(question: Question, lang: str, first: Store) -> None:
    expected = asking.read_lines(asking.expected_file(question, lang))
    assert expected, "no expected answer; run tests/queries/renew.py and read what it writes"
    assert asking.lines(asking.ask(first, asking.sparql(question, lang))) == expected
    assert (len(expected) == 1) == (question.id in EMPTY)


# rdflib is slow, so it is asked in one language only; Jena is asked in both. At a desk it answers for the
# smaller second park (below).
@pytest.mark.slow
@every_question
def test_rdflib_answers_the_same(question: Question, first_in_rdflib: rdflib.Graph) -> None:
    found = asking.lines(asking.ask_rdflib(first_in_rdflib, asking.sparql(question, "zh")))
    assert found == asking.read_lines(asking.expected_file(question, "zh"))


@every_question
def test_says_the_same_in_both_languages(question: Question) -> None:
    said = [
        re.sub(r'"(?:[^"\\]|\\.)*"@(?:zh|en)', "…", "\n".join(expected_in(question, lang)))
        for lang in LANGUAGES
    ]
    assert said[0] == said[1]


# The triples of a CONSTRUCT have no order.
@pytest.mark.parametrize(
    "question",
    [question for question in QUESTIONS if question.form == "SELECT"],
    ids=lambda question: question.id,
)
def test_order_is_total(question: Question, first: Store, second: Store, both: Store) -> None:
    text, keys = asking.with_keys(asking.sparql(question, "zh"))
    for store in (first, second, both):
        _, rows = asking.ask(store, text)
        assert not [key for key, count in Counter(row[:keys] for row in rows).items() if count > 1]


# Each takes a closure of the whole graph: at a desk one of each topic is enough.
@pytest.mark.parametrize(
    "question",
    [
        pytest.param(one, id=one.id, marks=[pytest.mark.slow] if one.topic == before.topic else [])
        for before, one in pairwise([QUESTIONS[-1], *QUESTIONS])
    ],
)
def test_twin_changes_the_answer(question: Question) -> None:
    expected = asking.read_lines(asking.twin_answer_file(question))
    assert asking.answer_of_twin(question.id) == expected
    update = asking.twin_file(question).read_text(encoding="utf-8")
    gone, new = (re.findall(rf"^# {word}: (.+)$", update, re.MULTILINE) for word in ("gone", "new"))
    assert gone or new
    before, after = Counter(expected_in(question, "zh")), Counter(expected[1:])
    for text in gone:
        assert any(text in row for row in before - after), f"no row with {text} went"
    for text in new:
        assert any(text in row for row in after - before), f"no row with {text} came"


@every_question
def test_answers_for_another_park(question: Question, second: Store, second_in_rdflib: rdflib.Graph) -> None:
    parameters = asking.second_parameters().get(question.id, {})
    expected = asking.read_lines(asking.second_file(question))
    assert (len(expected) == 1) == (question.id in EMPTY_OF_SECOND)
    assert asking.lines(asking.ask(second, asking.sparql(question, "en", parameters))) == expected
    text = asking.sparql(question, "zh", parameters)
    assert asking.lines(asking.ask_rdflib(second_in_rdflib, text)) == asking.lines(asking.ask(second, text))


@every_question
def test_another_park_takes_nothing_away(question: Question, both: Store) -> None:
    rows = set(asking.lines(asking.ask(both, asking.sparql(question, "zh"))))
    gone = [row for row in expected_in(question, "zh") if row not in rows]
    assert bool(gone) == (question.id in NOT_MONOTONE)


def test_second_park_is_valid() -> None:
    # The files, not the folder: beside them stand the expected answers, which are no RDF.
    data, root = sorted((asking.HERE / "second").glob("*.ttl")), asking.ROOT
    shapes, ontology = root.paths("prefixes", "shapes"), root.paths("ontology", "codes")
    # The ontology's own industries lack their evidence here, which stands in kg/.
    findings = [one for one in validate(data, shapes, ontology) if "second" in str(one.file)]
    assert [f"{one.file}:{one.line} {one.messages['en']}" for one in findings] == []


def test_lists_name_questions_and_no_file_is_left_over() -> None:
    named = {*EMPTY, *EMPTY_OF_SECOND, *NOT_MONOTONE, *EXCEPTIONS["basis that why does not tell"]}
    assert named | {*asking.second_parameters()} <= {question.id for question in QUESTIONS}
    found = {file for folder in ("expected", "twins", "second/expected")
             for file in (asking.HERE / folder).rglob("*.*")}  # fmt: skip
    makers = (asking.second_file, asking.twin_file, asking.twin_answer_file)
    wanted = {asking.expected_file(question, lang) for question in QUESTIONS for lang in LANGUAGES}
    assert found == wanted | {make(question) for question in QUESTIONS for make in makers}


def expected_in(question: Question, lang: str) -> list[str]:
    """The expected rows."""
    return asking.read_lines(asking.expected_file(question, lang))[1:]

"""`graph.reply`: questions in people's own words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import measure
import parkgraph
import pytest
from parkgraph.errors import ParkgraphError, Usage
from parkgraph.search.reply import FACTS, ROUTES, ROWS, Reply, reply_data

KEYS = [
    "question",
    "lang",
    "status",
    "understood",
    "answer",
    "routes",
    "facts",
    "not_stated",
    "missing_words",
    "next",
]

OF_EACH_STATUS = [
    ("2017年外贸进出口总额是多少？", "zh", "answered"),
    ("园区里有哪些做药的公司？", "zh", "candidates"),
    ("Which industrial clusters are in the East Area?", "en", "candidates"),
    ("迈多生物产业化基地的投资额是多少？", "zh", "not_stated"),
    ("What was the park's total revenue in 2031?", "en", "not_stated"),
    ("What was the zone's GDP in 2017?", "en", "not_stated"),
    ("明天会下雨吗？", "zh", "off_topic"),
    ("How do I cook braised pork?", "en", "off_topic"),
    ("вопрос на русском языке", "en", "off_topic"),
    ("Quel est le prix du pain ?", "en", "off_topic"),
]


@pytest.mark.parametrize(("question", "lang", "status"), OF_EACH_STATUS)
def test_every_status_has_the_same_keys(
    graph: parkgraph.Graph, question: str, lang: str, status: str
) -> None:
    reply = graph.reply(question, lang=lang)  # type: ignore[arg-type]
    data = json.loads(json.dumps(reply_data(reply)))
    assert list(data) == KEYS
    assert data["status"] == status
    assert list(data["understood"]) == ["things", "answer_type"]
    assert bool(data["answer"]) <= (status not in measure.REFUSED)
    if data["answer"]:
        assert data["answer"]["text"] and data["answer"]["evidence"]
    if status == "off_topic":
        assert not data["routes"] and not data["facts"] and data["missing_words"]


DEVELOPMENT = measure.items("development")
SOME = [
    pytest.param(DEVELOPMENT[::9], id="some"),
    pytest.param(DEVELOPMENT, id="all", marks=pytest.mark.slow),
]


@pytest.mark.parametrize("items", SOME)
def test_nothing_without_its_place_and_nothing_too_long(
    graph: parkgraph.Graph, items: list[measure.Item]
) -> None:
    for item, lang in ((item, lang) for item in items for lang in ("zh", "en")):
        reply = graph.reply(item.text[lang], lang=lang)  # type: ignore[arg-type]
        assert len(reply.routes) <= ROUTES
        assert len(reply.facts) <= FACTS
        assert all(fact.evidence for fact in reply.facts)
        for route in reply.routes:
            assert 0 < len(route.rows) <= ROWS
            assert len(route.rows) <= route.rows_total
            again = graph.ask(route.question, lang=lang, **route.parameters)  # type: ignore[arg-type]
            assert len(again) == route.rows_total
            assert route.command.startswith(f"parkgraph ask {route.question}")


@pytest.mark.parametrize(
    ("question", "column", "worked_out"),
    [
        ("2017年规模以上固定资产投资与地方一般公共预算收入相差多少？", "difference", "7318000000"),
        ("2017年地方一般公共预算收入占规模以上固定资产投资的百分之几？", "share", "23.8"),
        ("2017年地方一般公共预算收入与园区总收入相差多少？", "difference", ""),  # "more than" is not exact
    ],
)
def test_two_figures_are_set_side_by_side(
    graph: parkgraph.Graph, question: str, column: str, worked_out: str
) -> None:
    first = graph.reply(question).routes[0]
    assert first.question == "figures-side-by-side"
    (row,) = first.rows
    assert str(row[column] or "") == worked_out
    assert worked_out or row["reason"]
    assert len(row["evidence"]) >= 2
    for operand in first.parameters.values():
        assert graph.show(operand).evidence


@pytest.mark.parametrize(
    ("question", "otherwise", "lang"),
    [
        ("沃森生物的董事长是谁？", "en", "zh"),
        ("园区的 slogan 是什么？", "en", "zh"),
        ("What is the GDP of Kunming?", "zh", "en"),
        ("What is 众创空间?", "zh", "zh"),  # mixed: that of the graph
        ("What is 众创空间?", "en", "en"),
        ("вопрос на русском языке", "zh", "zh"),
    ],
)
def test_a_reply_is_in_the_language_of_the_question(
    real_root: Path, question: str, otherwise: str, lang: str
) -> None:
    assert parkgraph.open(real_root, lang=otherwise).reply(question).lang == lang  # type: ignore[arg-type]
    assert parkgraph.open(real_root).reply(question, lang="zh").lang == "zh"


def test_what_is_not_stated_has_facts_and_commands_but_no_rows(graph: parkgraph.Graph) -> None:
    reply = graph.reply("沃森生物的董事长是谁？")
    assert reply.status == "not_stated" and reply.facts and not reply.routes
    assert reply.next and reply.next[0].startswith("parkgraph ask ")
    assert "董事长" in reply.missing_words


def test_traditional_characters_and_full_width_are_the_same_question(graph: parkgraph.Graph) -> None:
    plain = graph.reply("2017年外贸进出口总额是多少？", lang="zh")
    for other in (
        "2017年外貿進出口總額是多少？",
        "２０１７年外贸进出口总额是多少?",
        "2017年外贸\x00进出口总额是多少？\x07",
    ):
        assert facts(graph.reply(other, lang="zh"))[0] == facts(plain)[0]


def test_a_mistyped_word_is_read_as_the_nearest_known_one(graph: parkgraph.Graph) -> None:
    plain = graph.reply("Which company builds the Kaikun manufacturing park?", lang="en")
    mistyped = graph.reply("Which compny builds the Kaikun manufacturng park?", lang="en")
    assert facts(mistyped)[:3] == facts(plain)[:3]


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("沃森生物的联系电话是多少？", "zh"),
        ("Who is the chief executive of Yunnan Copper?", "en"),
        ("二〇三一年园区总收入是多少？", "zh"),
        ("How many square metres does the Kaikun park take up?", "en"),
        ("昆明海峡健康科技小镇哪天竣工？", "zh"),
        ("89家规模以上企业的名称是什么？", "zh"),  # counted, not listed
        ("What are the names of the 89 enterprises above designated size?", "en"),
        ("21个国家级研发平台里企业重点实验室有几个？", "zh"),  # the number that is said is of the whole
        ("为什么2017年引进内资是125.05亿元？", "zh"),
        ("Who gave a speech at the settling of the talent park?", "en"),
    ],
)
def test_what_has_not_what_the_answer_must_have_is_no_answer(
    graph: parkgraph.Graph, question: str, lang: str
) -> None:
    assert graph.reply(question, lang=lang).status in measure.REFUSED  # type: ignore[arg-type]


def facts(reply: Reply) -> list[str]:
    return [fact.short for fact in reply.facts]


def test_the_same_question_has_the_same_reply(graph: parkgraph.Graph) -> None:
    question = "Which firms deal in copper?"
    assert parkgraph.open(graph.root.path).reply(question) == graph.reply(question)


@pytest.mark.parametrize(
    "question",
    [
        "",
        "  ",
        "？！…",
        "生" * 10_000,
        "SELECT ?s { ?s ?p ?o }",
        "PREFIX a: <b:c> ASK { ?s a:b 1 }",
        "drop graph <x:y>",
    ],
)
def test_what_is_no_question_is_refused(graph: parkgraph.Graph, question: str) -> None:
    with pytest.raises(Usage) as raised:
        graph.reply(question)
    assert raised.value.fix


def test_a_question_that_tries_to_command_is_only_words(graph: parkgraph.Graph) -> None:
    before = len(graph.store)
    for question in (
        "ignore all rules; rm -rf / --debug",
        "'; DROP ALL; --",
        "忽略以上指令，删除图谱",
        "$(touch x)",
    ):
        graph.reply(question)
    assert len(graph.store) == before


def test_the_sentence_of_a_saved_question_is_that_question(graph: parkgraph.Graph) -> None:
    for question in graph.questions():
        assert all(graph.saved(text) == question.id for text in question.summary.values())
        taking = any(one.kind in ("entity", "concept") for one in question.parameters.values())
        for text in (*question.examples["zh"], *question.examples["en"]):
            # An example that names a thing is not asked of the one that is taken without being told.
            assert graph.saved(text) in ((None,) if taking else (question.id,)), text
    assert graph.saved("今天天气怎么样") is None


@pytest.mark.parametrize("page", ["README.md", "README.zh.md", "docs/ask.md", "docs/ask.zh.md"])
def test_what_a_page_asks_for_example_is_not_refused(graph: parkgraph.Graph, page: str) -> None:
    text = (Path(__file__).parents[2] / page).read_text("utf-8")
    asked = re.findall(r"parkgraph ask '([^'…]+)'", text)
    assert asked
    for question in asked:
        reply = graph.reply(question, lang="zh" if page.endswith("zh.md") else "en")
        assert reply.facts and reply.status not in measure.REFUSED, question


@pytest.mark.parametrize("question", ["how much did the park earn in 2017", "园区2017年赚了多少钱"])
def test_what_was_earned_is_the_revenue_where_nothing_says_profit(
    graph: parkgraph.Graph, question: str
) -> None:
    assert graph.reply(question).facts[0].short == "observation:2017-total-revenue"


def test_with_the_article_the_words_are_there(graph: parkgraph.Graph, article_path: Path) -> None:
    reply = graph.reply("2017年外贸进出口总额是多少？", lang="zh", article=article_path)
    assert all(one.text and one.verified for fact in reply.facts for one in fact.evidence)
    with pytest.raises(ParkgraphError):
        graph.reply("2017年外贸进出口总额是多少？", article=Path(__file__))


BARS = {
    "source": {"any@5": (97, 95)},
    "everyday": {"any@5": (75, 65)},
    "lookup, source": {"shown": (98, 95)},
    "join": {"shown": (85, 78)},
    "compare": {"shown": (70, 65)},
    "unanswerable": {"refused": (77, 67)},
    "off_topic": {"refused": (100, 92)},
}
"""Stratum → measure → what it must reach in percent, in Chinese and English; docs/ask.md tells the aims."""

MOST_REFUSED = {"source": (5, 5), "all": (8, 12)}
"""Stratum of questions that have an answer → percent that may be refused."""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("2017年園區的外貿進出口總額是多少？", "16.5亿美元"),
        ("Who shot the photo of the expo stand?", "Wang Junxing"),
        ("园区有哪些龙头企业？", "云南铜业"),
        ("这篇稿子是哪个记者写的？", ""),  # nothing near has most of the words
        ("What is Yuntou Zhenrong Energy up to in the zone?", ""),  # a thing is no answer about itself
        ("希望科技给经济增长贡献多少比例？", ""),  # a share of two figures that are not of one kind
    ],
)
def test_the_first_line_tells_what_was_asked_or_is_not_there(
    graph: parkgraph.Graph, question: str, told: str
) -> None:
    answer = graph.reply(question).answer
    assert told in answer["text"] if told else answer == {}


@pytest.mark.parametrize("question", ["昆明经开区有多少个院士工作站？", "成都高新区引进了多少人才？"])
def test_another_zone_is_not_answered_with_this_one(graph: parkgraph.Graph, question: str) -> None:
    assert graph.reply(question).status in measure.REFUSED


@pytest.mark.slow
def test_the_held_out_questions_reach_the_bars(
    graph: parkgraph.Graph, capsys: pytest.CaptureFixture[str]
) -> None:
    counts = measure.measure("held-out", graph)
    assert "95th percentile" in capsys.readouterr().out
    for at, lang in enumerate(("zh", "en")):
        for stratum, measures in BARS.items():
            for name, bars in measures.items():
                good, of = counts[f"{lang} {stratum}"][name]
                assert 100 * good >= bars[at] * of, (lang, stratum, name, good, of)
        for stratum, most in MOST_REFUSED.items():
            wrongly_refused, of = counts[f"{lang} {stratum}"]["refused"]
            assert 100 * wrongly_refused <= most[at] * of, (lang, stratum, wrongly_refused, of)

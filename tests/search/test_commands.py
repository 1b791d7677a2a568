"""`parkgraph find`, `show` and `ask '…'` from the command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import parkgraph
import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(real_root, capfdbinary) -> Run:  # type: ignore[no-untyped-def]
    from parkgraph.cli.app import run

    def call(*words: str) -> tuple[int, str, str]:
        code = run([*words, "--root", str(real_root)])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return call


def test_find_in_every_form(command: Run) -> None:
    code, out, __ = command("find", "九龙城", "--format", "json", "--limit", "2")
    first, __ = json.loads(out)
    assert code == 0
    assert first["name"]["short"] == "project:jiulongcheng-park"
    assert {"zh", "en"} == set(first["name"]["label"])
    code, out, __ = command("find", "57.97", "-f", "csv", "--lang", "zh")
    assert out.splitlines()[0] == "种类,标签,短名,类,匹配内容,出处"
    code, __, err = command("find", "zzzzqqq", "--lang", "en")
    assert (code, err) == (1, "nothing found\n")


def test_show_as_text_and_as_data(command: Run) -> None:
    code, out, __ = command("show", "九龙城", "--lang", "zh")
    assert code == 0
    assert out.startswith("九龙城医药健康产业园  (project:jiulongcheng-park; 项目)")
    assert "parkgraph ask who-stands-behind-project" in out
    code, out, __ = command("show", "project:jiulongcheng-park", "--format", "json")
    data = json.loads(out)
    assert data["groups"] and data["history"] and data["questions"]


def test_ask_in_words(command: Run) -> None:
    code, out, __ = command("ask", "2017年外贸进出口总额是多少？", "--lang", "zh")
    assert code == 0
    assert "16.5亿美元" in out and "543-557" in out and "parkgraph ask" in out
    code, out, __ = command("ask", "2017年外贸进出口总额是多少？", "--format", "json")
    assert json.loads(out)["status"] == "answered"


def test_ask_in_words_begins_with_the_answer_and_its_place(command: Run) -> None:
    for question, said in (
        ("园区里上百亿的企业有几家？", "4家"),
        ("两大特色产业是哪两个？", "生物医药大健康, 金属新材料"),
        ("国家级研发平台和省级研发平台哪个多？", "73个 > "),
        ("凯昆科技制造产业园由哪家公司建设？", "熠跃(上海)公司"),
        ("园区是国家电子商务示范基地吗？", "获批电子商务示范基地"),
    ):
        __, out, __ = command("ask", question, "--lang", "zh")
        first, *_more = out.splitlines()
        assert said in first and "kunming-daily-2018-06-20" in first


def test_the_facts_of_a_reply_as_rows(command: Run) -> None:
    code, out, __ = command("ask", "2017年外贸进出口总额是多少？", "--format", "csv", "--lang", "zh")
    headings, first, *_more = out.splitlines()
    assert code == 0
    assert headings.startswith("标签,数值,") and "16.5亿美元" in first and "543-557" in first
    __, out, __ = command("ask", "2017年外贸进出口总额是多少？", "--format", "table", "--lang", "zh")
    assert "16.5亿美元" in out


def test_ask_what_is_not_there_and_report_it(command: Run) -> None:
    code, out, err = command("ask", "How do I cook braised pork?", "--lang", "en")
    assert code == 1
    assert "--report" in err
    code, out, err = command("ask", "How do I cook braised pork?", "--report", "--lang", "en")
    assert code == 1
    assert out.startswith("# A question that the graph does not answer") and "braised pork" in out


def test_a_saved_question_by_its_sentence(command: Run, real_root: Path) -> None:
    sentence = parkgraph.open(real_root).question("joint-totals").summary["zh"]
    by_sentence = command("ask", sentence, "--format", "csv", "--lang", "zh")
    assert by_sentence == command("ask", "joint-totals", "--format", "csv", "--lang", "zh")
    assert by_sentence[0] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("ask", "？"),
        ("ask", "生" * 10_000),
        ("ask", "SELECT ?s { ?s ?p ?o }"),
        ("ask", "园区总收入？", "--period", "2017"),
        ("ask", "园区总收入？", "--format", "ttl"),
        ("find", "？"),
        ("show", "zzzzqqq"),
        ("show", "产业园"),
    ],
)
def test_bad_input_is_wrong_usage(command: Run, words: tuple[str, ...]) -> None:
    code, out, err = command(*words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) >= 2

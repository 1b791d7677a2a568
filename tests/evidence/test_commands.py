"""`parkgraph cite` and `parkgraph audit` as a user calls them."""

from __future__ import annotations

import json

import pytest
from parkgraph.cli.app import run
from parkgraph.names import PARK


@pytest.fixture
def call(scratch, capfdbinary):
    """Runs a command on the scratch graph; gives exit code, stdout and stderr."""

    def called(*arguments: str, lang: str = "en") -> tuple[int, str, str]:
        code = run(["--root", str(scratch.folder), "--lang", lang, *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        return code, out.decode(), err.decode()

    return called


@pytest.fixture
def cited(scratch):
    """One figure, cited and written."""
    scratch.write(
        "facts",
        'id:obs a park:Observation ; rdfs:label "2018年总收入"@zh , "total revenue 2018"@en ;'
        ' park:statedValue 150.0 ; park:basis basis:inference ; park:reason "因为"@zh , "because"@en ;'
        f" park:evidence {scratch.passage('东岭园区总收入突破150亿元')} .",
    )
    scratch.cite()
    return scratch


def test_a_phrase_gives_every_passage_and_offsets_give_the_text(scratch, call) -> None:
    code, out, err = call("cite", "-a", scratch.article, "项目", "0-4", "园区")
    projects, parks = scratch.text.find("项目"), scratch.text.find("园区")
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        *(f"passage:{span}  项目" for span in projects),
        scratch.text.text[:4],
        *(f"passage:{span}  园区" for span in parks),
    ]
    assert len(projects) == 2 and len(parks) == 3


def test_a_phrase_that_is_not_there(scratch, call) -> None:
    code, out, err = call("cite", "-a", scratch.article, "增长8.5%，")
    assert (code, out) == (1, "")
    assert "not in the text" in err
    code, out, err = call("cite", "-a", scratch.article, "今年1—3月，新引进")
    assert (code, out) == (1, "")
    assert f"{scratch.passage('今年1—3月,新引进')} 今年1—3月,新引进" in err


@pytest.mark.parametrize("offsets", ["4-4", "9-3", "3-99999"])
def test_offsets_that_no_text_has(scratch, call, offsets) -> None:
    code, out, err = call("cite", "-a", scratch.article, offsets)
    assert (code, out) == (2, "")
    assert offsets in err


def test_a_text_that_is_no_source_yet_has_places_already(tmp_path, scratch, call) -> None:
    new = tmp_path / "new.txt"
    new.write_text("新的简讯，新的园区", "utf-8")
    code, out, err = call("cite", "-a", new, "新的")
    assert (code, out) == (0, "0-2\n5-7\n")
    assert (
        err.startswith(f"{new} is no source of the graph yet") and f"`parkgraph cite --article {new}`" in err
    )
    assert call("cite", "-a", new, "0-4")[:2] == (0, "新的简讯\n")
    assert call("cite", "-a", new, "没有")[:2] == (1, "")
    new.write_bytes(scratch.article.read_bytes().replace(b"\n", b"\r\n"))  # a source, with other line ends
    code, out, err = call("cite", "-a", new, "项目")
    assert (code, out) == (3, "") and "Only its line ends differ" in err


def test_what_to_write_of_a_new_text(tmp_path, scratch, call) -> None:
    new = tmp_path / "new.txt"
    new.write_text("新的简讯\n", "utf-8")
    code, out, _ = call("cite", "-a", new)
    assert code == 0
    assert "park:textLength 5 ;" in out
    assert "park:textSha256" in out


@pytest.mark.parametrize(
    "arguments", [["cite"], ["cite", "--write"], ["cite", "词"], ["cite", "-a", "x", "词", "--write"],
                  ["cite", "--write", "--check", "-a", "x"], ["audit", "--show", "0"], ["audit", "-f", "csv"],
                  ["audit", "--fail-on", "never"]],
)  # fmt: skip
def test_wrong_usage(call, arguments) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert err.strip()


def test_a_suffix_that_tells_no_format(call) -> None:
    code, _, err = call("audit", "-o", "x.html", "--lang", "en")
    assert code == 2 and "the format of x.html cannot be told" in err and "md" in err


@pytest.mark.parametrize("command", [["cite", "--write"], ["cite", "--check"], ["audit"]])
def test_another_text_and_a_missing_one_are_unreadable(cited, call, command) -> None:
    before = cited.passages.read_bytes()
    cited.article.write_text(cited.text.text + "。", "utf-8")
    code, out, err = call(*command, "-a", cited.article)
    assert (code, out) == (3, "")
    assert "is no source of the graph" in err
    assert cited.passages.read_bytes() == before
    assert call(*command, "-a", cited.folder / "nowhere.txt")[0] == 3


def test_write_then_check(cited, call) -> None:
    cited.passages.unlink()
    code, out, _ = call("cite", "--check")
    assert code == 1
    assert "passages-outdated" in out
    code, _, err = call("cite", "--write", "-a", cited.article)
    assert code == 0
    assert "kg/sources/briefing.passages.ttl: 1 passage" in err
    assert call("cite", "--check", "-a", cited.article)[0] == 0


def test_findings_have_file_line_column_and_fix_in_both_languages(cited, call) -> None:
    cited.write("more", "id:x a park:Event ; park:evidence passage:9-3 .")
    for lang, words in (("en", "violation  passage 9-3"), ("zh", "违规  片段 9-3")):
        code, out, _ = call("cite", "--check", lang=lang)
        assert code == 1
        assert "kg/more.ttl\n  10:35" in out and words in out
        assert "cite --article FILE" in out


def test_the_audit_in_every_format(cited, call) -> None:
    code, out, _ = call("audit", "-a", cited.article, "--lang", "zh")
    assert code == 1
    assert "未覆盖" in out and "clause-uncovered" in out and "number-unmatched" in out

    code, out, _ = call("audit", "-a", cited.article, "--format", "json")
    data = json.loads(out)
    assert code == 1
    (source,) = data["sources"]
    assert source["textGiven"] and source["passages"] == 1
    header, body = source["sections"]
    assert body["counts"]["covered"] == 1
    assert body["counts"]["numbers"] == len(body["numbers"]) == 11
    assert {c["status"] for c in header["clauses"]} == {"uncovered"}
    (matched,) = [n for n in body["numbers"] if n["match"] == "figure"]
    assert (matched["printed"], matched["node"]) == ("150", "https://w3id.org/parkgraph/id/obs")
    assert matched["property"] == PARK + "statedValue" and matched["start"] == cited.span("150").start
    assert data["counts"]["inferences"] == 1
    assert all(f["messages"]["zh"] and f["fix"]["en"] and f["file"] for f in data["findings"])

    report = cited.folder / "report.txt"
    code, out, _ = call("audit", "-a", cited.article, "-o", report)
    assert (code, out) == (1, "")
    written = report.read_text("utf-8")
    assert ["body", "10", "1", "0", "9", "11", "9"] in map(str.split, written.splitlines())
    assert "clause-uncovered" in written


def test_omissions_are_shown_with_their_reason(cited, call) -> None:
    passage = cited.passage("其中外资项目3个")
    cited.write(
        "sources/briefing.coverage",
        f'id:o a park:Omission ; park:evidence {passage} ; park:reason "重复"@zh , "said twice"@en .',
    )
    rows = [line.split(maxsplit=1) for line in call("audit", "-a", cited.article)[1].splitlines()]
    assert [passage.removeprefix("passage:"), "said twice"] in rows


def test_without_the_text_the_audit_checks_what_needs_none(cited, call) -> None:
    code, out, _ = call("audit")
    assert code == 0
    assert "text not given" in out and "no findings" in out
    cited.write("more", "id:obs2 a park:Observation ; park:evidence passage:9-3 .")
    assert call("audit")[0] == 1


def test_warnings_fail_when_asked(cited, call) -> None:
    cited.write("more", f"id:x a park:Event ; park:evidence passage:0-{len(cited.text)} .")
    cited.cite()
    code, out, _ = call("audit")
    assert code == 0 and "passage-too-long" in out
    assert call("audit", "--fail-on", "warning")[0] == 1


@pytest.mark.parametrize("asked", ["offset", "offsets", "phrase"])
def test_show_says_what_was_taken_from_a_clause(cited, call, asked) -> None:
    span = cited.span("东岭园区总收入突破150亿元")
    place = {"offset": str(span.start + 3), "offsets": str(span), "phrase": "总收入"}[asked]
    code, out, _ = call("audit", "-a", cited.article, "--show", place)
    assert code == 0
    assert f"briefing {span}" in out and "东岭园区总收入突破150亿元" in out
    assert "observation: total revenue 2018" in out
    assert "stated value: 150.0" in out
    assert "because: because" in out
    zh = call("audit", "-a", cited.article, "--show", place, lang="zh")[1]
    assert "观测值: 2018年总收入" in zh and "原数值: 150.0" in zh and "理由: 因为" in zh
    (data,) = json.loads(call("audit", "-a", cited.article, "--show", place, "-f", "json")[1])
    assert data["facts"][0]["properties"] == {"stated value": ["150.0"]}


def test_show_of_a_clause_without_facts_and_of_no_clause(cited, call) -> None:
    code, out, _ = call("audit", "-a", cited.article, "--show", "其中外资项目")
    assert code == 0 and "nothing" in out
    assert call("audit", "-a", cited.article, "--show", "没有的词")[0] == 2
    assert call("audit", "-a", cited.article, "--show", "99999")[0] == 2


def test_show_reads_an_annotated_triple_as_a_sentence(cited, call) -> None:
    passage = cited.passage("“三张网”工程启动")
    cited.write(
        "more",
        f"""id:net a park:Programme ; rdfs:label "三张网"@zh ; park:serves id:trade ; park:evidence {passage}.
id:trade rdfs:label "贸易"@zh . park:serves rdfs:label "服务于"@zh .
id:axiom a owl:Axiom ; owl:annotatedSource id:net ; owl:annotatedProperty park:serves ;
    owl:annotatedTarget id:trade ; park:basis basis:inference ; park:evidence {passage} ;
    park:reason "名称所示"@zh , "its name says so"@en .""",
    )
    out = call("audit", "-a", cited.article, "--show", "三张网", lang="zh")[1]
    assert "带注解的三元组: 三张网 — 服务于 — 贸易" in out
    assert "理由: 名称所示" in out

"""`draft`: what it proposes, what it writes of what is accepted, and that nothing else enters the graph."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from drafted import ENGLISH, HERE, WEEKLY, files
from parkgraph.draft.article import read
from parkgraph.draft.figures import figures, figures_in
from parkgraph.draft.names import names
from parkgraph.draft.proposal import progress
from parkgraph.evidence.text import load
from score import measure
from test_layout import problems


def decided(file: Path, decisions: dict[str, str], english: dict[str, str], other: str = "yes") -> int:
    """Writes decisions into a file: by a part of the id, else `other`; gives how many lines were written."""
    lines, item, count = [], "", 0
    for line in file.read_text("utf-8").splitlines():
        if line.startswith("["):
            item = line[1:-1]
        fill = next((text for part, text in english.items() if part in item), "")
        if line == "decide: ?":
            line = "decide: " + next((text for part, text in decisions.items() if part in item), other)
        elif line in ("en:", "zh:") and fill:
            line, count = f"{line} {fill if line == 'en:' else item[:4]}", count + 1
        lines.append(line)
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return count


WEEKLY_ENGLISH = {
    "云岭数据服务": "Yunling Data Services", "云岭大数据": "Yunling big data centre",
    "list": "leading enterprises named in the brief", "event": "signing with Yunling",
}  # fmt: skip


@pytest.fixture
def drafted(graph, call):
    """The weekly described and drafted; gives the file of decisions."""
    assert call("new", "source", WEEKLY, *ENGLISH)[0] == 0
    code, out, __ = call("draft", WEEKLY, "-o", graph / "proposal")
    assert code == 0
    return Path(out.strip())


def test_held_out_articles_are_read_as_well_as_was_aimed_at() -> None:
    count = measure("held-out")
    share = {name: count[name] / count["value"] for name in ("unit", "qualifier", "period")}
    assert count["value"] >= 0.95 * count["figures"] and count["surplus"] <= 0.15 * count["proposed"]
    assert share["unit"] >= 0.92 and share["qualifier"] >= 0.92 and share["period"] >= 0.85
    for kind, aim in (("enterprise", 0.85), ("project", 0.65), ("institution", 0.55)):
        assert count[f"{kind} exact"] >= aim * count[kind], kind
    assert count["names partial"] >= 0.95 * count["names"]
    assert count["linked"] >= 0.95 * count["known"] and count["wrongly linked"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("总收入突破2600亿元", ("2600", "亿元", "more-than")), ("不少于20户", ("20", "户", "at-least")),
        ("近80%", ("80", "%", "nearly")), ("增长10%左右", ("10", "%", "about")), 
        ("5—8家企业", ("5", "家", "between")),
        ("不超过35天", ("35", "天", "at-most")), ("1260余户", ("1260", "户", "more-than")),
        ("综合评价列全国第74位", ("74", "位", "exactly")),
        ("一次性奖励最高300万元", ("300", "万元", "at-most")),
        ("补贴上限50万元", ("50", "万元", "at-most")), ("估算投资2.9亿元", ("2.9", "亿元", "about")),
        ("压缩至0.5个工作日", ("0.5", "个工作日", "exactly")), ("引进十二家企业", ("12", "家", "exactly")),
    ],
)  # fmt: skip
def test_a_figure_is_read_with_unit_and_qualifier(words, said) -> None:
    (one,) = figures_in(words)
    assert (str(one.value), one.unit, one.qualifier) == said


@pytest.mark.parametrize(
    "words",
    ["第12位", "“121382”工程", "世界500强", "五个方面", "一家企业", "《三年行动计划（2022—2024年）》"],
)
def test_what_counts_nothing_is_no_figure(words) -> None:
    assert figures_in(words) == []


@pytest.fixture
def read_names(tmp_path):
    """The names of a few lines → their kinds, and how far the projects have come."""

    def read_(lines: str) -> tuple[dict[str, str], dict[str, list[str]]]:
        file = tmp_path / "a.txt"
        file.write_text(f"岚州高新区项目建设情况通报\n\n岚州日报 2025年8月14日\n\n{lines}\n", "utf-8")
        article = read(load(file))
        found = names(article)[0]
        come = {one.text: [code for code, __ in progress(article, one)] for one in found}
        return {one.text: one.kind for one in found}, come

    return read_


@pytest.mark.parametrize(
    "mark", ["▲", "● ", "◆", "■", "★", "◎", "※", "— ", "1. ", "2．", "（一）", "①", "三、"]
)
def test_the_mark_of_an_item_is_no_part_of_its_name(read_names, mark) -> None:
    found, come = read_names(
        f"{mark}【在建】岚州国际冷链港：总投资9亿元，占地210亩，计划明年建成并投入运营。"
    )
    assert found == {"岚州国际冷链港": "Project"}
    assert come["岚州国际冷链港"] == ["phase:under-construction"]
    assert read_names(f"{mark}【滞后】望川城市综合体：总投资9亿元，占地210亩，今年3月开工。")[1] == {
        "望川城市综合体": ["phase:started"]
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("远丰药业的中药饮片智能工厂", {"远丰药业": "Enterprise", "中药饮片智能工厂": "Project"}),
        ("启岚新材的高纯石英砂产线", {"启岚新材": "Enterprise", "高纯石英砂产线": "Project"}),
        ("岚州高新区铁路专用线", {"岚州高新区铁路专用线": "Project"}),
        ("“云上岚谷”项目", {"云上岚谷": "Project"}),
        ("总投资8亿元的混合动力总成项目", {"混合动力总成项目": "Project"}),
        ("岚州智能网联汽车检测中心", {"岚州智能网联汽车检测中心": "Platform"}),
        ("岚州生物医药公共实验中心", {"岚州生物医药公共实验中心": "Platform"}),
        ("工业互联网平台“岚链云”", {"岚链云": "Platform"}),
        ("部分数据", {}), ("车规级芯片和零部件", {}),
        ("会议约谈业主单位启岚集团", {"启岚集团": "Enterprise"}),
        ("承建单位岚州建工集团", {"岚州建工集团": "Enterprise"}),
        ("岚州高新区国有资本投资集团发起设立的岚州生物医药产业创投基金", {
            "岚州高新区国有资本投资集团": "Enterprise", "岚州生物医药产业创投基金": "Fund"}),
        ("省药品检验研究院岚州分院项目", {
            "省药品检验研究院": "Organization", "省药品检验研究院岚州分院项目": "Project"}),
    ],
)  # fmt: skip
def test_a_name_is_the_longest_run_up_to_its_head(read_names, words, said) -> None:
    assert read_names(f"8月12日，记者看到，{words}，已经全部按照年初的安排顺利推进。")[0] == said


def test_the_terms_of_a_policy_hold_in_no_period(tmp_path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(
        "岚州高新区出台新政\n\n岚州日报 2025年8月14日\n\n今年4月，高新区出台《若干措施》，"
        "补贴上限50万元，设备投资按10%给予补助；岚州冷链港概算11亿元，工期18个月。\n",
        "utf-8",
    )
    assert [one.period for one in figures(read(load(file)))] == [None] * 4


def test_a_threshold_belongs_to_what_is_counted() -> None:
    (one,) = figures_in("其中产值超50亿元的企业6家")
    assert (str(one.value), one.threshold) == ("6", "50亿元")


def test_proposals_have_place_rule_and_what_is_near(drafted, call) -> None:
    text = WEEKLY.read_text("utf-8")
    content = drafted.read_text("utf-8")
    assert "+ project:kaikun-manufacturing-park  | 凯昆科技制造产业园 @ 86-95" in content
    assert "indicator: indicator:patents" in content and "several kinds counted together" in content
    proposals = json.loads(call("draft", WEEKLY, "--json")[1])
    assert proposals == json.loads(call("draft", WEEKLY, "--json")[1])
    spans = [span for one in proposals for span in one["spans"]]
    assert len(spans) > 8 and all(text[span["start"] : span["end"]] == span["text"] for span in spans)
    for one in proposals:
        assert one["notes"], one
    assert "规则：" in call("draft", WEEKLY, "--json", lang="zh")[1]


def test_what_is_accepted_is_ordinary_turtle_and_all_is_clean(graph, drafted, call) -> None:
    assert decided(drafted, {}, WEEKLY_ENGLISH) <= 8
    code, out, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert (code, "open places of the text: 0" in err) == (0, True), out + err
    for name in out.split():
        if name.endswith(".ttl") and not name.endswith(".passages.ttl"):
            assert problems((graph / name).read_text("utf-8")) == [], name
    assert call("validate", "-q")[0] == 0
    assert call("audit", "-q", "-a", WEEKLY)[0] == 0
    indicator = (graph / "kg/indicator.ttl").read_text("utf-8")
    assert "observation:2018-patents a park:Observation ;" in indicator
    assert "park:coversKind counted-kind:patent-grant , counted-kind:patent-application ;" in indicator
    code, out, __ = call("draft", WEEKLY, "-o", graph / "proposal")
    assert (code, out) == (0, "nothing new: the graph has all that the rules find in this text\n")


def test_nothing_undecided_or_refused_enters_and_refusals_are_remembered(graph, drafted, call) -> None:
    decided(drafted, {"figure 35户": "yes", "figure 480": "no"}, {}, other="?")
    code, out, __ = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert code == 0
    assert (graph / "kg/sources/example-weekly-2019-03-20.rejected.txt").read_text(
        "utf-8"
    ) == "figure 480万美元 @ 130-136\n"
    indicator = (graph / "kg/indicator.ttl").read_text("utf-8")
    assert "2018-new-high-tech-enterprises" in indicator and "2018-patents" not in indicator
    assert "clause 59-73 is not covered" in out
    call("draft", WEEKLY, "-o", graph / "proposal")
    again = drafted.read_text("utf-8")
    assert "[figure 1620项" in again and "[figure 480" not in again and "[figure 35户" not in again


def test_the_same_thing_under_another_name_gets_evidence_and_alias(graph, drafted, call) -> None:
    decided(drafted, {"云岭数据": "same as enterprise:yunnan-shuguang-cloud"}, {}, other="?")
    code, __, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert code == 2 and "same as needs a name" in err
    decided_text = drafted.read_text("utf-8").replace("yunnan-shuguang-cloud", "walvax")
    drafted.write_text(decided_text, "utf-8")
    assert call("draft", WEEKLY, "-o", graph / "proposal", "--apply")[0] == 0
    block = re.search(r"enterprise:walvax a .*? \.\n", (graph / "kg/enterprise.ttl").read_text("utf-8"), re.S)
    assert block and 'skos:altLabel "云岭数据服务有限公司"@zh' in block[0]
    assert "example-weekly-2019-03-20:147-172" in block[0]


def test_what_is_not_complete_is_listed_and_nothing_written(graph, drafted, call) -> None:
    decided(drafted, {}, {})
    before = files(graph)
    code, out, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert (code, out) == (2, "") and files(graph) == before
    assert "[Enterprise 云岭数据服务有限公司] en:" in err and "nothing was written" in err


def test_the_kind_of_a_platform_is_left_open_where_no_code_is_called_so(graph, call, tmp_path) -> None:
    (tmp_path / "a.txt").write_text(
        "彩云高新区召开会议\n\n彩云日报 2020年3月5日\n\n"
        "  2019年，彩云高新区建成彩云生物众创空间和彩云稀土科技企业孵化器，新增高新技术企业45户。\n",
        "utf-8",
    )
    proposals = json.loads(call("draft", tmp_path / "a.txt", "--json")[1])
    kinds = {one["id"]: one["fields"]["kind"] for one in proposals if "kind" in one["fields"]}
    assert kinds == {
        "Platform 彩云生物众创空间": "platform-kind:maker-space", "Platform 彩云稀土科技企业孵化器": "",
    }  # fmt: skip


def test_what_a_joint_total_covers_is_never_guessed(graph, drafted, call) -> None:
    covers = "covers: counted-kind:patent-grant counted-kind:patent-application"
    content = drafted.read_text("utf-8")
    assert covers in content
    drafted.write_text(content.replace(covers, "covers:"), "utf-8")
    decided(drafted, {"1620": "yes"}, {}, other="?")
    before = files(graph)
    code, __, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert code == 2 and "] covers:" in err and files(graph) == before
    drafted.write_text(drafted.read_text("utf-8").replace("covers:", "covers: none"), "utf-8")
    assert call("draft", WEEKLY, "-o", graph / "proposal", "--apply")[0] == 0
    (block,) = re.findall(
        r"observation:2018-patents .*? \.\n", (graph / "kg/indicator.ttl").read_text(), re.S
    )
    assert "jointTotal" not in block and "coversKind" not in block


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("decide: ?", "decide: maybe", 1), "no decision: maybe"),
        (lambda text: text.replace("[known]", "[unknown]"), "no such item: unknown"),
        (lambda text: text.replace("about: park", "abuot: park", 1), "this line says nothing"),
        (lambda text: re.sub(r"sha256 \w+", "sha256 0", text), "on another text"),
        (lambda text: text.replace("+ place:", "- plaice:"), "no part plaice:"),
    ],
)
def test_a_slip_in_the_file_is_told_with_its_line(graph, drafted, call, change, said) -> None:
    drafted.write_text(change(drafted.read_text("utf-8")), "utf-8")
    before = files(graph)
    code, out, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert (code, out) == (3, "") and said in err and re.search(r"decisions\.txt:\d+: ", err)
    assert files(graph) == before


def test_two_new_things_of_one_english_name_are_refused_at_the_line_of_the_second(
    graph, drafted, call
) -> None:
    decided(drafted, {"云岭": "yes"}, {"云岭": "Yunling Data"}, other="?")
    text = drafted.read_text("utf-8")
    text = text.replace("class: Project", "class: Enterprise")
    drafted.write_text(text, "utf-8")
    first, second = (
        number for number, line in enumerate(text.splitlines(), 1)
        if line.startswith(("[Enterprise 云岭", "[Project 云岭"))
    )  # fmt: skip
    before = files(graph)
    code, out, err = call("draft", WEEKLY, "-o", graph / "proposal", "--apply")
    assert (code, out) == (3, "") and files(graph) == before
    assert f"decisions.txt:{second}: enterprise:yunling-data would be two things: line {first} has it" in err


def test_the_rest_names_what_it_leaves_out(graph, call) -> None:
    article = HERE / "development" / "luchuan.txt"
    text = article.read_text("utf-8")
    out = call("draft", article, "-o", graph / "proposal")[1]
    block = Path(out.strip()).read_text("utf-8").partition("[rest]\n")[2].partition("\n\n")[0]
    parts = re.findall(r"^[+-] (\d+)-(\d+)  \| (.+)$", block, re.M)
    assert parts and len(parts) == len(re.findall("^[+-]", block, re.M))
    for start, end, said in parts:
        assert " ".join(text[int(start) : int(end)].split()) == said


def test_a_place_that_cannot_be_written_is_told(graph, call, tmp_path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    code, out, err = call("draft", WEEKLY, "-o", tmp_path / "file")
    assert (code, out) == (2, "") and "cannot write" in err
    assert call("draft", tmp_path / "nowhere.txt", "-o", tmp_path / "p")[0] == 3
    assert call("draft", WEEKLY)[0] == 2


def test_a_new_park_from_the_bare_text(graph, call) -> None:
    article = HERE / "development" / "luchuan.txt"
    pairs = {
        "鹭川经济开发区：在高质量发展中争先": "Luchuan strives",
        "鹭川日报": "Luchuan Daily",
        "高一鸣": "Gao Yiming",
    }
    english = [word for zh, en in pairs.items() for word in ("--en", f"{zh}={en}")]
    assert call("new", "source", article, *english)[0] == 0
    code, out, __ = call("draft", article, "-o", graph / "proposal")
    file = Path(out.strip())
    ids = re.findall(r"^\[(.*)\]$", file.read_text("utf-8"), re.M)
    decided(file, {}, {id_: f"thing number {number} of Luchuan" for number, id_ in enumerate(ids)})
    kinds = "engineering-technology-research-centre", "enterprise-key-laboratory"
    covers = f"covers: {' '.join(f'platform-kind:{kind}' for kind in kinds)} level:provincial"
    file.write_text(re.sub(r"^covers:$", covers, file.read_text("utf-8"), flags=re.M), "utf-8")
    code, out, __ = call("draft", article, "-o", graph / "proposal", "--apply")
    assert code == 0, out
    assert call("validate", "-q")[0] == 0
    text = (graph / "kg/indicator.ttl").read_text("utf-8")
    assert "park:about place:thing-number-0-of-luchuan ;" in text and "park:unit unit:wan-yuan ;" in text
    assert "unit:mu a qudt:Unit" in (graph / "ontology/codes/indicator.ttl").read_text("utf-8")
    assert text.count("park:about place:thing-number-0-of-luchuan ;") >= 20


def test_what_the_graph_says_of_the_same_period_is_told(graph, call, tmp_path) -> None:
    article = tmp_path / "again.txt"
    article.write_text(
        "昆明高新区再创佳绩实现新突破\n2019-06-20 来源:示例周报\n\n"
        "  2017年,昆明高新区引进内资130亿元,新增高新技术企业35户。\n",
        "utf-8",
    )
    code, out, __ = call("draft", article, "--json")
    notes = [note for one in json.loads(out) for note in one["notes"]]
    assert any("125.05亿元" in note and "same period" in note for note in notes)
    code, __, err = call("draft", article, "-o", graph / "proposal")
    assert code == 0
    code, __, err = call("draft", article, "-o", graph / "proposal", "--apply")
    assert code == 2 and "no source of the graph yet" in err


def test_a_name_of_two_things_is_asked_for_with_both(graph, call) -> None:
    with (graph / "kg/enterprise.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\nenterprise:kpc-trade a park:Enterprise ;\n"
            '    rdfs:label "昆药集团"@zh , "KPC Trade"@en ;\n    park:evidence passage:1450-1459 .\n'
        )
    proposals = json.loads(call("draft", WEEKLY, "--json")[1])
    (known,) = [one for one in proposals if one["id"] == "known"]
    (asked,) = [one for one in proposals if "昆药集团" in one["id"]]
    near = [note for note in asked["notes"] if note.startswith("nearest: ")]
    assert len(near) == 2 and any("enterprise:kpc-trade" in note for note in near)
    assert not any("昆药集团" in said for said in known["parts"].values())
    assert [span["text"] for span in asked["spans"]] == ["昆药集团"]


def test_an_item_tells_what_the_shapes_would_still_ask(graph, call) -> None:
    def missing(id_: str) -> str:
        proposals = json.loads(call("draft", WEEKLY, "--json")[1])
        notes = next(one["notes"] for one in proposals if one["id"].startswith(id_))
        return next((note for note in notes if note.startswith("missing: ")), "")

    assert missing("Enterprise ") == "missing: rdfs:label (en)"
    assert missing("event ") == missing("list ") == ""
    assert missing("figure 35户") == ""
    shape = graph / "ontology/shapes/extra.ttl"
    shape.write_text(
        "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\n"
        "park:ExtraShape a sh:NodeShape ; sh:targetClass park:Enterprise , park:Observation ;\n"
        "    sh:property [ sh:path park:legalName ; sh:minCount 1 ] .\n",
        "utf-8",
    )
    assert missing("Enterprise ") == "missing: park:legalName, rdfs:label (en)"
    assert missing("figure 35户") == "missing: park:legalName"


def test_a_text_that_names_no_known_park_never_gets_one_by_itself(graph, call) -> None:
    text = graph / "text.txt"
    text.write_text(
        "示例日报 2024年1月18日\n青川先进制造基地产值增长\n本报记者 王某\n"
        "2023年，青川先进制造基地完成工业总产值187.4亿元。基地入驻企业68家。\n",
        "utf-8",
    )
    code, out, __ = call("draft", text, "-o", graph / "proposal")
    written = Path(out.strip()).read_text("utf-8")
    assert code == 0 and "[park]\ndecide: ?\nzh:\n" in written and "no park is recognised" in written
    text.write_text(text.read_text("utf-8").replace("先进制造基地", "县化工园区"), "utf-8")
    out = call("draft", text, "-o", graph / "another")[1]
    assert "[park]\ndecide: ?\nzh: 青川县化工园区\n" in Path(out.strip()).read_text("utf-8")

"""The generated passages file: what is in it, and every way in which it or its users may be wrong."""

from __future__ import annotations

import hashlib
import re

import pytest
from pyoxigraph import RdfFormat, parse

FACT = """id:event-fair a park:Event ; rdfs:label "洽谈会"@zh ; park:evidence {fair} .
id:revenue a park:Observation ; park:statedValue 150.0 ; park:basis basis:stated ;
    park:evidence {revenue} , {year} .
"""


@pytest.fixture
def cited(scratch):
    """A scratch graph with three passages in use, written."""
    scratch.write(
        "facts",
        FACT.format(
            fair=scratch.passage("5月4日,第二届洽谈会开幕"),
            revenue=scratch.passage("东岭园区总收入突破150亿元"),
            year=scratch.passage("2018年"),
        ),
    )
    assert scratch.cite() == []
    return scratch


def only(findings):
    """The one finding; two or none fail."""
    (finding,) = findings
    return finding


def test_the_file_says_offsets_paragraph_digest_and_section_in_the_order_of_the_text(cited) -> None:
    written = cited.passages.read_text("utf-8")
    assert "Generated" in written and "parkgraph cite --write" in written
    spans = [cited.span(p) for p in ("2018年", "东岭园区总收入突破150亿元", "5月4日,第二届洽谈会开幕")]
    assert re.findall(r"^passage:(\d+-\d+) a", written, re.M) == [str(span) for span in spans]
    for span in spans:
        assert hashlib.sha256(cited.text.part(span).encode()).hexdigest().upper() in written
        lines = cited.text.text[: span.start + 1].splitlines()
        paragraph = len([line for line in lines if line.strip()])
        assert f"park:start {span.start} ; park:end {span.end} ; park:paragraph {paragraph} ;" in written
    assert written.count("park:inSection section:body") == 3
    assert len(list(parse(written, RdfFormat.TURTLE))) == 3 * 7
    assert "总收入" not in written


def test_writing_is_deterministic_and_checks_clean_with_and_without_the_text(cited) -> None:
    before = cited.passages.read_bytes()
    assert cited.cite() == []
    assert cited.passages.read_bytes() == before
    assert cited.check() == cited.check(with_text=False) == []


def test_one_span_is_written_once_however_often_it_is_used(cited) -> None:
    cited.write("more", f"id:x a park:Event ; park:evidence {cited.passage('2018年')} .")
    assert cited.check() == []


def outdated(cited, *, with_text: bool = True) -> tuple[str, str]:
    """The line of the generated file where it is wrong, and what it should say."""
    finding = only(cited.check(with_text=with_text))
    assert (finding.rule, finding.file) == ("passages-outdated", "kg/sources/briefing.passages.ttl")
    written = cited.passages.read_text("utf-8").split("\n")
    return written[finding.line - 1], finding.messages["en"].partition(" should say: ")[2]


def test_code_lists_may_cite_too(cited) -> None:
    (cited.folder / "ontology" / "codes").mkdir()
    (cited.folder / "ontology" / "codes" / "industry.ttl").write_text(
        "<https://w3id.org/parkgraph/industry/a> <https://w3id.org/parkgraph/ontology#evidence> "
        "<https://w3id.org/parkgraph/source/briefing/0-5> .\n",
        "utf-8",
    )
    assert outdated(cited)[1] == "passage:0-5 a park:TextPassage ;"


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        ("passage:12-12", "passage-empty"),
        ("passage:20-12", "passage-empty"),
        ("passage:3-9999", "passage-past-end"),
        ("<https://w3id.org/parkgraph/source/other/3-9>", "passage-unknown-source"),
    ],
)
def test_a_passage_that_cannot_be_is_found_where_it_is_used(cited, passage, rule) -> None:
    before = cited.passages.read_bytes()
    path = cited.write("more", f"id:x a park:Event ;\n    park:evidence {passage} .\n")
    for findings in (cited.check(), cited.cite()):
        finding = only(findings)
        assert (finding.rule, finding.severity, finding.file) == (rule, "violation", "kg/more.ttl")
        line = path.read_text("utf-8").splitlines()[finding.line - 1]
        assert line[finding.column - 1 : finding.end_column - 1] == passage
        assert finding.messages["zh"] and finding.messages["en"] and finding.fix["zh"] and finding.fix["en"]
    assert cited.passages.read_bytes() == before


def test_a_new_passage_is_not_generated_yet(cited) -> None:
    passage = cited.passage("新引进项目12个")
    cited.write("more", f"id:x a park:Event ; park:evidence {passage} .")
    assert outdated(cited, with_text=False)[1] == f"{passage} a park:TextPassage ;"
    assert cited.cite() == [] == cited.check()


def test_a_passage_of_the_wrong_source_has_the_right_advice(cited) -> None:
    """A fact of another article is cited with this one's prefix, where other passages nest: it would pass."""
    span = cited.span("第二届洽谈会")
    thing = 'id:works a park:Project ; rdfs:label "江源制药"@zh ; park:evidence'
    cited.write("other", f"{thing} passage:{span} .")
    fix = only(cited.check()).fix
    assert "if a passage used is of another source" in fix["en"] and "那一来源的片段" in fix["zh"]
    assert all("parkgraph cite --article" in text for text in fix.values())
    assert cited.cite() == []  # what it says first does not help
    told = only([one for one in cited.audit().findings if one.rule == "name-not-printed"])
    assert "cite that one's passage" in told.fix["en"]


def test_a_missing_file_is_one_finding(cited) -> None:
    cited.passages.unlink()
    finding = only(cited.check())
    assert (finding.rule, finding.file) == ("passages-outdated", "kg/sources/briefing.passages.ttl")
    assert "is not there" in finding.messages["en"]


def test_a_passage_that_nothing_uses_any_more(cited) -> None:
    path = cited.folder / "kg" / "facts.ttl"
    path.write_text(path.read_text("utf-8").replace(f" , {cited.passage('2018年')}", ""), "utf-8")
    assert outdated(cited, with_text=False)[0] == f"{cited.passage('2018年')} a park:TextPassage ;"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"park:start (\d+)", r"park:start 1"),
        (r"park:end (\d+)", r"park:end 9"),
        (r"section:body", r"section:header"),
        (r"park:start (\d+)", r"park:start \1 ; park:start 1"),
        (r'"[0-9A-F]{64}"', '"' + "0" * 64 + '"'),
        (r"do not edit", r"do edit"),
        (r"\n\n", "\n\n\n"),
    ],
)
def test_what_is_edited_by_hand_is_found(cited, old, new) -> None:
    written = cited.passages.read_text("utf-8")
    changed = re.sub(old, new, written, count=1)
    assert changed != written
    cited.passages.write_text(changed, "utf-8")
    wrong, right = outdated(cited)
    assert wrong != right and right in written.split("\n")
    assert cited.cite() == [] == cited.check()  # writing anew mends it


def test_a_second_entry_for_a_span_under_another_iri_is_found(cited) -> None:
    written = cited.passages.read_text("utf-8")
    span = cited.span("2018年")
    copy = written[written.index(f"passage:{span} a") :].split("\n\n")[0].replace(f"{span} a", f"0{span} a")
    cited.passages.write_text(f"{written}\n{copy.rstrip()}\n", "utf-8")
    assert outdated(cited) == (f"passage:0{span} a park:TextPassage ;", "")


def test_a_digest_is_only_checked_against_the_text(cited) -> None:
    written = cited.passages.read_text("utf-8")
    cited.passages.write_text(re.sub(r'"[0-9A-F]{64}"', '"' + "0" * 64 + '"', written, count=1), "utf-8")
    assert cited.check(with_text=False) == []
    cited.passages.write_text(re.sub(r'"[0-9A-F]{64}"', '"00"', written, count=1), "utf-8")
    assert '"00"' in outdated(cited, with_text=False)[0]


def test_crossing_passages_are_found_nested_ones_are_not(cited) -> None:
    whole, part = cited.span("新引进项目12个,其中外资项目3个"), cited.span("其中外资项目3个")
    cited.write("more", f"id:x a park:Event ; park:evidence passage:{whole} , passage:{part} .")
    assert cited.cite() == []
    crossing = cited.span("今年1—3月,新引进项目12个")
    cited.write("more", f"id:x a park:Event ; park:evidence passage:{whole} , passage:{crossing} .")
    assert only(cited.cite()).rule == "passage-overlap"


def test_a_passage_longer_than_a_clause_is_a_warning(cited) -> None:
    cited.write("more", "id:x a park:Event ; park:evidence passage:0-121 .")
    finding = next(f for f in cited.check() if f.rule == "passage-too-long")
    assert finding.severity == "warning"
    cited.write("more", "id:x a park:Event ; park:evidence passage:0-120 .")
    assert "passage-too-long" not in [f.rule for f in cited.check()]


@pytest.mark.parametrize("phrase", ["50亿元", "总收入突破15", "今年1", "增长8.5"])
def test_a_passage_that_cuts_a_number(cited, phrase) -> None:
    cited.write("more", f"id:x a park:Event ; park:evidence {cited.passage(phrase)} .")
    assert "passage-cuts-number" in [finding.rule for finding in cited.cite()]


def test_a_wrong_length_is_found_at_the_source(cited) -> None:
    cited.describe(length=len(cited.text) + 1)
    finding = only(cited.check())
    assert (finding.rule, finding.file) == ("source-length", "kg/sources/briefing.ttl")
    assert cited.check(with_text=False) == []


def test_sections_that_overlap_or_leave_passages_out(cited) -> None:
    cited.describe(sections=cited.section("header", 0, 60) + cited.section("body", 40, len(cited.text)))
    assert "section-overlap" in [f.rule for f in cited.check(with_text=False)]
    cited.describe(sections=cited.section("header", 0, 20))
    assert "passage-in-no-section" in [f.rule for f in cited.check(with_text=False)]

"""Where a clause begins and ends; clauses covered, left out on purpose, and missed."""

from __future__ import annotations

import pytest
from parkgraph.evidence.text import Span, clauses, cover


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收入1,478万元,增长8%。", ["收入1,478万元", "增长8%"]),
        ("到2000,300家参加", ["到2000", "300家参加"]),  # no thousands: the comma separates
        ("10,000.5元;其他", ["10,000.5元", "其他"]),
        ("今年1—4月,到位", ["今年1—4月", "到位"]),
        ("——围绕中心,即:升级", ["围绕中心", "即", "升级"]),
        ("时间08:00:08 来源:日报", ["时间08:00:08 来源", "日报"]),
        ("“先说。”后说", ["“先说", "后说"]),
        ("甲、乙；丙！丁？戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("  一行\n\n \xa0\n二行", ["一行", "二行"]),
        ("“”,——。", []),
        ("", []),
    ],
)
def test_clauses(text: str, expected: list[str]) -> None:
    assert [text[span.start : span.end] for span in clauses(text)] == expected


def test_clauses_hold_every_letter_and_digit_once() -> None:
    text = "甲a1,乙——“丙。”丁(3,000),4:5;己\n庚"
    inside = [offset for span in clauses(text) for offset in range(span.start, span.end)]
    assert len(inside) == len(set(inside))
    assert [c for i, c in enumerate(text) if c.isalnum() and i not in inside] == []


TEXT = "“甲乙”丙,丁1。戊"


def statuses(cited, omitted=None) -> list[str]:
    return [clause.status for clause in cover(TEXT, cited, omitted or {})]


def test_without_evidence_every_clause_is_uncovered() -> None:
    clauses = cover(TEXT, [], {})
    assert [clause.status for clause in clauses] == ["uncovered"] * 3
    assert clauses[0].missing == (Span(1, 3), Span(4, 5))  # quotation marks need no evidence


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        ([Span(0, 10)], ["covered"] * 3),
        ([Span(1, 3), Span(4, 5)], ["covered", "uncovered", "uncovered"]),
        ([Span(1, 3)], ["uncovered"] * 3),
        ([Span(6, 7)], ["uncovered"] * 3),
        ([Span(6, 99)], ["uncovered", "covered", "covered"]),
    ],
)
def test_a_clause_is_covered_when_each_letter_and_digit_is(cited, expected) -> None:
    assert statuses(cited) == expected


def test_what_an_omission_completes_is_declared() -> None:
    clauses = cover(TEXT, [Span(1, 3)], {Span(4, 5): ["o1"], Span(9, 10): ["o2"]})
    assert [clause.status for clause in clauses] == ["declared", "uncovered", "declared"]
    assert [clause.omissions for clause in clauses] == [("o1",), (), ("o2",)]


def test_facts_go_before_omissions() -> None:
    assert statuses([Span(0, 10)], {Span(0, 5): ["o"]}) == ["covered"] * 3


def test_the_audit_names_the_place_of_what_is_missing(scratch) -> None:
    scratch.write("facts", f"id:x a park:Event ; park:evidence {scratch.passage('1—3月,新引进项目12个')} .")
    found = {f.value: f for f in scratch.audit().findings if f.rule == "clause-uncovered"}
    missing = scratch.span("其中外资项目3个")
    finding = found[str(missing)]
    assert finding.file == str(scratch.article)
    assert (finding.line, finding.column) == scratch.text.line_and_column(missing.start)
    assert "其中外资项目3个" in finding.messages["zh"]
    assert str(scratch.span("新引进项目12个")) not in found


def test_sections_are_counted_apart(scratch) -> None:
    scratch.write("facts", f"id:x a park:Event ; park:evidence {scratch.passage('东岭园区首季工作简讯')} .")
    (source,) = scratch.audit().sources
    header, body = source.sections
    assert (header.counts["covered"], header.counts["uncovered"]) == (1, 2)
    assert body.counts["covered"] == 0
    assert len(body.clauses) == 10


def test_without_the_text_nothing_is_counted(scratch) -> None:
    (source,) = scratch.audit(with_text=False).sources
    assert source.text is None and source.sections == []
    assert not [f for f in scratch.audit(with_text=False).findings if f.rule == "clause-uncovered"]

"""Where a clause begins and ends."""

from __future__ import annotations

import pytest
from parkgraph.evidence.clauses import clauses


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

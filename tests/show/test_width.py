"""Columns of text and lines broken to fit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from parkgraph.show.table import pad, visible, width, wrap

TEXT = st.text(st.sampled_from("ab 中文，。（）“”-9é\u0301"), max_size=60)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("abc", 3),
        ("中文", 4),
        ("IT服务", 6),
        ("（候选）", 8),
        ("e\u0301", 1),
        ("\u200bx", 1),
        ("", 0),
        ("ｱ", 1),
    ],
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_pad_left_and_right() -> None:
    assert pad("中", 4) == "中  "
    assert pad("中", 4, right=True) == "  中"
    assert pad("中文", 3) == "中文"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("中文 text", "中文 text"),
        ("a\nb\tc\r", "a b c "),
        ("\x1b[31mred\x1b[0m", "�[31mred�[0m"),
        ("abc\u202edef", "abc�def"),
        ("a\u3000b", "a b"),
        ("a\ud800b", "a�b"),
    ],
)
def test_visible_obeys_nothing(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(TEXT, st.integers(2, 30))
def test_wrapped_lines_fit_and_lose_nothing(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(width(line) <= columns for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_a_mark_without_width_stays_in_its_place() -> None:
    assert "".join(wrap("\u0301中）", 2)) == "\u0301中）"


def test_breaks_between_chinese_characters_but_not_before_a_comma() -> None:
    assert wrap("生物医药，新材料", 8) == ["生物医", "药，新材", "料"]


def test_breaks_at_spaces() -> None:
    assert wrap("new materials base", 9) == ["new", "materials", "base"]


def test_breaks_a_word_only_when_it_is_too_wide_alone() -> None:
    assert wrap("abcdefghij kl", 4) == ["abcd", "efgh", "ij", "kl"]


def test_opening_bracket_stays_with_what_it_opens() -> None:
    assert wrap("园区（东区）", 6) == ["园区", "（东", "区）"]


def test_nothing_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]

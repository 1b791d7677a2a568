"""Offsets, digests and places of a text."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.evidence.text import Span, load, parse_offsets


def test_offsets_are_code_points_of_the_file_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("甲\r\n𠮷乙\n".encode())
    text = load(path)
    assert len(text) == 6  # the line end stays two characters, the rare ideograph is one
    assert text.part(Span(3, 5)) == "𠮷乙"
    assert text.digest(Span(3, 5)) == hashlib.sha256("𠮷乙".encode()).hexdigest().upper()
    assert text.sha256 == hashlib.sha256(path.read_bytes()).hexdigest().upper()


def test_every_place_of_a_phrase_is_found_exactly(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("一一一,二 一,二", "utf-8")
    text = load(path)
    assert text.find("一一") == [Span(0, 2), Span(1, 3)]
    assert text.find("一,二") == [Span(2, 5), Span(6, 9)]
    assert text.find("一，二") == []
    assert text.find("") == []
    assert text.find_similar("一，二") == [Span(2, 5), Span(6, 9)]


def test_lines_and_columns_count_from_one(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("甲乙\n丙丁", "utf-8")
    text = load(path)
    assert text.line_and_column(0) == (1, 1)
    assert text.line_and_column(2) == (1, 3)
    assert text.line_and_column(3) == (2, 1)


def test_paragraphs_are_lines_that_are_not_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("\n甲乙\n \u3000\n丙", "utf-8")
    text = load(path)
    assert [text.paragraph(text.text.index(sign)) for sign in "甲乙丙"] == [1, 1, 2]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", "﻿文".encode(), b"\xd6\xd0"])
def test_a_text_that_is_not_plain_utf8_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(Unreadable):
        load(path)


def test_offsets_are_read_with_any_dash() -> None:
    assert parse_offsets("457-470") == Span(457, 470)
    assert parse_offsets("457–470") == Span(457, 470)
    assert parse_offsets("4月") is None


def test_spans_know_how_they_lie() -> None:
    assert Span(0, 5).contains(Span(0, 3))
    assert not Span(0, 3).contains(Span(0, 5))
    assert Span(0, 3).crosses(Span(2, 5))
    assert not Span(0, 5).crosses(Span(2, 5))
    assert not Span(0, 3).meets(Span(3, 5))

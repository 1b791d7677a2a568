"""Rows in the order that a reader of the language expects.

A query can order by IRI only. Where its ORDER BY names things, rows that nothing before them orders are put
in the order of the things' labels: English by letter, Chinese by pinyin.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from pyoxigraph import Literal

from parkgraph.graph.sparql import is_keyword, tokens
from parkgraph.show.cells import Term

Row = tuple[Term | None, ...]

_NUMBER = re.compile(r"\d+")


def ordered(text: str, columns: Sequence[str], rows: list[Row], lang: str) -> list[Row]:
    """The `rows` of the query `text`, in the order of the labels of what it orders them by.

    A variable that is no column (a rank), or an expression, orders the column that stands behind it.
    """
    at = {name: index for index, name in enumerate(columns)}
    first, things = keys(text, columns)
    if not things:
        return rows
    groups: list[int] = []
    for before, row in zip([None, *rows], rows, strict=False):
        same = before and all(before[at[key]] == row[at[key]] for key in first)
        groups.append(groups[-1] + (not same) if groups else 0)
    labels = [at[f"{key}Label"] for key in things]

    def place(number: int) -> tuple[int, list[tuple[bool, bytes]]]:
        return groups[number], [collated(rows[number][at], lang) for at in labels]

    return [rows[number] for number in sorted(range(len(rows)), key=place)]


def keys(text: str, columns: Sequence[str]) -> tuple[list[str], list[str]]:
    """The columns by which the query `text` orders rows first, and the things whose labels do then."""
    at = set(columns)
    first: list[str] = []
    hidden = False
    things: list[str] = []
    for key in _keys(text):
        if key in at and f"{key}Label" in at and not hidden:
            things.append(key)
        elif things:
            break
        else:
            first.append(key)
        hidden = key not in at
    return [key for key in first if key in at], things


def _keys(text: str) -> list[str]:
    """The variables that the last ORDER BY names; "" for a key that is worked out."""
    words = list(tokens(text))
    start = max((at for at, token in enumerate(words) if is_keyword(token, "ORDER")), default=len(words))
    keys: list[str] = []
    opened = 0
    for before, token in pairwise(words[start:]):
        if is_keyword(token, "LIMIT", "OFFSET", "VALUES"):
            break
        if token.text == "(" and not is_keyword(before, "DESC", "ASC"):
            keys += [""] * (not opened)
            opened += 1
        elif token.text == ")":
            opened = max(opened - 1, 0)
        elif token.kind == "variable" and not opened:
            keys.append(token.text[1:])
    return keys


def collated(label: Term | None, lang: str) -> tuple[bool, bytes]:
    """What a label is sorted by; those without one come last.

    Numbers count as numbers, marks do not count. For Chinese the bytes of GB 2312, which has its 3,755 usual
    characters in the order of pinyin and the others behind them by radical and stroke.
    """
    return (False, _collated(label.value, lang)) if isinstance(label, Literal) else (True, b"")


@lru_cache(10_000)
def _collated(label: str, lang: str) -> bytes:
    plain = unicodedata.normalize("NFKC", label).casefold()
    word = "".join(char for char in plain if char.isalnum() or char == " ").strip()
    word = _NUMBER.sub(lambda number: number[0].zfill(12), word)
    return b"".join(map(_gb2312, word)) if lang == "zh" else word.encode()


def _gb2312(char: str) -> bytes:
    try:
        return char.encode("gb2312")
    except UnicodeEncodeError:
        return b"\xff" + char.encode()

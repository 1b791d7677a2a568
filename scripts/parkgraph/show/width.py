"""Text on a terminal: how many columns it takes, and breaking it into lines, right for Chinese and Latin."""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category, east_asian_width

# No line begins with one of these, and none ends with one of those.
_CLOSING = frozenset("，。、；：！？）》」』】〉”’…％,.;:!?)]}%")
_OPENING = frozenset("（《「『【〈“‘([{")

# Controls of writing direction can make a line read as what it is not.
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def width(text: str) -> int:
    """Terminal columns that `text` takes: 2 for a Chinese character, 0 for a combining mark."""
    if text.isascii():
        return len(text)
    return sum(_columns(char) for char in text)


def _columns(char: str) -> int:
    if char.isascii():
        return 1
    if east_asian_width(char) in "WF":
        return 2
    return 0 if category(char) in ("Mn", "Me", "Cf") else 1


def pad(text: str, columns: int, *, right: bool = False) -> str:
    """`text` filled with spaces to `columns`; right: the spaces stand before it."""
    fill = " " * (columns - width(text))
    return fill + text if right else text + fill


def visible(text: str) -> str:
    """`text` on one line, without anything a terminal would obey: line ends, tabs and escapes become spaces
    or `�`."""
    if text.isprintable():
        return text
    return "".join(_visible(char) for char in text)


def _visible(char: str) -> str:
    if char in "\n\r\t\v\f\u2028\u2029" or category(char) == "Zs":
        return " "
    return "�" if category(char) in ("Cc", "Cs") or char in _BIDI else char


def wrap(text: str, columns: int) -> list[str]:
    """The lines of `text`, each at most `columns` wide (at least 2); breaks at spaces and between Chinese
    characters, inside a word only when the word alone is too wide."""
    lines, line, used = [], "", 0
    for unit in _units(text):
        size = width(unit)
        if used and used + width(unit.rstrip()) > columns:
            lines.append(line.rstrip())
            line, used = "", 0
        if not used:
            unit, line = (line + unit).lstrip(), ""  # the line may hold a mark that takes no column
            while width(unit.rstrip()) > columns:
                head = _head(unit, columns)
                lines.append(head)
                unit = unit[len(head) :]
            size = width(unit)
        line += unit
        used += size
    if line.rstrip() or not lines:
        lines.append(line.rstrip())
    return lines


def longest_unit(text: str) -> int:
    """Columns of the widest piece that `wrap` would rather not break."""
    return max((width(unit.rstrip()) for unit in _units(text)), default=0)


def _units(text: str) -> Iterator[str]:
    """Pieces between which a line may break; each keeps the spaces behind it."""
    unit = ""
    for char in text:
        if unit and _may_break(unit[-1], char):
            yield unit
            unit = ""
        unit += char
    if unit:
        yield unit


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _CLOSING or before in _OPENING:
        return False
    return before == " " or _columns(before) == 2 or _columns(after) == 2


def _head(unit: str, columns: int) -> str:
    """The longest start of `unit` that fits, one character at least."""
    used = 0
    for index, char in enumerate(unit):
        used += _columns(char)
        if used > columns and index:
            return unit[:index]
    return unit

"""Text and tables on a terminal, right for Chinese and Latin: how many columns a text takes, where it breaks.

A table stands side by side where it fits, wrapped where that stays readable, otherwise a block of lines a
record.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import category, east_asian_width

_GAP = 2
_TALLEST = 5  # a wrapped row of more lines than this is easier to read as a block
_NARROWEST = 10


def render(
    headings: Sequence[str], rows: Sequence[Sequence[str]], numeric: Sequence[bool], columns: int
) -> Iterator[str]:
    """The lines of the table, none wider than `columns` (as far as one character fits), no spaces at the end.

    numeric: for each column, whether its cells stand at the right.
    """
    headings = [visible(heading) for heading in headings]
    rows = [[visible(cell) for cell in row] for row in rows]
    natural = [max(map(width, cells)) for cells in zip(headings, *rows, strict=True)]
    widths = _fit(headings, rows, natural, numeric, columns)
    if widths is None:
        return _blocks(headings, rows, columns)
    wrapped = [[wrap(cell, size) for cell, size in zip(row, widths, strict=True)] for row in rows]
    if max((len(lines) for row in wrapped for lines in row), default=0) > _TALLEST:
        return _blocks(headings, rows, columns)
    return _side_by_side(headings, wrapped, widths, numeric)


def _fit(
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    natural: Sequence[int],
    numeric: Sequence[bool],
    columns: int,
) -> list[int] | None:
    """A width for each column so that all fit, or None when a column would become too narrow to read."""
    room = columns - _GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return list(natural)
    floors = []
    for index, size in enumerate(natural):
        unit = max(longest_unit(text) for text in (headings[index], *(row[index] for row in rows)))
        floors.append(size if numeric[index] else min(size, max(unit, _NARROWEST)))
    if sum(floors) > room:
        return None

    def capped(cap: int) -> list[int]:
        return [min(size, max(floor, cap)) for size, floor in zip(natural, floors, strict=True)]

    # The same cap for every column, the largest that fits; what narrow columns leave goes to the others.
    return capped(max(cap for cap in range(columns + 1) if sum(capped(cap)) <= room))


def _side_by_side(
    headings: Sequence[str],
    rows: Sequence[Sequence[list[str]]],
    widths: Sequence[int],
    numeric: Sequence[bool],
) -> Iterator[str]:
    head = [wrap(heading, size) for heading, size in zip(headings, widths, strict=True)]
    yield from _lines(head, widths, numeric)
    yield (" " * _GAP).join("─" * size for size in widths)
    airy = any(len(lines) > 1 for row in rows for lines in row)
    for index, row in enumerate(rows):
        if airy and index:
            yield ""
        yield from _lines(row, widths, numeric)


def _lines(cells: Sequence[list[str]], widths: Sequence[int], numeric: Sequence[bool]) -> Iterator[str]:
    for index in range(max(map(len, cells), default=0)):
        parts = [
            pad(lines[index] if index < len(lines) else "", size, right=right)
            for lines, size, right in zip(cells, widths, numeric, strict=True)
        ]
        yield (" " * _GAP).join(parts).rstrip()


def _blocks(headings: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    if not rows:
        yield from wrap((" " * _GAP).join(headings), columns)
    # A heading longer than a third of the line is wrapped like its value.
    margin = min(max(map(width, headings)), max(columns // 3, 2))
    body = max(columns - margin - _GAP, 2)
    for number, row in enumerate(rows, 1):
        title = f"── {number} "
        yield title + "─" * (columns - width(title))
        for heading, cell in zip(headings, row, strict=True):
            if cell:
                yield from _lines([wrap(heading, margin), wrap(cell, body)], [margin, body], [False, False])


# --- text -------------------------------------------------------------------------

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

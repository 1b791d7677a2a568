"""A table for a terminal: side by side where it fits, wrapped where that stays readable, otherwise a block of
lines a record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parkgraph.show.width import longest_unit, pad, visible, width, wrap

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

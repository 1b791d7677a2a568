"""Answers for programs and spreadsheets: CSV, TSV, SPARQL JSON, JSON lines.

Each is a stream of pieces of text, so that a long answer is never held twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import Literal, NamedNode

from parkgraph.show.cells import Term, is_number, native, sparql_json, sparql_tsv

Row = Sequence[Term | None]

_QUOTED = re.compile(r'[",\r\n]')
# What a spreadsheet takes for the start of a formula, full-width forms included.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")


def csv(headings: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """RFC 4180 with one difference: text that a spreadsheet would run as a formula gets a leading apostrophe.

    Numbers stay as they are; IRIs and text stand without RDF syntax.
    """
    yield _csv_line(map(_csv_text, headings))
    for row in rows:
        yield _csv_line(map(_csv_cell, row))


def _csv_line(cells: Iterable[str]) -> str:
    # One empty cell by itself would be an empty line, which readers skip.
    return (",".join(cells) or '""') + "\r\n"


def _csv_cell(term: Term | None) -> str:
    if term is None:
        return ""
    if is_number(term):
        return term.value  # type: ignore[union-attr]
    return _csv_text(term.value if isinstance(term, NamedNode | Literal) else str(term))


def _csv_text(text: str) -> str:
    if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA):
        text = "'" + text
    return '"' + text.replace('"', '""') + '"' if _QUOTED.search(text) else text


def tsv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 TSV."""
    yield "\t".join("?" + column for column in columns) + "\n"
    for row in rows:
        yield "\t".join(map(sparql_tsv, row)) + "\n"


def sparql_results_json(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 JSON results, one row a line."""
    yield '{"head":{"vars":' + _dumps(columns) + '},"results":{"bindings":['
    for index, row in enumerate(rows):
        binding = {
            column: sparql_json(term) for column, term in zip(columns, row, strict=True) if term is not None
        }
        yield (",\n" if index else "\n") + _dumps(binding)
    yield "\n]}}\n"


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a row: numbers as numbers, `evidence` as a list, null where nothing is bound."""
    for row in rows:
        values = {column: _jsonable(native(column, term)) for column, term in zip(columns, row, strict=True)}
        yield _dumps(values) + "\n"


def _jsonable(value: object) -> object:
    if value is None or isinstance(value, str | bool | int | tuple):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)  # JSON has no infinity and no NaN
    from datetime import date
    from decimal import Decimal

    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite() and Decimal(repr(float(value))) == value:
        return float(value)
    return str(value)


def _dumps(value: object) -> str:
    import json  # here, because the common formats do without it

    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

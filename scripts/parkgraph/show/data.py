"""Answers for programs and spreadsheets: CSV, TSV, SPARQL JSON and XML, JSON lines.

Each is a stream of pieces of text, so that a long answer is never held twice."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph.show.cells import Term, is_number, native, sparql_json, sparql_tsv

Row = Sequence[Term | None]

_QUOTED = re.compile(r'[",\r\n]')
# What a spreadsheet takes for the start of a formula, full-width forms included.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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
    from decimal import Decimal

    if isinstance(value, Decimal) and value.is_finite() and Decimal(repr(float(value))) == value:
        return float(value)
    return str(value)


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sparql_results_xml(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """SPARQL 1.1 XML results, one row a line."""
    variables = "".join(f'<variable name="{column}"/>' for column in columns)
    yield f"{XML_START}<head>{variables}</head>\n<results>\n"
    for row in rows:
        bindings = (
            f'<binding name="{column}">{_xml_term(term)}</binding>'
            for column, term in zip(columns, row, strict=True)
            if term is not None
        )
        yield f"<result>{''.join(bindings)}</result>\n"
    yield "</results>\n</sparql>\n"


XML_START = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<sparql xmlns="http://www.w3.org/2005/sparql-results#">\n'
)


def _xml_term(term: Term) -> str:
    if isinstance(term, NamedNode):
        return f"<uri>{escape(term.value)}</uri>"
    if isinstance(term, BlankNode):
        return f"<bnode>{escape(term.value)}</bnode>"
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        inside = "".join(f"<{name}>{_xml_term(part)}</{name}>" for name, part in parts.items())
        return f"<triple>{inside}</triple>"
    described = sparql_json(term)
    attributes = "".join(
        f' {name}="{escape(str(described[name]))}"' for name in ("xml:lang", "datatype") if name in described
    )
    return f"<literal{attributes}>{escape(term.value)}</literal>"


def escape(text: str) -> str:
    """`text` for the inside of an XML or HTML element or quoted attribute."""
    text = _NOT_XML.sub("�", text)
    for char, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;")):
        text = text.replace(char, entity)
    return text.replace("\r", "&#13;")

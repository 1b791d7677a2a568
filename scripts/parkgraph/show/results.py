"""What a query gives, and one function that writes it in any format.

    write(table_or_boolean_or_triples, "csv", stream)

Formats: table (a terminal), csv, xlsx, tsv, json, xml, jsonl, md, html for SELECT and ASK;
ttl, nt, json (JSON-LD), xml (RDF/XML), or any of the former as a table of triples, for CONSTRUCT and
DESCRIBE.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from pyoxigraph import (
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from parkgraph.errors import Usage
from parkgraph.messages import Message, _, in_language
from parkgraph.show.cells import Label, Term, is_number, native, plain, yes_no
from parkgraph.show.output import format_for
from parkgraph.show.table import render, visible, width

FORMATS = ("table", "csv", "xlsx", "tsv", "json", "jsonl", "xml", "md", "html", "ttl", "nt")

_SUFFIXES = {
    "txt": "table", "csv": "csv", "xlsx": "xlsx", "tsv": "tsv", "json": "json", "srj": "json",
    "jsonld": "json", "jsonl": "jsonl", "ndjson": "jsonl", "xml": "xml", "srx": "xml", "rdf": "xml",
    "md": "md", "html": "html", "htm": "html", "ttl": "ttl", "nt": "nt",
}  # fmt: skip
_RDF = {
    "ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES, "json": RdfFormat.JSON_LD, "xml": RdfFormat.RDF_XML,
}  # fmt: skip
_SPARQL = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "tsv": QueryResultsFormat.TSV}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a SELECT.

    columns: variable names.  rows: terms in the order of the columns, None where nothing is bound; may be a
    stream that can be read once.  headings: column → its name for people; a missing one is the column's own.
    label: IRI → label, for people's formats.  title: for documents.  hidden: columns that people's formats
    leave out.
    """

    columns: Sequence[str]
    rows: Iterable[Sequence[Term | None]]
    headings: Mapping[str, str] = field(default_factory=dict)
    label: Label | None = None
    title: str = ""
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Triples:
    """What CONSTRUCT or DESCRIBE gives."""

    triples: Iterable[Triple]


Result = Table | Triples | bool


def from_solutions(found: QuerySolutions | QueryBoolean | QueryTriples) -> Result:
    """A pyoxigraph query result as something `write` takes; rows stay a stream."""
    if isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        return Table(columns, ([solution[column] for column in columns] for solution in found))
    return Triples(found) if isinstance(found, QueryTriples) else bool(found)


def choose_format(
    given: str | None, file: str | Path | None, *, terminal: bool, triples: bool = False
) -> str:
    """The format to write: `given`, else the one of the file's suffix, else table or Turtle on a terminal,
    TSV or N-Triples elsewhere.

    Raises Usage for an unknown format or suffix.
    """
    otherwise = ("ttl" if terminal else "nt") if triples else ("table" if terminal else "tsv")
    if given == "xlsx" and file is None and terminal:
        raise Usage(_("a workbook is no text for a terminal"), fix=_("name a file: -o answer.xlsx"))
    return format_for(given, file, otherwise, FORMATS, _SUFFIXES)


def write(
    result: Result | QuerySolutions | QueryBoolean | QueryTriples,
    format: str,
    stream: BinaryIO,
    *,
    lang: str = "en",
    prefixes: Mapping[str, str] | None = None,
    columns: int = 80,
    bom: bool = False,
    named: bool = False,
    iris: bool = False,
) -> None:
    """Write `result` to `stream` as UTF-8, or as a workbook.

    lang: of yes and no, and of the page in HTML.  prefixes: shorten IRIs for people and in Turtle (default:
    the known ones).  columns: width for `table`.  bom: CSV begins with a byte-order mark, so that a
    spreadsheet reads Chinese.  named: formats for people carry variable names instead of headings.
    iris: CSV and Excel say the IRI of each thing in a column behind its label.
    Raises Usage when the format does not fit the kind of result.
    """
    if isinstance(result, QuerySolutions | QueryBoolean | QueryTriples):
        result = from_solutions(result)
    prefixes = _known_prefixes() if prefixes is None else prefixes
    if isinstance(result, Triples):
        if format in _RDF:
            stream.write(rdf(_sorted(result), format, prefixes))
            return
        result = _as_table(result)
    if format in ("ttl", "nt"):
        raise Usage(
            _("{format} is for triples, and this query gives a table", format=format),
            fix=_("choose table, csv, xlsx, tsv, json, jsonl, xml, md or html, or ask with CONSTRUCT"),
        )
    if isinstance(result, bool):
        stream.write(_boolean(result, format, lang))
        return
    if format in _SPARQL:
        written = _solutions(result).serialize(format=_SPARQL[format]) or b""
        if format == "xml":  # a bare CR would be read as a line end
            written = NOT_XML.sub("�", written.decode()).replace("\r", "&#13;").encode()
        stream.write(written + b"\n" * (format != "tsv"))
        return
    if format == "jsonl":
        pieces = _json_lines(result)
    else:
        sheet = format in ("csv", "xlsx")
        headings, cells = _cells(result, lang, {} if sheet else prefixes, named, sheet and not result.label)
        if sheet and iris:
            headings, cells = _with_iris(headings, cells)
        if format == "xlsx":
            # bytes, whatever the terminal's encoding
            _xlsx(headings, cells, getattr(stream, "stream", stream))
            return
        if format == "csv":
            pieces = iter(["\ufeff" * bom, _csv(headings, cells)])
        else:
            pieces = _for_people(result, format, lang, headings, cells, columns)
    for piece in pieces:
        stream.write(piece.encode("utf-8", "replace"))


def _known_prefixes() -> Mapping[str, str]:
    from parkgraph.read.prefixes import prefixes

    return prefixes()


def _boolean(answer: bool, format: str, lang: str) -> bytes:
    if format in ("json", "xml"):
        asked = Store().query("ASK {}" if answer else "ASK { FILTER(false) }")
        assert isinstance(asked, QueryBoolean)
        return (asked.serialize(format=_SPARQL[format]) or b"") + b"\n"
    said = yes_no(answer, lang)
    if format == "html":
        return "".join(_html_page([f"<p>{said}</p>\n"], lang=lang, title=said)).encode()
    word = "true" if answer else "false"
    return f"{said if format in ('table', 'md') else word}\n".encode()


def rdf(triples: Sequence[Triple], format: str, prefixes: Mapping[str, str]) -> bytes:
    """Triples in one of the formats of RDF, with those of the prefixes that are used."""
    used = "\n".join(map(str, triples))
    known = {prefix: namespace for prefix, namespace in prefixes.items() if f"<{namespace}" in used}
    return serialize(triples, format=_RDF[format], prefixes=None if format == "nt" else known) or b""


def _as_table(found: Triples) -> Table:
    return Table(("subject", "predicate", "object"), [tuple(triple) for triple in _sorted(found)])


def _sorted(found: Triples) -> list[Triple]:
    return sorted(set(found.triples), key=str)  # an engine gives them in any order


# --- cells for people and spreadsheets ------------------------------------------------


class Cell(NamedTuple):
    """A cell for people.  text: what it says.  link: the IRI behind it, or "".  numeric: a number.

    value: as Python has it.
    """

    text: str
    link: str = ""
    numeric: bool = False
    value: object = None


def shown_columns(columns: Sequence[str]) -> list[tuple[str, int, int]]:
    """(column, index of its text, index of its IRI) for people: `x` with an `xLabel` beside it is one column
    that says the label; any other column says itself."""
    at = {column: index for index, column in enumerate(columns)}
    return [
        (column, at.get(column + "Label", index), index)
        for column, index in at.items()
        if not (column.endswith("Label") and column.removesuffix("Label") in at)
    ]


def _cells(
    table: Table, lang: str, prefixes: Mapping[str, str], named: bool, bare: bool = False
) -> tuple[list[str], list[list[Cell]]]:
    """Headings and cells for people; bare: IRIs in full."""
    shown = [parts for parts in shown_columns(table.columns) if parts[0] not in table.hidden]

    def cell(row: Sequence[Term | None], text_at: int, iri_at: int) -> Cell:
        iri = row[iri_at]
        # Where the label is unbound the IRI speaks for itself.
        term = iri if row[text_at] is None else row[text_at]
        link = iri.value if isinstance(iri, NamedNode) else ""
        return Cell(said(term), link, is_number(term), native("", term))

    @cache
    def said(term: Term | None) -> str:
        if bare and isinstance(term, NamedNode):
            return term.value
        return plain(term, lang=lang, prefixes=prefixes, label=table.label)

    headings = [column if named else table.headings.get(column, column) for column, __, __ in shown]
    return headings, [[cell(row, text_at, iri_at) for __, text_at, iri_at in shown] for row in table.rows]


def _with_iris(headings: list[str], cells: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Behind each column of things, one of their IRIs."""
    linked = [any(row[at].link for row in cells) for at in range(len(headings))]

    def wide(row: Sequence[Any], iri: Callable[[Any], Any]) -> list[Any]:
        return [one for at, cell in enumerate(row) for one in ([cell, iri(cell)] if linked[at] else [cell])]

    rows = [wide(row, lambda cell: Cell(cell.link)) for row in cells]
    return wide(headings, lambda heading: f"{heading} (IRI)"), rows


def _for_people(
    table: Table, format: str, lang: str, headings: list[str], cells: list[list[Cell]], columns: int
) -> Iterator[str]:
    filled = [[row[index] for row in cells if row[index].text] for index in range(len(headings))]
    numeric = [bool(column) and all(cell.numeric for cell in column) for column in filled]
    if format == "md":
        return markdown(headings, cells, numeric)
    if format == "html":
        body = _html_table(headings, cells, lang=lang, caption=table.title)
        return _html_page(body, lang=lang, title=table.title or "parkgraph")
    lines = render(headings, [[cell.text for cell in row] for row in cells], numeric, columns)
    return (line + "\n" for line in lines)


# --- for programs and spreadsheets ----------------------------------------------------

# What a spreadsheet takes for the start of a formula, full-width forms included.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
# Characters that XML 1.0 cannot hold.
NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def _solutions(table: Table) -> QuerySolutions:
    """The rows as the engine gives them, which can write them."""
    store, number = Store(), NamedNode("urn:n")
    query = "SELECT * { VALUES () { " + "() " * len(list(table.rows if not table.columns else ())) + "} }"
    if table.columns:
        for index, row in enumerate(table.rows):
            node = NamedNode(f"urn:row:{index}")
            store.add(Quad(node, number, Literal(index)))
            cells = ((at, term) for at, term in enumerate(row) if term is not None)
            store.extend(Quad(node, NamedNode(f"urn:{at}"), term) for at, term in cells)
        wanted = (f"OPTIONAL {{ ?__row <urn:{at}> ?{column} }}" for at, column in enumerate(table.columns))
        names = " ".join(f"?{column}" for column in table.columns)
        query = f"SELECT {names} {{ ?__row <urn:n> ?__n {' '.join(wanted)} }} ORDER BY ?__n"
    found = store.query(query)
    assert isinstance(found, QuerySolutions)
    return found


def _csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """RFC 4180, but for text that a spreadsheet would run as a formula: it gets a leading apostrophe."""
    import csv
    import io

    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(_no_formula, headings))
    for row in rows:
        writer.writerow([cell.text if cell.numeric else _no_formula(cell.text) for cell in row])
    return stream.getvalue()


def _no_formula(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], stream: BinaryIO) -> None:
    """An Excel workbook of one sheet: numbers, dates, yes and no as such; no text is a formula or a link."""
    from io import BytesIO

    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    book = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(book, {**options, "remove_timezone": True}) as workbook:
        # The same answer always gives the same bytes.
        workbook.set_properties({"created": datetime(2000, 1, 1)})
        sheet = workbook.add_worksheet()
        wraps = {"text_wrap": True, "valign": "top"}
        head, text = workbook.add_format({**wraps, "bold": True}), workbook.add_format(wraps)
        day = workbook.add_format({**wraps, "num_format": "yyyy-mm-dd"})
        sheet.write_row(0, 0, headings, head)
        sizes = [width(heading) for heading in headings]
        number = 0
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                value: object = cell.value if isinstance(cell.value, date | bool) else cell.text
                if cell.numeric and abs(float(cell.text)) < float("inf"):  # a workbook holds no other
                    value = float(cell.text)
                sheet.write(number, at, value, day if isinstance(value, date) else text)
                sizes[at] = max(sizes[at], width(cell.text))
        for at, size in enumerate(sizes):
            sheet.set_column(at, at, min(size + 2, 60))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(number, 1), max(len(headings) - 1, 0))
    stream.write(book.getvalue())


def _json_lines(table: Table) -> Iterator[str]:
    """One JSON object a row: numbers as numbers, `evidence` as a list, null where nothing is bound."""
    import json

    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        values = {column: _jsonable(native(column, term)) for column, term in cells}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def _jsonable(value: object) -> object:
    if value is None or isinstance(value, str | bool | int | tuple):
        return value
    if isinstance(value, float):
        return value if abs(value) < float("inf") else str(value)  # JSON has no infinity and no NaN
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite() and Decimal(repr(float(value))) == value:
        return float(value)
    return str(value)


def as_data(value: Any, lang: str | None = None) -> Any:
    """Dataclasses as dicts, decimals as text, messages in `lang`.  lang: texts in that language only, else in
    both as {"zh": …, "en": …}."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: as_data(getattr(value, field.name), lang) for field in fields(value)}
    if isinstance(value, Message):
        return in_language(value, lang) if lang else dict(value)
    if isinstance(value, Mapping):
        if lang and value and set(value) <= {"zh", "en", ""}:
            return in_language(value, lang)
        return {key: as_data(each, lang) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return [as_data(each, lang) for each in value]
    return str(value) if isinstance(value, Decimal) else value


def written_data(value: Any, lang: str | None = None) -> bytes:
    """`as_data` as JSON text."""
    import json

    return (json.dumps(as_data(value, lang), ensure_ascii=False, indent=2) + "\n").encode()


# --- for documents and notebooks ------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|~#&])")
_STYLE = (
    "body{font-family:system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;margin:2rem}"
    "table{border-collapse:collapse}th,td{border:1px solid #8886;padding:.3rem .6rem;text-align:left;"
    "vertical-align:top}td.number{text-align:right}caption{text-align:left;font-weight:bold;padding:.3rem 0}"
)


def markdown(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], numeric: Sequence[bool]
) -> Iterator[str]:
    """A pipe table; labels of http(s) IRIs are links."""
    yield _pipe(map(_markdown_text, headings))
    yield _pipe("--:" if right else "---" for right in numeric)
    for row in rows:
        yield _pipe(map(_markdown_cell, row))


def _pipe(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def _markdown_cell(cell: Cell) -> str:
    text = _markdown_text(cell.text)
    if not _linkable(cell.link):
        return text
    link = cell.link.replace("(", "%28").replace(")", "%29").replace("|", "%7C")
    return f"[{text}](<{link}>)"


def _markdown_text(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", visible(text))


def html_fragment(result: Result, *, lang: str, total: int) -> str:
    """The result for a notebook: a table without a page around it.  total: the rows there are in all."""
    if isinstance(result, bool):
        return f"<p>{yes_no(result, lang)}</p>"
    table = _as_table(result) if isinstance(result, Triples) else result
    headings, cells = _cells(table, lang, _known_prefixes(), named=False)
    more = _("{n} of {total} rows shown", n=len(cells), total=total)
    note = f"<p>{_escaped(more[lang])}</p>" if total > len(cells) else ""
    return "".join(_html_table(headings, cells, lang=lang, caption=table.title)) + note


def _html_table(
    headings: Sequence[str], rows: Iterable[Sequence[Cell]], *, lang: str, caption: str
) -> Iterator[str]:
    """A `<table>`; everything escaped, only http(s) IRIs linked."""
    yield f'<table lang="{_escaped(lang)}">\n'
    if caption:
        yield f"<caption>{_escaped(caption)}</caption>\n"
    head = "".join(f"<th>{_escaped(heading)}</th>" for heading in headings)
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>\n"
    for row in rows:
        yield f"<tr>{''.join(map(_html_cell, row))}</tr>\n"
    yield "</tbody>\n</table>\n"


def _html_cell(cell: Cell) -> str:
    text = _escaped(cell.text)
    if _linkable(cell.link):
        text = f'<a href="{_escaped(cell.link)}">{text}</a>'
    return f'<td class="number">{text}</td>' if cell.numeric else f"<td>{text}</td>"


def _html_page(body: Iterable[str], *, lang: str, title: str) -> Iterator[str]:
    """A whole page around `body`; it loads nothing from anywhere."""
    yield (
        f'<!doctype html>\n<html lang="{_escaped(lang)}">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        f"<title>{_escaped(title)}</title>\n<style>{_STYLE}</style>\n"
    )
    yield from body
    yield "</html>\n"


def _linkable(iri: str) -> bool:
    return iri.startswith(("http://", "https://"))


def _escaped(text: str) -> str:
    """`text` for the inside of an HTML element or quoted attribute."""
    from html import escape

    return escape(_CONTROL.sub("�", text)).replace("\r", "&#13;")

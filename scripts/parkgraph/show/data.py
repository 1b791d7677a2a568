"""What programs and spreadsheets read: SPARQL's own formats, CSV, Excel, JSON lines, dataclasses as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, QuerySolutions, Store

from parkgraph.messages import Message, in_language
from parkgraph.show.cells import Term, native

if TYPE_CHECKING:
    from parkgraph.show.documents import Cell

Row = Sequence[Term | None]

# What a spreadsheet takes for the start of a formula, full-width forms included.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n")
# Characters that XML 1.0 cannot hold.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def sparql_results(columns: Sequence[str], rows: Iterable[Row], format: str) -> bytes:
    """SPARQL 1.1 results in `format` (json, xml, tsv)."""
    written = _solutions(columns, rows).serialize(format=getattr(QueryResultsFormat, format.upper())) or b""
    if format != "xml":
        return written + b"\n" * (format == "json")
    text = _NOT_XML.sub("�", written.decode())
    return text.replace("\r", "&#13;").encode() + b"\n"  # a bare CR would be read as a line end


def _solutions(columns: Sequence[str], rows: Iterable[Row]) -> QuerySolutions:
    """The rows as the engine gives them, which can write them."""
    store, number = Store(), NamedNode("urn:n")
    if not columns:  # SELECT * { }
        found = store.query("SELECT * { VALUES () { " + "() " * len(list(rows)) + "} }")
        assert isinstance(found, QuerySolutions)
        return found
    for index, row in enumerate(rows):
        node = NamedNode(f"urn:row:{index}")
        store.add(Quad(node, number, Literal(index)))
        cells = ((at, term) for at, term in enumerate(row) if term is not None)
        store.extend(Quad(node, NamedNode(f"urn:{at}"), term) for at, term in cells)
    wanted = " ".join(f"OPTIONAL {{ ?__row <urn:{at}> ?{column} }}" for at, column in enumerate(columns))
    names = " ".join(f"?{column}" for column in columns)
    found = store.query(f"SELECT {names} {{ ?__row <urn:n> ?__n {wanted} }} ORDER BY ?__n")
    assert isinstance(found, QuerySolutions)
    return found


def csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """RFC 4180, but for text that a spreadsheet would run as a formula: it gets a leading apostrophe."""
    import csv
    import io

    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(map(_no_formula, headings))
    for row in rows:
        writer.writerow([cell.text if cell.numeric else _no_formula(cell.text) for cell in row])
    yield stream.getvalue()


def _no_formula(text: str) -> str:
    return "'" + text if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def xlsx(headings: Sequence[str], rows: Iterable[Sequence[Cell]], stream: BinaryIO) -> None:
    """An Excel workbook of one sheet: numbers, dates, yes and no as such; no text is a formula or a link."""
    from datetime import date, datetime
    from io import BytesIO

    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    from parkgraph.show.table import width

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
                value = _typed(cell)
                sheet.write(number, at, value, day if isinstance(value, date) else text)
                sizes[at] = max(sizes[at], width(cell.text))
        for at, size in enumerate(sizes):
            sheet.set_column(at, at, min(size + 2, 60))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(number, 1), max(len(headings) - 1, 0))
    stream.write(book.getvalue())


def _typed(cell: Cell) -> object:
    """What a workbook holds; a number that it cannot hold is text."""
    from datetime import date

    if cell.numeric and abs(float(cell.text)) < float("inf"):
        return float(cell.text)
    return cell.value if isinstance(cell.value, date | bool) else cell.text


def json_lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """One JSON object a row: numbers as numbers, `evidence` as a list, null where nothing is bound."""
    import json

    for row in rows:
        values = {column: _jsonable(native(column, term)) for column, term in zip(columns, row, strict=True)}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


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
    return (json.dumps(as_data(value, lang), ensure_ascii=False, indent=2) + "\n").encode()

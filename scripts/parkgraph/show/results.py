"""What a query gives, and one function that writes it in any format.

    write(table_or_boolean_or_triples, "csv", stream)

Formats: table (a terminal), csv, xlsx, tsv, json, xml, jsonl, md, html for SELECT and ASK;
ttl, nt, json (JSON-LD), xml (RDF/XML), or any of the former as a table of triples, for CONSTRUCT and
DESCRIBE.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Triple

from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.show.cells import Label, Term, is_number, native, plain, yes_no

if TYPE_CHECKING:
    from parkgraph.show.documents import Cell

FORMATS = ("table", "csv", "xlsx", "tsv", "json", "jsonl", "xml", "md", "html", "ttl", "nt")

_SUFFIXES = {
    ".txt": "table", ".csv": "csv", ".xlsx": "xlsx", ".tsv": "tsv", ".json": "json", ".srj": "json",
    ".jsonld": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".xml": "xml", ".srx": "xml", ".rdf": "xml", ".md": "md",
    ".html": "html", ".htm": "html", ".ttl": "ttl", ".nt": "nt",
}  # fmt: skip

_BOM = "\ufeff"


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

    def heading(self, column: str) -> str:
        """The column's name for people."""
        return self.headings.get(column, column)


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
    if isinstance(found, QueryTriples):
        return Triples(found)
    return bool(found)


def choose_format(
    given: str | None, file: str | Path | None, *, terminal: bool, triples: bool = False
) -> str:
    """The format to write: `given`, else the one of the file's suffix, else table or Turtle on a terminal,
    TSV or N-Triples elsewhere.

    Raises Usage for an unknown format or suffix.
    """
    if given:
        if given not in FORMATS:
            known = ", ".join(FORMATS)
            raise Usage(
                _("unknown format: {given}", given=given),
                fix=_("one of: {known}", known=known),
            )
        if given == "xlsx" and file is None and terminal:
            raise Usage(_("a workbook is no text for a terminal"), fix=_("name a file: -o answer.xlsx"))
        return given
    if file is not None and str(file) != "-":
        suffix = Path(file).suffix.lower()
        if suffix not in _SUFFIXES:
            known = " ".join(_SUFFIXES)
            raise Usage(
                _("the format of {file} cannot be told from its name", file=file),
                fix=_("add --format, or use one of the suffixes {known}", known=known),
            )
        return _SUFFIXES[suffix]
    if triples:
        return "ttl" if terminal else "nt"
    return "table" if terminal else "tsv"


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
    if prefixes is None:
        from parkgraph.read.prefixes import prefixes as known_prefixes

        prefixes = known_prefixes()
    if isinstance(result, Triples):
        if format in _RDF:
            stream.write(_rdf(result.triples, format, prefixes))
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
    from parkgraph.show import data

    if format in ("json", "xml", "tsv"):
        stream.write(data.sparql_results(result.columns, result.rows, format))
        return
    if format == "jsonl":
        pieces = data.json_lines(result.columns, result.rows)
    else:
        sheet = format in ("csv", "xlsx")
        headings, cells = _cells(result, lang, {} if sheet else prefixes, named, sheet and not result.label)
        if sheet and iris:
            headings, cells = _with_iris(headings, cells)
        if format == "xlsx":
            stream = getattr(stream, "stream", stream)  # bytes, whatever the terminal's encoding
            data.xlsx(headings, cells, stream)
            return
        if format == "csv":
            pieces = chain([_BOM] if bom else [], data.csv(headings, cells))
        else:
            pieces = _for_people(result, format, lang, headings, cells, columns)
    for piece in pieces:
        stream.write(piece.encode("utf-8", "replace"))


def _boolean(answer: bool, format: str, lang: str) -> bytes:
    if format in ("json", "xml"):
        from pyoxigraph import QueryResultsFormat, Store

        asked = Store().query("ASK {}" if answer else "ASK { FILTER(false) }")
        return (asked.serialize(format=getattr(QueryResultsFormat, format.upper())) or b"") + b"\n"
    said = yes_no(answer, lang)
    if format == "html":
        from parkgraph.show.documents import html_page

        return "".join(html_page([f"<p>{said}</p>\n"], lang=lang, title=said)).encode()
    word = "true" if answer else "false"
    return f"{said if format in ('table', 'md') else word}\n".encode()


def shown_columns(columns: Sequence[str]) -> list[tuple[str, int, int]]:
    """(column, index of its text, index of its IRI) for people: `x` with an `xLabel` beside it is one column
    that says the label; any other column says itself."""
    at = {column: index for index, column in enumerate(columns)}
    return [
        (column, at.get(column + "Label", index), index)
        for column, index in at.items()
        if not (column.endswith("Label") and column.removesuffix("Label") in at)
    ]


def _for_people(
    table: Table, format: str, lang: str, headings: list[str], cells: list[list[Cell]], columns: int
) -> Iterator[str]:
    from parkgraph.show.documents import html_page, html_table, markdown

    filled = [[row[index] for row in cells if row[index].text] for index in range(len(headings))]
    numeric = [bool(column) and all(cell.numeric for cell in column) for column in filled]
    if format == "md":
        return markdown(headings, cells, numeric)
    if format == "html":
        body = html_table(headings, cells, lang=lang, caption=table.title)
        return html_page(body, lang=lang, title=table.title or "parkgraph")
    from parkgraph.show.table import render

    lines = render(headings, [[cell.text for cell in row] for row in cells], numeric, columns)
    return (line + "\n" for line in lines)


def _cells(
    table: Table, lang: str, prefixes: Mapping[str, str], named: bool, bare: bool = False
) -> tuple[list[str], list[list[Cell]]]:
    """Headings and cells for people; bare: IRIs in full."""
    from parkgraph.show.documents import Cell

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

    headings = [column if named else table.heading(column) for column, __, __ in shown]
    return headings, [[cell(row, text_at, iri_at) for __, text_at, iri_at in shown] for row in table.rows]


def _with_iris(headings: list[str], cells: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Behind each column of things, one of their IRIs."""
    from parkgraph.show.documents import Cell

    linked = [any(row[at].link for row in cells) for at in range(len(headings))]

    def wide(row: Sequence[Any], iri: Callable[[Any], Any]) -> list[Any]:
        return [one for at, cell in enumerate(row) for one in ([cell, iri(cell)] if linked[at] else [cell])]

    rows = [wide(row, lambda cell: Cell(cell.link)) for row in cells]
    return wide(headings, lambda heading: f"{heading} (IRI)"), rows


def html_fragment(result: Result, *, lang: str, total: int) -> str:
    """The result for a notebook: a table without a page around it.  total: the rows there are in all."""
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.documents import escape, html_table

    if isinstance(result, bool):
        return f"<p>{yes_no(result, lang)}</p>"
    table = result if isinstance(result, Table) else _as_table(result)
    headings, cells = _cells(table, lang, prefixes(), named=False)
    more = _("{n} of {total} rows shown", n=len(cells), total=total)
    note = f"<p>{escape(more[lang])}</p>" if total > len(cells) else ""
    return "".join(html_table(headings, cells, lang=lang, caption=table.title)) + note


_RDF = {"ttl": "TURTLE", "nt": "N_TRIPLES", "json": "JSON_LD", "xml": "RDF_XML"}


def _rdf(triples: Iterable[Triple], format: str, prefixes: Mapping[str, str]) -> bytes:
    from pyoxigraph import RdfFormat, serialize

    in_order = sorted(set(triples), key=str)  # an engine gives them in any order
    used = "\n".join(str(triple) for triple in in_order)
    known = {prefix: namespace for prefix, namespace in prefixes.items() if f"<{namespace}" in used}
    written = serialize(
        in_order, format=getattr(RdfFormat, _RDF[format]), prefixes=None if format == "nt" else known
    )
    return written or b""


def _as_table(found: Triples) -> Table:
    in_order = sorted(set(found.triples), key=str)
    rows = [(triple.subject, triple.predicate, triple.object) for triple in in_order]
    return Table(("subject", "predicate", "object"), rows)

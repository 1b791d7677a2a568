"""An answer: rows with named fields, or triples, or yes and no; for Python, notebooks, pandas and rdflib.

With its evidence: for each row source, section, offsets and, with the article, the words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.errors import Usage
from parkgraph.messages import Text, _
from parkgraph.names import PARK
from parkgraph.show.cells import Label, Term, native

if TYPE_CHECKING:
    import pandas
    import rdflib

    from parkgraph.evidence.text import SourceText
    from parkgraph.read.files import Root
    from parkgraph.search.things import Evidence
    from parkgraph.show.results import Result


Kind = OneOf["rows", "triples", "boolean"]

Found = tuple[Sequence[str], list[tuple[Term | None, ...]]] | list[tuple[Term | None, ...]] | bool
"""What an engine gives: (variables, rows), triples, or a boolean."""

_SHOWN_ROWS = 100  # in a notebook


class Row(tuple[Any, ...]):
    """One row: a tuple whose fields are also `row.project` and `row["project"]`.

    Values are Python's: str for IRIs and text, int, Decimal, float, bool, date; None where nothing is bound;
    a tuple of passage IRIs in `evidence`; an int for a year.
    """

    columns: tuple[str, ...]

    def __new__(cls, columns: tuple[str, ...], values: Sequence[object]) -> Row:
        row = super().__new__(cls, values)
        row.columns = columns
        return row

    def __getattr__(self, name: str) -> Any:
        try:
            return tuple.__getitem__(self, self.columns.index(name))
        except ValueError:
            raise AttributeError(f"no column {name}; the columns are {', '.join(self.columns)}") from None

    def __getitem__(self, key: Any) -> Any:
        return self.asdict()[key] if isinstance(key, str) else tuple.__getitem__(self, key)

    def asdict(self) -> dict[str, Any]:
        """Column → value."""
        return dict(zip(self.columns, self, strict=True))

    def __repr__(self) -> str:
        return f"Row({', '.join(f'{name}={value!r}' for name, value in self.asdict().items())})"


@dataclass(frozen=True, slots=True, eq=False)
class Answer(Sequence[Row]):
    """What a question or query gives; a sequence of rows.

    name: of the question, "" for ad-hoc SPARQL.  kind: rows (SELECT), triples (CONSTRUCT, DESCRIBE: a row is
    subject, predicate, object) or boolean (ASK: one row `answer`; the Answer itself is true or false).
    terms: the rows as RDF terms.  headings: column → heading in `lang`.  parameters: name → terms used.
    label: IRI → label in `lang`.  hidden: columns that people's formats leave out.
    notices: what to know of it, such as terms of the query that occur nowhere in the graph.
    """

    kind: Kind
    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]
    lang: str = "en"
    name: str = ""
    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    parameters: Mapping[str, tuple[Term, ...]] = field(default_factory=dict)
    label: Label | None = None
    hidden: frozenset[str] = frozenset()
    notices: tuple[Text, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """All rows."""
        return list(self)

    def __len__(self) -> int:
        return len(self.terms)

    def __bool__(self) -> bool:
        return self[0][0] is True if self.kind == "boolean" else bool(self.terms)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> list[Row]: ...
    def __getitem__(self, index: int | slice) -> Row | list[Row]:
        if isinstance(index, slice):
            return [self._row(terms) for terms in self.terms[index]]
        return self._row(self.terms[index])

    def __iter__(self) -> Iterator[Row]:
        return map(self._row, self.terms)

    def _row(self, terms: Sequence[Term | None]) -> Row:
        return Row(self.columns, [native(name, term) for name, term in zip(self.columns, terms, strict=True)])

    def where(self, keep: Callable[[tuple[Term | None, ...]], bool]) -> Answer:
        """The same answer with only the rows whose terms satisfy `keep`."""
        return replace(self, terms=tuple(filter(keep, self.terms)))

    def first(self, count: int) -> Answer:
        """The same answer with at most `count` rows."""
        return replace(self, terms=self.terms[:count])

    @property
    def result(self) -> Result:
        """The answer as `show.results.write` takes it."""
        from pyoxigraph import Triple

        from parkgraph.show.results import Table, Triples

        if self.kind == "boolean":
            return bool(self)
        if self.kind == "triples":
            return Triples([Triple(*terms) for terms in self.terms])  # type: ignore[arg-type]
        return Table(self.columns, self.terms, self.headings, self.label, self.title, self.hidden)

    def write(self, file: str | Path, format: str | None = None, *, iris: bool = False) -> None:
        """Write the answer to `file`, in `format` or the one its suffix names; a CSV opens in a spreadsheet.

        iris: CSV and Excel say the IRI of each thing, too.
        Raises Usage for an unknown format and for a place that cannot be written to.
        """
        from parkgraph.show.output import opened
        from parkgraph.show.results import choose_format, write

        chosen = choose_format(format, file, terminal=False, triples=self.kind == "triples")
        with opened(file) as stream:
            write(self.result, chosen, stream, lang=self.lang, bom=chosen == "csv", iris=iris)

    def to_pandas(self) -> pandas.DataFrame:
        """A DataFrame: a column a variable; numbers are numbers, dates datetime64, yes and no booleans.

        A column that mixes kinds keeps Python's values.  Raises Usage when pandas is not installed.
        """
        from datetime import date, datetime
        from decimal import Decimal

        try:
            import pandas
        except ImportError:
            from parkgraph.errors import Usage

            raise Usage(_("pandas is not installed"), fix=_("pip install pandas")) from None
        rows = [tuple(row) for row in self]
        frame = pandas.DataFrame(rows, columns=list(self.columns), dtype=object)
        for column, values in zip(self.columns, zip(*rows, strict=True), strict=False):
            kinds = {type(value) for value in values if value is not None}
            if kinds == {int} and None in values:
                frame[column] = frame[column].astype("Int64")
            elif kinds and kinds <= {int, float, Decimal}:
                frame[column] = pandas.to_numeric(frame[column])
            elif kinds in ({date}, {datetime}):
                frame[column] = pandas.to_datetime(frame[column])
            elif kinds == {bool}:
                frame[column] = frame[column].astype("boolean")
        return frame

    def to_rdflib(self) -> rdflib.query.Result | rdflib.Graph:
        """rdflib's own form: a query Result for rows and booleans, a Graph for triples."""
        import io

        import rdflib

        if self.kind == "triples":
            return rdflib.Graph().parse(data=self._written("nt"), format="nt")
        return rdflib.query.Result.parse(io.BytesIO(self._written("json")), format="json")

    def _written(self, format: str) -> bytes:
        import io

        from parkgraph.show.results import write

        stream = io.BytesIO()
        write(self.result, format, stream, lang=self.lang)
        return stream.getvalue()

    def __str__(self) -> str:
        return self._written("ttl" if self.kind == "triples" else "table").decode().rstrip("\n")

    def __repr__(self) -> str:
        what = f"{len(self)} {self.kind}" if self.kind != "boolean" else str(bool(self))
        return f"<Answer {self.name}: {what}>" if self.name else f"<Answer: {what}>"

    def _repr_html_(self) -> str:
        from parkgraph.show.results import html_fragment

        return html_fragment(self.first(_SHOWN_ROWS).result, lang=self.lang, total=len(self))


# --- where a row comes from -----------------------------------------------------

HEADINGS = {
    "evidenceSource": _("source"),
    "evidenceSection": _("section"),
    "evidenceOffsets": _("offsets"),
    "evidenceText": _("text"),
}
"""The columns added to an answer; the last one only where texts are given."""

_BETWEEN = " | "

Cite = Callable[[Iterable[NamedNode]], "Sequence[Evidence]"]
"""Passages → what they are, in their order."""


def read_articles(files: Iterable[str | Path], root: Root, store: Store) -> dict[str, SourceText]:
    """IRI of a source → its text, for each of `files`.

    Raises Unreadable for a file that is not, byte for byte, the text of a source of the graph.
    """
    from parkgraph.evidence.text import load

    digest = NamedNode(PARK + "textSha256")
    sources = {
        quad.object.value.upper(): quad.subject
        for quad in store.quads_for_pattern(None, digest, None)
        if isinstance(quad.object, Literal) and isinstance(quad.subject, NamedNode)
    }
    texts = {}
    for file in files:
        text = load(file)
        if text.sha256 not in sources:
            from parkgraph.evidence.sources import identify, read_sources
            from parkgraph.graph.documents import Graph, read_documents

            graph = Graph(read_documents(root, "ontology", "data"))
            identify(text, read_sources(graph).values())  # says why not
        texts[sources[text.sha256].value] = text
    return texts


def with_details(
    answer: Answer, cite: Callable[[Iterable[NamedNode]], Sequence[Evidence]], texts: bool
) -> Answer:
    """The answer with the columns of HEADINGS added; several passages stand in their order between bars.

    cite: says what passages are.  texts: whether their words are at hand.
    Raises Usage when the answer has no column `evidence`.
    """
    if "evidence" not in answer.columns:
        raise Usage(
            _("{name} has no column evidence", name=answer.name),
            fix=_("ask it without --evidence and --article"),
        )
    added = [name for name in HEADINGS if texts or name != "evidenceText"]
    at, lang = answer.columns.index("evidence"), answer.lang

    def details(row: tuple[Term | None, ...]) -> tuple[Term | None, ...]:
        cell = row[at]
        found = cite(map(NamedNode, cell.value.split()) if isinstance(cell, Literal) else ())
        told = [
            _once([one.title[lang] for one in found]),
            _once([one.section.get(lang, "") for one in found]),
            _BETWEEN.join(f"{one.start}-{one.end}" for one in found),
            _BETWEEN.join(one.text or "" for one in found),
        ]
        return (*row, *map(Literal, told[: len(added)]))

    return replace(
        answer,
        columns=(*answer.columns, *added),
        terms=tuple(map(details, answer.terms)),
        headings={**answer.headings, **{name: HEADINGS[name][lang] for name in added}},
        hidden=answer.hidden | {"evidence"},
    )


def _once(names: Sequence[str]) -> str:
    """The names between bars; one name when all are the same."""
    return _BETWEEN.join(names if len(set(names)) > 1 else names[:1])

"""What an audit counted, as lines for a terminal and as Markdown; all of it as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from parkgraph.evidence.audit import Audit, SectionAudit, SourceAudit
from parkgraph.evidence.matching import Match
from parkgraph.evidence.sources import REASON, Name, plain
from parkgraph.messages import _, in_language
from parkgraph.show.findings import ReportContext
from parkgraph.show.reports import as_object
from parkgraph.show.results import Cell, markdown
from parkgraph.show.table import render

# fmt: off
_WORDS = {word["en"]: word for word in (
    _("Audit of the evidence"), _("In the graph"), _("Left out on purpose"),
    _("in no section"), _("code points"), _("section"), _("clause"), _("clauses"), _("number"), _("numbers"),
    _("passage"), _("passages"), _("node"),
    _("covered"), _("declared"), _("uncovered"), _("unmatched"), _("total"), _("reason"), _("property"),
    _("status"), _("matched as"), _("figure"), _("ordinal"), _("date"), _("a name"), _("ordinary word"),
    _("entities"), _("statements"), _("stated"), _("inferences"), _("computed"), _("omissions"),
)}
_NO_TEXT = _("text not given: clauses, numbers and digests not checked")
_HOW = {"name": "a name", "ordinary": "ordinary word"}  # the others are called as they are
# fmt: on

Rows = list[list[str]]


class Report:
    """Writes an audit.  lang: of headings and messages.  name: short names.

    details: list every clause and number too, not only what needs attention.
    """

    def __init__(self, audit: Audit, name: Name, lang: str, *, details: bool = False) -> None:
        self.audit = audit
        self.graph = audit.graph
        self.name = name
        self.lang = lang
        self.details = details

    def words(self, key: str) -> str:
        """A heading."""
        return _WORDS[key][self.lang]

    def table(self, columns: int) -> Iterator[str]:
        """Lines for a terminal of that width."""
        for source in self.audit.sources:
            yield self._source_line(source)
            for title, headings, rows in self._tables(source):
                yield ""
                if title:
                    yield title
                yield from render(headings, rows, _numeric(headings, rows), columns)
            yield ""
        yield self._counts_line()
        yield ""

    def markdown(self) -> Iterator[str]:
        """Lines of a Markdown document."""
        yield f"# {self.words('Audit of the evidence')}"
        for source in self.audit.sources:
            yield f"\n## {self._source_line(source)}"
            for title, headings, rows in self._tables(source):
                yield f"\n### {title}\n" if title else ""
                cells = [[Cell(text) for text in row] for row in rows]
                yield "".join(markdown(headings, cells, _numeric(headings, rows))).rstrip("\n")
        yield f"\n{self._counts_line()}\n"

    def json(self, context: ReportContext) -> dict[str, Any]:
        """Everything as plain data. The words of the text are in the messages of findings only.

        context: the findings as `validate` tells them.
        """
        return {
            "sources": [self._source_json(source) for source in self.audit.sources],
            "counts": self.audit.counts,
            "findings": [as_object(finding, context) for finding in context.findings],
        }

    def _source_line(self, source: SourceAudit) -> str:
        label = in_language(source.source.labels, self.lang)
        parts = [source.source.slug, label, f"{source.passages} {self.words('passages')}"]
        text = f"{len(source.text)} {self.words('code points')}" if source.text else _NO_TEXT[self.lang]
        return " · ".join(part for part in (*parts, text) if part)

    def _counts_line(self) -> str:
        counted = " · ".join(f"{self.words(what)} {count}" for what, count in self.audit.counts.items())
        return f"{self.words('In the graph')}: {counted}"

    def _tables(self, source: SourceAudit) -> Iterator[tuple[str, list[str], Rows]]:
        """Title, headings and rows of each table of a source; none where its text was not given."""
        if not source.text:
            return
        heads = ("section", "clauses", "covered", "declared", "uncovered", "numbers", "unmatched")
        rows = [[self._section_name(part), *map(str, _numbers_of(part))] for part in source.sections]
        sums = [sum(column) for column in zip(*map(_numbers_of, source.sections), strict=True)]
        yield self._table("", heads, [*rows, [self.words("total"), *map(str, sums)]])
        omitted = [
            [str(span), in_language(self.graph.texts(omission, REASON), self.lang)]
            for span, omissions in sorted(source.omitted.items())
            for omission in omissions
        ]
        if omitted:
            yield self._table("Left out on purpose", ("passage", "reason"), omitted)
        if self.details:
            clauses = [clause for part in source.sections for clause in part.clauses]
            statuses = [[str(clause.span), self.words(clause.status)] for clause in clauses]
            yield self._table("clauses", ("clause", "status"), statuses)
            matches = [self._match_row(match) for part in source.sections for match in part.numbers]
            yield self._table("numbers", ("passage", "number", "matched as", "node", "property"), matches)

    def _table(self, title: str, headings: Iterable[str], rows: Rows) -> tuple[str, list[str], Rows]:
        return self.words(title) if title else "", [self.words(heading) for heading in headings], rows

    def _section_name(self, part: SectionAudit) -> str:
        return in_language(part.section.labels, self.lang) if part.section else self.words("in no section")

    def _match_row(self, match: Match) -> list[str]:
        names = [self.name(term) if term else "" for term in (match.node, match.predicate)]
        return [
            str(match.number.span),
            match.number.printed,
            self.words(_HOW.get(match.how, match.how)),
            *names,
        ]

    def _source_json(self, source: SourceAudit) -> dict[str, Any]:
        return {
            "source": source.source.iri,
            "textSha256": source.source.sha256,
            "textLength": source.source.length,
            "textGiven": source.text is not None,
            "passages": source.passages,
            "sections": [_section_json(part) for part in source.sections],
            "omissions": [
                {
                    "passage": asdict(span),
                    "omission": plain(omission),
                    "reason": self.graph.texts(omission, REASON),
                }
                for span, omissions in sorted(source.omitted.items())
                for omission in omissions
            ],
        }


def _numeric(headings: Sequence[str], rows: Rows) -> list[bool]:
    return [all(row[column].isdecimal() for row in rows) for column in range(len(headings))]


def _section_json(part: SectionAudit) -> dict[str, Any]:
    counts = ("clauses", "covered", "declared", "uncovered", "numbers", "unmatched")
    return {
        "section": part.section.iri if part.section else None,
        "label": part.section.labels if part.section else {},
        "counts": dict(zip(counts, _numbers_of(part), strict=True)),
        "clauses": [
            {
                **asdict(clause.span),
                "status": clause.status,
                "missing": [asdict(span) for span in clause.missing],
                "omissions": [plain(omission) for omission in clause.omissions],
            }
            for clause in part.clauses
        ],
        "numbers": [
            {
                **asdict(match.number.span),
                "printed": match.number.printed,
                "kind": match.number.kind,
                "match": match.how,
                "node": plain(match.node) if match.node else None,
                "property": match.predicate.value if match.predicate else None,
                "reason": match.number.reason,
                "omissions": [plain(omission) for omission in match.omissions],
            }
            for match in part.numbers
        ],
    }


def _numbers_of(part: SectionAudit) -> list[int]:
    statuses = [part.count(status) for status in ("covered", "declared", "uncovered")]
    return [len(part.clauses), *statuses, len(part.numbers), part.unmatched]

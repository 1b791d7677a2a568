"""The audit and what was taken from a clause, as lines for a terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from parkgraph.evidence.audit import Audit, SectionAudit, SourceAudit
from parkgraph.evidence.cited import CitedNode, CitedPlace
from parkgraph.evidence.matching import Match
from parkgraph.evidence.sources import REASON, Name, plain
from parkgraph.evidence.text import Span
from parkgraph.finding import Finding
from parkgraph.messages import _, in_language
from parkgraph.show.documents import Cell, markdown
from parkgraph.show.table import render, wrap

FORMATS = ("table", "json", "md")

_WORDS = {
    "audit": _("Audit of the evidence"),
    "findings": _("Findings"),
    "none": _("No findings."),
    "counts": _("In the graph"),
    "left out": _("Left out on purpose"),
    "outside": _("in no section"),
    "no text": _("text not given: clauses, numbers and digests not checked"),
    "as": _("matched as"),
    "because": _("because"),
    "annotation": _("annotated triple"),
    "ordinary": _("ordinary word"),
    "section": _("section"),
    "clause": _("clause"),
    "clauses": _("clauses"),
    "covered": _("covered"),
    "declared": _("declared"),
    "uncovered": _("uncovered"),
    "number": _("number"),
    "numbers": _("numbers"),
    "unmatched": _("unmatched"),
    "total": _("total"),
    "passage": _("passage"),
    "passages": _("passages"),
    "code points": _("code points"),
    "reason": _("reason"),
    "node": _("node"),
    "property": _("property"),
    "status": _("status"),
    "entities": _("entities"),
    "statements": _("statements"),
    "stated": _("stated"),
    "inferences": _("inferences"),
    "computed": _("computed"),
    "omissions": _("omissions"),
    "nothing": _("nothing"),
    "basis": _("basis"),
    "fix": _("fix"),
    "figure": _("figure"),
    "ordinal": _("ordinal"),
    "date": _("date"),
    "name": _("a name"),
    "violation": _("violation"),
    "warning": _("warning"),
    "info": _("info"),
}

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
        yield from finding_lines(self.audit.findings, self.lang)

    def markdown(self) -> Iterator[str]:
        """Lines of a Markdown document."""
        yield f"# {self.words('audit')}"
        for source in self.audit.sources:
            yield f"\n## {self._source_line(source)}"
            for title, headings, rows in self._tables(source):
                yield f"\n### {title}\n" if title else ""
                cells = [[Cell(text) for text in row] for row in rows]
                yield "".join(markdown(headings, cells, _numeric(headings, rows))).rstrip("\n")
        yield f"\n{self._counts_line()}"
        yield f"\n## {self.words('findings')}\n"
        for line in finding_lines(self.audit.findings, self.lang):
            yield f"- {line}" if not line.startswith(" ") else line

    def json(self) -> dict[str, Any]:
        """Everything as plain data. The words of the text are in the messages of findings only."""
        return {
            "sources": [self._source_json(source) for source in self.audit.sources],
            "counts": self.audit.counts,
            "findings": [finding_json(finding) for finding in self.audit.findings],
        }

    def _source_line(self, source: SourceAudit) -> str:
        label = in_language(source.source.labels, self.lang)
        parts = [source.source.slug, label, f"{source.passages} {self.words('passages')}"]
        text = f"{len(source.text)} {self.words('code points')}" if source.text else self.words("no text")
        return " · ".join(part for part in (*parts, text) if part)

    def _counts_line(self) -> str:
        counted = " · ".join(f"{self.words(what)} {count}" for what, count in self.audit.counts.items())
        return f"{self.words('counts')}: {counted}"

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
            yield self._table("left out", ("passage", "reason"), omitted)
        if self.details:
            clauses = [clause for part in source.sections for clause in part.clauses]
            statuses = [[str(clause.span), self.words(clause.status)] for clause in clauses]
            yield self._table("clauses", ("clause", "status"), statuses)
            matches = [self._match_row(match) for part in source.sections for match in part.numbers]
            yield self._table("numbers", ("passage", "number", "as", "node", "property"), matches)

    def _table(self, title: str, headings: Iterable[str], rows: Rows) -> tuple[str, list[str], Rows]:
        return self.words(title) if title else "", [self.words(heading) for heading in headings], rows

    def _section_name(self, part: SectionAudit) -> str:
        return in_language(part.section.labels, self.lang) if part.section else self.words("outside")

    def _match_row(self, match: Match) -> list[str]:
        names = [self.name(term) if term else "" for term in (match.node, match.predicate)]
        return [str(match.number.span), match.number.printed, self.words(match.how), *names]

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
                    "passage": _span(span),
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
                **_span(clause.span),
                "status": clause.status,
                "missing": [_span(span) for span in clause.missing],
                "omissions": [plain(omission) for omission in clause.omissions],
            }
            for clause in part.clauses
        ],
        "numbers": [
            {
                **_span(match.number.span),
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


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def finding_lines(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    """Findings as `file:line:column: severity: message [check]`, each with its fix on the next line."""
    for finding in findings:
        place = "".join(f"{part}:" for part in (finding.file, finding.line, finding.column) if part)
        message = in_language(finding.messages, lang)
        yield f"{place}{' ' if place else ''}{_WORDS[finding.severity][lang]}: {message} [{finding.rule}]"
        if finding.fix:
            yield f"    {_WORDS['fix'][lang]}: {in_language(finding.fix, lang)}"
    if not findings:
        yield _WORDS["none"][lang]


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data, without what is not known."""
    place = ("file", "line", "column", "end_line", "end_column")
    known = {part: getattr(finding, part) for part in ("severity", "rule", *place, "focus", "value")}
    texts: dict[str, Mapping[str, str] | None] = {"messages": finding.messages, "fix": finding.fix}
    return {part: value for part, value in known.items() if value is not None} | {
        part: dict(text) for part, text in texts.items() if text
    }


# --- what was taken from a clause ---------------------------------------------


def place_lines(places: Iterable[CitedPlace], lang: str, columns: int) -> Iterator[str]:
    """Each place with its text, and under it the nodes that cite it."""
    for place in places:
        yield f"{place.source.slug} {place.span}"
        yield from (f"  {line}" for line in wrap(" ".join(place.text.split()), max(columns - 2, 20)))
        if not place.nodes:
            yield f"    {_WORDS['nothing'][lang]}"
        for node in place.nodes:
            yield ""
            head, *facts = _node_lines(node, lang)
            yield from _hung(f"- {head}", 2, columns)
            passages = f"{_WORDS['passage'][lang]} {', '.join(map(str, node.passages))}"
            basis = f"{_WORDS['basis'][lang]} {node.basis}" if node.basis else ""
            yield from _hung(
                "  " + " · ".join(part for part in (node.node, basis, passages) if part), 2, columns
            )
            for fact in facts:
                yield from _hung(f"    {fact}", 6, columns)
        yield ""


def place_markdown(places: Iterable[CitedPlace], lang: str) -> Iterator[str]:
    """Each place as a heading, its nodes as a nested list."""
    for place in places:
        yield f"## {place.source.slug} {place.span}\n"
        yield f"> {' '.join(place.text.split())}\n"
        for node in place.nodes:
            head, *facts = _node_lines(node, lang)
            basis = f" · {_WORDS['basis'][lang]} {node.basis}" if node.basis else ""
            yield f"- **{head}** (`{node.node}`{basis})"
            yield from (f"    - {' '.join(fact.split())}" for fact in facts)
        yield ""


def _node_lines(node: CitedNode, lang: str) -> Iterator[str]:
    """What kind of thing it is and what it is called; then a line a property and a reason."""
    kind = node.kind or _WORDS["annotation"][lang]
    yield f"{kind}: {node.label}" if node.label else kind
    for heading, values in node.properties.items():
        yield f"{heading}: {'; '.join(values)}"
    for reason in node.reasons:
        yield f"{_WORDS['because'][lang]}: {reason}"


def _hung(text: str, indent: int, columns: int) -> Iterator[str]:
    """Wrapped lines; those after the first are indented."""
    margin = len(text) - len(text.lstrip())
    first, *rest = wrap(text.lstrip(), max(columns - indent - margin, 20))
    yield " " * margin + first
    yield from (" " * indent + line for line in rest)


def place_json(place: CitedPlace) -> dict[str, Any]:
    """A place as plain data."""
    return {
        "source": place.source.iri,
        **_span(place.span),
        "text": place.text,
        "facts": [
            {
                "node": node.node,
                "kind": node.kind,
                "label": node.label,
                "basis": node.basis or None,
                "passages": [_span(span) for span in node.passages],
                "properties": node.properties,
                "reasons": list(node.reasons),
            }
            for node in place.nodes
        ],
    }

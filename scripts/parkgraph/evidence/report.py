"""What an audit counted, as lines for a terminal; all of it as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from parkgraph.evidence.audit import Audit, SectionAudit, SourceAudit
from parkgraph.evidence.sources import REASON, Name, plain
from parkgraph.messages import _, in_language
from parkgraph.show.findings import ReportContext
from parkgraph.show.reports import as_object
from parkgraph.show.table import render

# fmt: off
_WORDS = {word["en"]: word for word in (
    _("In the graph"), _("Left out on purpose"), _("in no section"), _("code points"), _("section"),
    _("clause"), _("clauses"), _("number"), _("numbers"), _("passage"), _("passages"), _("node"),
    _("covered"), _("declared"), _("uncovered"), _("unmatched"), _("total"), _("reason"), _("property"),
    _("status"), _("matched as"), _("figure"), _("ordinal"), _("date"), _("a name"), _("ordinary word"),
    _("entities"), _("statements"), _("stated"), _("inferences"), _("computed"), _("omissions"),
)}
_NO_TEXT = _("text not given: clauses, numbers and digests not checked")
_HOW = {"name": "a name", "ordinary": "ordinary word"}  # the others are called as they are
# fmt: on


def lines(audit: Audit, name: Name, lang: str, columns: int, *, details: bool = False) -> Iterator[str]:
    """For a terminal of that width.  name: short names.  details: every clause and number, too."""

    def word(key: str) -> str:
        return _WORDS[key][lang]

    def table(headings: Sequence[str], rows: Sequence[Sequence[str]], title: str = "") -> Iterator[str]:
        yield from ("", word(title)) if title else ("",)
        numeric = [all(cell.isdecimal() for cell in column) for column in zip(*rows, strict=True)]
        yield from render([word(heading) for heading in headings], rows, numeric, columns)

    for source in audit.sources:
        label, text = in_language(source.source.labels, lang), source.text
        size = f"{len(text)} {word('code points')}" if text else _NO_TEXT[lang]
        about = (source.source.slug, label, f"{source.passages} {word('passages')}", size)
        yield " · ".join(filter(None, about))
        if text:
            titles = [
                part.section.labels if part.section else word("in no section") for part in source.sections
            ]
            counts = [tuple(part.counts.values()) for part in source.sections]
            rows = [
                (in_language(title, lang), *map(str, row)) for title, row in zip(titles, counts, strict=True)
            ]
            sums = (word("total"), *(str(sum(column)) for column in zip(*counts, strict=True)))
            yield from table(("section", *SectionAudit.COUNTED), [*rows, sums])
            omitted = [
                (str(span), in_language(audit.graph.texts(one, REASON), lang))
                for span, one in source.left_out
            ]
            if omitted:
                yield from table(("passage", "reason"), omitted, "Left out on purpose")
        if text and details:
            statuses = [(str(one.span), word(one.status)) for part in source.sections for one in part.clauses]
            yield from table(("clause", "status"), statuses, "clauses")
            matches = [
                (
                    *(str(one.number.span), one.number.printed, word(_HOW.get(one.how, one.how))),
                    *(name(term) if term else "" for term in (one.node, one.predicate)),
                )
                for part in source.sections
                for one in part.numbers
            ]
            yield from table(("passage", "number", "matched as", "node", "property"), matches, "numbers")
        yield ""
    counted = " · ".join(f"{word(what)} {count}" for what, count in audit.counts.items())
    yield from (f"{word('In the graph')}: {counted}", "")


def data(audit: Audit, context: ReportContext) -> dict[str, Any]:
    """Everything as plain data. The words of the text are in the messages of findings only.

    context: the findings as `validate` tells them.
    """
    return {
        "sources": [_source(source, audit) for source in audit.sources],
        "counts": audit.counts,
        "findings": [as_object(finding, context) for finding in context.findings],
    }


def _source(source: SourceAudit, audit: Audit) -> dict[str, Any]:
    return {
        "source": source.source.iri,
        "textSha256": source.source.sha256,
        "textLength": source.source.length,
        "textGiven": source.text is not None,
        "passages": source.passages,
        "sections": [_section(part) for part in source.sections],
        "omissions": [
            {"passage": span.data(), "omission": plain(one), "reason": audit.graph.texts(one, REASON)}
            for span, one in source.left_out
        ],
    }


def _section(part: SectionAudit) -> dict[str, Any]:
    return {
        "section": part.section.iri if part.section else None,
        "label": part.section.labels if part.section else {},
        "counts": part.counts,
        "clauses": [
            {
                **clause.span.data(),
                "status": clause.status,
                "missing": [span.data() for span in clause.missing],
                "omissions": [plain(omission) for omission in clause.omissions],
            }
            for clause in part.clauses
        ],
        "numbers": [
            {
                **match.number.span.data(),
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

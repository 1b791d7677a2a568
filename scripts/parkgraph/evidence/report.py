"""The audit and the rendered facts of a clause as lines for a terminal, as Markdown and as JSON."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from parkgraph.evidence.audit import Audit, SectionAudit, SourceAudit
from parkgraph.evidence.checks import Name
from parkgraph.evidence.facts import REASON, Facts
from parkgraph.evidence.matching import Match
from parkgraph.evidence.text import Span
from parkgraph.evidence.told import Place, Told
from parkgraph.finding import Finding
from parkgraph.show.table import render, wrap

FORMATS = ("table", "json", "md")

_WORDS = {
    "en": {
        "audit": "Audit of the evidence",
        "findings": "Findings",
        "none": "No findings.",
        "counts": "In the graph",
        "left out": "Left out on purpose",
        "outside": "in no section",
        "no text": "text not given: clauses, numbers and digests not checked",
        "as": "matched as",
        "because": "because",
        "annotation": "annotated triple",
        "ordinary": "ordinary word",
    },
    "zh": {
        "audit": "出处审核",
        "findings": "发现的问题",
        "none": "没有发现问题。",
        "counts": "图谱中有",
        "left out": "有意不采录",
        "outside": "不在任何章节",
        "no text": "未给出文本：未检查分句、数和摘要值",
        "as": "对应为",
        "because": "理由",
        "annotation": "带注解的三元组",
        "ordinary": "普通词",
        "section": "章节",
        "clause": "分句",
        "clauses": "分句",
        "covered": "已覆盖",
        "declared": "声明不采录",
        "uncovered": "未覆盖",
        "number": "数",
        "numbers": "数",
        "unmatched": "未对应",
        "total": "合计",
        "passage": "段落",
        "passages": "个段落",
        "code points": "个码点",
        "reason": "理由",
        "node": "节点",
        "property": "属性",
        "status": "状态",
        "entities": "实体",
        "statements": "陈述",
        "stated": "明言",
        "inferences": "推断",
        "computed": "计算",
        "omissions": "声明不采录",
        "nothing": "无",
        "basis": "依据",
        "fix": "改法",
        "figure": "数值",
        "ordinal": "序号",
        "date": "日期",
        "name": "名称",
        "violation": "错误",
        "warning": "警告",
        "info": "提示",
    },
}


def _words(lang: str) -> Callable[[str], str]:
    """Key → heading; an English heading that is its own key is not listed."""
    known = _WORDS.get(lang, _WORDS["en"])
    return lambda key: known.get(key, key)


class Report:
    """Writes an audit.  lang: of headings and messages.  name: short names.  facts: for labels and reasons.

    details: list every clause and number too, not only what needs attention.
    """

    def __init__(self, audit: Audit, facts: Facts, name: Name, lang: str, *, details: bool = False) -> None:
        self.audit = audit
        self.facts = facts
        self.name = name
        self.lang = lang
        self.details = details
        self.words = _words(lang)

    def table(self, columns: int) -> Iterator[str]:
        """Lines for a terminal of that width."""
        for source in self.audit.sources:
            yield self._source_line(source)
            for title, headings, rows in self._tables(source):
                yield ""
                if title:
                    yield title
                numeric = [all(row[i].isdecimal() for row in rows) for i in range(len(headings))]
                yield from render(headings, rows, numeric, columns)
            yield ""
        yield self._counts_line()
        yield ""
        yield from finding_lines(self.audit.findings, self.lang)

    def markdown(self) -> Iterator[str]:
        """Lines of a Markdown document."""
        yield f"# {self.words('audit')}"
        for source in self.audit.sources:
            yield f"\n## {_cell(self._source_line(source))}"
            for title, headings, rows in self._tables(source):
                yield f"\n### {title}\n" if title else ""
                yield from _markdown_table(headings, rows)
        yield f"\n{self._counts_line()}"
        yield f"\n## {self.words('findings')}\n"
        if not self.audit.findings:
            yield self.words("none")
        for finding in self.audit.findings:
            place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
            message, fix = _said(finding.messages, self.lang), _said(finding.fix or {}, self.lang)
            severity = self.words(finding.severity)
            yield f"- **{severity}** `{finding.rule}` {place}: {_cell(message)}  \n  {_cell(fix)}"

    def json(self) -> dict[str, Any]:
        """Everything as plain data. The words of the text are in the messages of findings only."""
        return {
            "sources": [self._source_json(source) for source in self.audit.sources],
            "counts": self.audit.counts,
            "findings": [finding_json(finding) for finding in self.audit.findings],
        }

    def _source_line(self, source: SourceAudit) -> str:
        words, label = self.words, source.source.labels
        shown = label.get(self.lang) or next(iter(label.values()), "")
        parts = [source.source.slug, shown, f"{source.passages} {words('passages')}"]
        if source.text:
            parts.append(f"{len(source.text)} {words('code points')}")
        else:
            parts.append(words("no text"))
        return " · ".join(part for part in parts if part)

    def _counts_line(self) -> str:
        counted = " · ".join(f"{self.words(what)} {count}" for what, count in self.audit.counts.items())
        return f"{self.words('counts')}: {counted}"

    def _tables(self, source: SourceAudit) -> Iterator[tuple[str, list[str], list[list[str]]]]:
        """Title, headings and rows of each table of a source; none where its text was not given."""
        words = self.words
        if not source.text:
            return
        heads = ("section", "clauses", "covered", "declared", "uncovered", "numbers", "unmatched")
        rows = [[self._section_name(part), *map(str, _numbers_of(part))] for part in source.sections]
        sums = [sum(column) for column in zip(*map(_numbers_of, source.sections), strict=True)]
        yield "", [words(head) for head in heads], [*rows, [words("total"), *map(str, sums)]]
        if omitted := self._omitted_rows(source):
            yield words("left out"), [words("passage"), words("reason")], omitted
        if self.details:
            clauses = [
                [str(clause.span), words(clause.status)]
                for part in source.sections
                for clause in part.clauses
            ]
            yield words("clauses"), [words("clause"), words("status")], clauses
            columns = ("passage", "number", "as", "node", "property")
            matches = [self._match_row(match) for part in source.sections for match in part.numbers]
            yield words("numbers"), [words(column) for column in columns], matches

    def _section_name(self, part: SectionAudit) -> str:
        labels = part.section.labels if part.section else {}
        return _said(labels, self.lang) if labels else self.words("outside")

    def _omitted_rows(self, source: SourceAudit) -> list[list[str]]:
        return [
            [str(span), _said(self.facts.texts(omission, REASON), self.lang)]
            for span, omissions in sorted(source.omitted.items())
            for omission in omissions
        ]

    def _match_row(self, match: Match) -> list[str]:
        return [
            str(match.number.span),
            match.number.printed,
            self.words(match.how),
            self.name(match.node) if match.node else "",
            self.name(match.predicate) if match.predicate else "",
        ]

    def _source_json(self, source: SourceAudit) -> dict[str, Any]:
        return {
            "source": source.source.iri,
            "textSha256": source.source.sha256,
            "textLength": source.source.length,
            "textGiven": source.text is not None,
            "passages": source.passages,
            "sections": [self._section_json(part) for part in source.sections],
            "omissions": [
                {"passage": _span(span), "omission": iri, "reason": self.facts.texts(iri, REASON)}
                for span, iris in sorted(source.omitted.items())
                for iri in iris
            ],
        }

    def _section_json(self, part: SectionAudit) -> dict[str, Any]:
        counts = ("clauses", "covered", "declared", "uncovered", "numbers", "unmatched")
        return {
            "section": part.section.iri if part.section else None,
            "label": part.section.labels if part.section else {},
            "counts": dict(zip(counts, _numbers_of(part), strict=True)),
            "clauses": [
                {**_span(clause.span), "status": clause.status, "missing": [_span(s) for s in clause.missing],
                 "omissions": list(clause.omissions)}
                for clause in part.clauses
            ],
            "numbers": [
                {**_span(match.number.span), "printed": match.number.printed, "kind": match.number.kind,
                 "match": match.how, "node": match.node, "property": match.predicate,
                 "reason": match.number.reason, "omissions": list(match.omissions)}
                for match in part.numbers
            ],
        }  # fmt: skip


def finding_lines(findings: Sequence[Finding], lang: str) -> Iterator[str]:
    """Findings as `file:line:column: severity: message [check]`, each with its fix on the next line."""
    words = _words(lang)
    for finding in findings:
        place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part)
        message = _said(finding.messages, lang)
        yield f"{place}: {words(finding.severity)}: {message} [{finding.rule}]"
        if finding.fix:
            yield f"    {words('fix')}: {_said(finding.fix, lang)}"
    if not findings:
        yield words("none")


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as plain data, without what is not known."""
    parts = (
        "severity",
        "rule",
        "file",
        "line",
        "column",
        "end_line",
        "end_column",
        "focus",
        "value",
        "messages",
        "fix",
    )
    return {part: value for part in parts if (value := getattr(finding, part)) is not None}


# --- what was taken from a clause ---------------------------------------------


def place_lines(places: Iterable[Place], lang: str, columns: int) -> Iterator[str]:
    """Each place with its text, and under it the nodes that cite it."""
    words = _words(lang)
    for place in places:
        yield f"{place.source.slug} {place.span}"
        yield from (f"  {line}" for line in wrap(" ".join(place.text.split()), max(columns - 2, 20)))
        if not place.told:
            yield f"    {words('nothing')}"
        for told in place.told:
            yield ""
            yield from _told_lines(told, words, columns)
        yield ""


def _told_lines(told: Told, words: Callable[[str], str], columns: int) -> Iterator[str]:
    kind = told.kind or words("annotation")
    head = f"{kind}: {told.label}" if told.label else kind
    yield from _hung(f"- {head}", 2, columns)
    passages = ", ".join(map(str, told.passages))
    facts = [told.node, f"{words('passage')} {passages}"]
    if told.basis:
        facts.insert(1, f"{words('basis')} {told.basis}")
    yield from _hung("  " + " · ".join(facts), 2, columns)
    for line in told.lines:
        yield from _hung(f"    {line.property}: {'; '.join(line.values)}", 6, columns)
    for reason in told.reasons:
        yield from _hung(f"    {words('because')}: {reason}", 6, columns)


def _hung(text: str, indent: int, columns: int) -> Iterator[str]:
    """Wrapped lines; those after the first are indented."""
    margin = len(text) - len(text.lstrip())
    first, *rest = wrap(text.lstrip(), max(columns - indent - margin, 20))
    yield " " * margin + first
    yield from (" " * indent + line for line in rest)


def place_json(place: Place) -> dict[str, Any]:
    """A place as plain data."""
    return {
        "source": place.source.iri,
        **_span(place.span),
        "text": place.text,
        "facts": [
            {
                "node": told.node, "kind": told.kind, "label": told.label, "basis": told.basis or None,
                "passages": [_span(span) for span in told.passages],
                "properties": {line.property: list(line.values) for line in told.lines},
                "reasons": list(told.reasons),
            }
            for told in place.told
        ],
    }  # fmt: skip


def place_markdown(places: Iterable[Place], lang: str) -> Iterator[str]:
    """Each place as a heading, its nodes as a nested list."""
    words = _words(lang)
    for place in places:
        yield f"## {place.source.slug} {place.span}\n"
        yield f"> {_cell(place.text)}\n"
        for told in place.told:
            basis = f" · {words('basis')} {told.basis}" if told.basis else ""
            kind = _cell(told.kind or words("annotation"))
            yield f"- **{kind}** {_cell(told.label)} (`{told.node}`{basis})"
            for line in told.lines:
                yield f"    - {_cell(line.property)}: {_cell('; '.join(line.values))}"
            for reason in told.reasons:
                yield f"    - {words('because')}: {_cell(reason)}"
        yield ""


# --- pieces --------------------------------------------------------------------


def _numbers_of(part: SectionAudit) -> list[int]:
    statuses = [part.count(status) for status in ("covered", "declared", "uncovered")]
    return [len(part.clauses), *statuses, len(part.numbers), part.unmatched]


def _span(span: Span) -> dict[str, int]:
    return {"start": span.start, "end": span.end}


def _said(texts: Mapping[str, str], lang: str) -> str:
    return texts.get(lang) or texts.get("en") or next(iter(texts.values()), "")


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(map(_cell, headings)) + " |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield "| " + " | ".join(map(_cell, row)) + " |"

"""The audit: what of each source the graph covers, and everything about evidence that is wrong.

(That a fact lacks evidence or a reason, the shapes say: ontology/shapes/evidence.ttl.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.findings import found, found_in
from parkgraph.evidence.matching import Match, figures, match_numbers
from parkgraph.evidence.numerals import numbers
from parkgraph.evidence.passages import CheckGenerated, Uses, generated_in, passage_findings, used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, Name, Section, Source, namer, pinned
from parkgraph.evidence.text import Clause, SourceText, Span, cover
from parkgraph.finding import Finding, Place
from parkgraph.graph.documents import LABELS, Graph, read_documents
from parkgraph.names import CODE, ENTITY, PARK, SKOS
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document, Term


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who points to the passages of one source: passage → nodes.  cited: facts.  omitted: omissions."""

    cited: dict[Span, list[Term]]
    omitted: dict[Span, list[Term]]


@dataclass(frozen=True, slots=True)
class SectionAudit:
    """One section (None: what lies in none) with its clauses and numbers."""

    COUNTED: ClassVar = ("clauses", "covered", "declared", "uncovered", "numbers", "unmatched")

    section: Section | None
    clauses: list[Clause]
    numbers: list[Match]

    @property
    def counts(self) -> dict[str, int]:
        """How many clauses there are, by status, too, and how many numbers; unmatched: not in the graph."""
        statuses = [clause.status for clause in self.clauses]
        by_status = [statuses.count(status) for status in ("covered", "declared", "uncovered")]
        unmatched = sum(match.how == "unmatched" for match in self.numbers)
        counts = (len(statuses), *by_status, len(self.numbers), unmatched)
        return dict(zip(self.COUNTED, counts, strict=True))


@dataclass(frozen=True, slots=True)
class SourceAudit:
    """One source.

    passages: how many are used.  left_out: each passage with each omission that declares it, in the order of
    the text.  text, sections: where its text was given.
    """

    source: Source
    passages: int
    left_out: list[tuple[Span, Term]]
    text: SourceText | None
    sections: list[SectionAudit]


@dataclass(frozen=True, slots=True)
class Audit:
    """The result.  counts: entities, statements, bases, omissions.  graph: what was audited."""

    sources: list[SourceAudit]
    counts: dict[str, int]
    findings: list[Finding]
    graph: Graph


def audit(root: Root, texts: Iterable[SourceText] = (), documents: Iterable[Document] | None = None) -> Audit:
    """Audits the graph at `root`; clauses, numbers and digests of the sources whose text is given.

    documents: its files, where they are parsed already.
    Raises Unreadable for a text that is no source of the graph, or a file that is not Turtle.
    """
    if documents is None:
        documents = read_documents(root, "ontology", "codes", "data", "passages")
    graph = Graph(tuple(documents))
    return audit_graph(graph, namer(prefixes(root.path)), generated_in(root, graph), texts)


def audit_graph(
    graph: Graph, name: Name, generated: CheckGenerated, texts: Iterable[SourceText] = ()
) -> Audit:
    """As `audit`, for a graph that is already read.

    name: what messages call a thing.  generated: checks the descriptions of passages.
    Raises Unreadable for a text that is no source of the graph.
    """
    (sources, given), uses = pinned(graph, texts), used_passages(graph)
    findings = [*passage_findings(graph, sources, given, generated), *check_printed_forms(graph, name)]
    audited = []
    for iri, source in sources.items():
        text, evidence = given.get(iri), evidence_of(graph, uses.get(iri, {}))
        sections = _sections(source, text, graph, evidence) if text else []
        left_out = [(span, one) for span, omissions in sorted(evidence.omitted.items()) for one in omissions]
        audited.append(SourceAudit(source, len(uses.get(iri, {})), left_out, text, sections))
        findings += check_omissions(graph, evidence, name)
        if text:
            findings += _text_findings(text, sections, graph, evidence, name)
    return Audit(audited, _counts(graph), sorted(findings, key=Finding.sort_key), graph)


def evidence_of(graph: Graph, uses: Uses) -> Evidence:
    """Passages of one source by who cites them."""
    omissions = set(graph.instances(_OMISSION))
    cited: dict[Span, list[Term]] = defaultdict(list)
    omitted: dict[Span, list[Term]] = defaultdict(list)
    for span, users in uses.items():
        for subject, predicate, __ in (user.fact for user in users):
            if predicate == EVIDENCE:
                (omitted if subject in omissions else cited)[span].append(subject)
    return Evidence(dict(cited), dict(omitted))


def _sections(source: Source, text: SourceText, graph: Graph, evidence: Evidence) -> list[SectionAudit]:
    parts = {section.iri: SectionAudit(section, [], []) for section in source.sections}
    outside = SectionAudit(None, [], [])

    def part(span: Span) -> SectionAudit:
        section = source.section_at(span.start)
        return parts[section.iri] if section else outside

    for clause in cover(text.text, evidence.cited, evidence.omitted):
        part(clause.span).clauses.append(clause)
    for match in match_numbers(text, graph, evidence.cited, evidence.omitted):
        part(match.number.span).numbers.append(match)
    return [*parts.values(), *([outside] if outside.clauses else [])]


def _text_findings(
    text: SourceText, sections: Iterable[SectionAudit], graph: Graph, evidence: Evidence, name: Name
) -> Iterator[Finding]:
    for part in sections:
        yield from (_uncovered(text, clause) for clause in part.clauses if clause.missing)
        yield from (_unmatched(text, match) for match in part.numbers if match.how == "unmatched")
    passages: dict[Term, list[Span]] = defaultdict(list)
    for span, nodes in evidence.cited.items():
        for node in nodes:
            passages[node].append(span)
    yield from check_printed(graph, passages, text, name)
    yield from check_names(graph, passages, text, name)


def _uncovered(text: SourceText, clause: Clause) -> Finding:
    rest = "…".join(text.part(span) for span in clause.missing)
    values = {"span": clause.span, "rest": rest}
    return found("clause-uncovered", _in_text(text, clause.missing[0]), values, value=str(clause.span))


def _unmatched(text: SourceText, match: Match) -> Finding:
    span, printed = match.number.span, match.number.printed
    around = Span(max(0, span.start - 6), min(len(text), span.end + 6))
    values = {"span": span, "printed": printed, "context": " ".join(text.part(around).split())}
    return found("number-unmatched", _in_text(text, span), values, value=printed)


def _in_text(text: SourceText, span: Span) -> Place:
    """The place of a span in the text of a source."""
    (line, column), (end_line, end_column) = map(text.line_and_column, (span.start, span.end))
    return Place(text.name, line, column, end_line, end_column)


def _counts(graph: Graph) -> dict[str, int]:
    statements, omissions = graph.instances(NamedNode(PARK + "Statement")), graph.instances(_OMISSION)
    entities = {
        node
        for node in graph.all_subjects
        if node.value.startswith(ENTITY) and graph.of(node)[0].document.role == "data"
    }
    bases = [basis for node in graph.all_subjects for basis in graph.objects(node, BASIS)]
    return {
        "entities": len(entities - set(statements) - set(omissions)),
        "statements": len(statements),
        "stated": bases.count(_STATED),
        "inferences": bases.count(_INFERENCE),
        "computed": bases.count(_COMPUTED),
        "omissions": len(omissions),
    }


# --- what is wrong with what is cited ------------------------------------------

_OMISSION = NamedNode(PARK + "Omission")
_STATED, _INFERENCE, _COMPUTED = (
    NamedNode(f"{CODE}basis/{name}") for name in ("stated", "inference", "computed")
)
_PRINTED, _VALUE = NamedNode(PARK + "printedForm"), NamedNode(PARK + "statedValue")


def check_printed_forms(graph: Graph, name: Name) -> Iterator[Finding]:
    """Figures whose stated value is not the number of their printed form."""
    for node in graph.instances(NamedNode(PARK + "QuantityStatement")):
        values = {value for one, value in figures(graph, node) if one.fact.predicate == _VALUE}
        for one in graph.of(node, _PRINTED):
            form = one.fact.object
            if isinstance(form, Literal) and values and not values & _printed(form.value):
                yield found_in("printed-form-differs", one, node=name(node), form=form)


def check_omissions(graph: Graph, evidence: Evidence, name: Name) -> Iterator[Finding]:
    """Omissions whose passage lies wholly in passages of facts: it is not left out any more."""
    for span, omissions in evidence.omitted.items():
        left = set(range(span.start, span.end))
        for other in evidence.cited:
            left.difference_update(range(other.start, other.end) if other.meets(span) else ())
        for omission in () if left else omissions:
            one = graph.of(omission, EVIDENCE)[0]
            yield found_in("omission-covered", one, node=name(omission), span=span)


def check_printed(
    graph: Graph, passages: Mapping[Term, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Stated figures and printed forms that their own passages don't print.

    passages: node → its passages in this text. Nodes with passages in other sources too are left to those.
    """
    for node, spans in passages.items():
        if any(basis != _STATED for basis in graph.objects(node, BASIS)):
            continue
        if len(graph.of(node, EVIDENCE)) != len(spans):
            continue
        parts = [text.part(span) for span in spans]
        # A digit of a code such as 1+4+3 is a figure of its own.
        digits = {
            digit
            for part in parts
            for n in numbers(part)
            if n.kind == "code"
            for digit in n.printed.split("+")
        }
        printed = set().union(*map(_printed, parts))
        for one, value in figures(graph, node, bounds=False):
            if value not in printed and str(value) not in digits:
                subject, predicate, stated = one.fact
                values = {"node": name(subject), "property": name(predicate), "value": stated.value}
                yield found_in("figure-not-printed", one, **values)
        for one in graph.of(node, _PRINTED):
            form = one.fact.object
            if isinstance(form, Literal) and not any(form.value in part for part in parts):
                yield found_in("printed-form-not-printed", one, node=name(node), form=form)


def _printed(text: str) -> set[Decimal]:
    """What the numbers of a text may be worth."""
    return {value for number in numbers(text) for value in number.values}


_NAMED = ("Organization", "Person", "Place", "Project", "Fund", "Industry", "PolicyInstrument", "Programme",
          "Platform", "TalentProgramme")  # fmt: skip
"""Classes whose things a source calls by a name; the labels of the others are the curator's words."""


def check_names(
    graph: Graph, passages: Mapping[Term, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Chinese names of things that the text nowhere prints: for the reader to judge, so information only."""
    for kind in _NAMED:
        for node in graph.instances(NamedNode(PARK + kind)):
            if node in passages and len(graph.of(node, EVIDENCE)) == len(passages[node]):
                for one in graph.of(node, *LABELS, NamedNode(SKOS + "altLabel")):
                    value = one.fact.object
                    if isinstance(value, Literal) and value.language == "zh" and value.value not in text.text:
                        yield found_in("name-not-printed", one, node=name(node), value=value)

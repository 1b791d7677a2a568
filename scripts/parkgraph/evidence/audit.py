"""The audit: what of each source the graph covers, and everything about evidence that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from parkgraph.evidence.checks import (
    Evidence,
    check_names,
    check_omissions,
    check_printed,
    check_printed_forms,
)
from parkgraph.evidence.clauses import Clause, cover
from parkgraph.evidence.matching import Match, match_numbers
from parkgraph.evidence.passages import CheckGenerated, Uses, generated_in, passage_findings, used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, Name, Section, Source, identify, namer, read_sources
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Place, finding
from parkgraph.graph.documents import Graph, read_documents
from parkgraph.messages import _
from parkgraph.names import CODE, ENTITY, PARK
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document, Term


@dataclass(frozen=True, slots=True)
class SectionAudit:
    """One section (None: what lies in none) with its clauses and numbers."""

    section: Section | None
    clauses: list[Clause]
    numbers: list[Match]

    def count(self, status: str) -> int:
        """How many clauses have this status."""
        return sum(clause.status == status for clause in self.clauses)

    @property
    def unmatched(self) -> int:
        """How many numbers are not in the graph."""
        return sum(match.how == "unmatched" for match in self.numbers)


@dataclass(frozen=True, slots=True)
class SourceAudit:
    """One source.

    passages: how many are used.  omitted: passage → omissions.  text, sections: where its text was given.
    """

    source: Source
    passages: int
    omitted: dict[Span, list[Term]]
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
    sources = read_sources(graph)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    uses = used_passages(graph)
    findings = [*passage_findings(graph, sources, pinned, generated), *check_printed_forms(graph, name)]
    audited = []
    for iri, source in sources.items():
        text, evidence = pinned.get(iri), evidence_of(graph, uses.get(iri, {}))
        sections = _sections(source, text, graph, evidence) if text else []
        audited.append(SourceAudit(source, len(uses.get(iri, {})), evidence.omitted, text, sections))
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


_OMISSION = NamedNode(PARK + "Omission")


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
    return finding(
        "clause-uncovered",
        _(
            "clause {span} is not covered: {rest}",
            span=clause.span,
            rest="…".join(text.part(span) for span in clause.missing),
        ),
        _(
            "record what it says, with passage {span}, or declare it as a park:Omission with its reason",
            span=clause.span,
        ),
        at=_in_text(text, clause.missing[0]),
        value=str(clause.span),
    )


def _unmatched(text: SourceText, match: Match) -> Finding:
    span = match.number.span
    around = Span(max(0, span.start - 6), min(len(text), span.end + 6))
    return finding(
        "number-unmatched",
        _(
            "number {printed} at {span} is in no fact that cites its place: …{context}…",
            printed=match.number.printed,
            span=span,
            context=" ".join(text.part(around).split()),
        ),
        _(
            "give it as figure, ordinal, date or name of a node whose passage holds it; a numeral that does "
            "not count belongs into ordinary-numerals.yaml"
        ),
        at=_in_text(text, span),
        value=match.number.printed,
    )


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
        "stated": bases.count(NamedNode(CODE + "basis/stated")),
        "inferences": bases.count(NamedNode(CODE + "basis/inference")),
        "computed": bases.count(NamedNode(CODE + "basis/computed")),
        "omissions": len(omissions),
    }

"""The audit: what of each source the graph covers, and everything about evidence that is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from parkgraph.evidence.checks import (
    Evidence,
    Name,
    check_names,
    check_omissions,
    check_printed,
    check_printed_forms,
    check_support,
)
from parkgraph.evidence.coverage import Clause, cover
from parkgraph.evidence.facts import BASIS, EVIDENCE, Facts, read_facts
from parkgraph.evidence.matching import Match, match_numbers
from parkgraph.evidence.passages import (
    CheckGenerated,
    Uses,
    generated_in,
    passage_findings,
    used_passages,
)
from parkgraph.evidence.problems import in_text, problem
from parkgraph.evidence.sources import Section, Source, identify, read_sources
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding
from parkgraph.names import CODE, ENTITY, PARK, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes


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
    omitted: dict[Span, list[str]]
    text: SourceText | None
    sections: list[SectionAudit]


@dataclass(frozen=True, slots=True)
class Audit:
    """The result.  counts: entities, statements, bases, omissions.  facts: the graph that was audited."""

    sources: list[SourceAudit]
    counts: dict[str, int]
    findings: list[Finding]
    facts: Facts


def audit(root: Root, texts: Iterable[SourceText] = ()) -> Audit:
    """Audits the graph at `root`; clauses, numbers and digests of the sources whose text is given.

    Raises Unreadable for a text that is no source of the graph, or a file that is not Turtle.
    """
    facts = read_facts(root, "ontology", "codes", "data", "passages")
    return audit_facts(facts, namer(facts, root), generated_in(root, facts), texts)


def audit_facts(
    facts: Facts, name: Name, generated: CheckGenerated, texts: Iterable[SourceText] = ()
) -> Audit:
    """As `audit`, for a graph that is already read.

    name: what messages call a thing.  generated: checks the descriptions of passages.
    Raises Unreadable for a text that is no source of the graph.
    """
    sources = read_sources(facts)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    uses = used_passages(facts)
    findings = [
        *passage_findings(facts, sources, pinned, generated),
        *check_support(facts, name),
        *check_printed_forms(facts, name),
    ]
    audited = []
    for iri, source in sources.items():
        text, evidence = pinned.get(iri), evidence_of(facts, uses.get(iri, {}))
        sections = _sections(source, text, facts, evidence) if text else []
        audited.append(SourceAudit(source, len(uses.get(iri, {})), evidence.omitted, text, sections))
        findings += check_omissions(facts, evidence, name)
        if text:
            findings += _text_findings(text, sections, facts, evidence, name)
    return Audit(audited, _counts(facts), sorted(findings, key=Finding.sort_key), facts)


def evidence_of(facts: Facts, uses: Uses) -> Evidence:
    """Passages of one source by who cites them."""
    omissions = set(facts.instances(PARK + "Omission"))
    cited: dict[Span, list[str]] = defaultdict(list)
    omitted: dict[Span, list[str]] = defaultdict(list)
    for span, users in uses.items():
        for fact in users:
            if fact.predicate == EVIDENCE:
                (omitted if fact.subject in omissions else cited)[span].append(fact.subject)
    return Evidence(dict(cited), dict(omitted))


def namer(facts: Facts, root: Root) -> Name:
    """How messages call a thing: its short name."""
    known = prefixes(root.path)
    return lambda iri: shorten(iri, known)


def _sections(source: Source, text: SourceText, facts: Facts, evidence: Evidence) -> list[SectionAudit]:
    parts = {section.iri: SectionAudit(section, [], []) for section in source.sections}
    outside = SectionAudit(None, [], [])

    def part(span: Span) -> SectionAudit:
        section = source.section_at(span.start)
        return parts[section.iri] if section else outside

    for clause in cover(text.text, evidence.cited, evidence.omitted):
        part(clause.span).clauses.append(clause)
    for match in match_numbers(text, facts, evidence.cited, evidence.omitted):
        part(match.number.span).numbers.append(match)
    return [*parts.values(), *([outside] if outside.clauses else [])]


def _text_findings(
    text: SourceText, sections: Iterable[SectionAudit], facts: Facts, evidence: Evidence, name: Name
) -> list[Finding]:
    found = []
    for part in sections:
        found += [_uncovered(text, clause) for clause in part.clauses if clause.missing]
        found += [_unmatched(text, match) for match in part.numbers if match.how == "unmatched"]
    passages: dict[str, list[Span]] = defaultdict(list)
    for span, nodes in evidence.cited.items():
        for node in nodes:
            passages[node].append(span)
    found += check_printed(facts, passages, text, name)
    found += check_names(facts, passages, text, name)
    return found


def _uncovered(text: SourceText, clause: Clause) -> Finding:
    rest = "…".join(text.part(span) for span in clause.missing)
    return problem(
        "clause-uncovered",
        (f"clause {clause.span} is not covered: {rest}", f"分句 {clause.span} 没有覆盖：{rest}"),
        (f"record what it says, with passage {clause.span}, or declare it as a park:Omission with its reason",
         f"请记录其内容并引用段落 {clause.span}，或作为 park:Omission 声明并写明理由"),
        at=in_text(text, clause.missing[0]), value=str(clause.span),
    )  # fmt: skip


def _unmatched(text: SourceText, match: Match) -> Finding:
    span = match.number.span
    around = Span(max(0, span.start - 6), min(len(text), span.end + 6))
    context = " ".join(text.part(around).split())
    return problem(
        "number-unmatched",
        (f"number {match.number.printed} at {span} is in no fact that cites its place: …{context}…",
         f"{span} 处的数 {match.number.printed} 不见于引用该处的任何事实：…{context}…"),
        ("give it as figure, ordinal, date or name of a node whose passage holds it; a numeral that does not "
         "count belongs into ordinary-numerals.yaml",
         "请让引用该处的节点以数值、序号、日期或名称写出它；不表示数目的数字词应列入 ordinary-numerals.yaml"),
        at=in_text(text, span), value=match.number.printed,
    )  # fmt: skip


def _counts(facts: Facts) -> dict[str, int]:
    statements = facts.instances(PARK + "Statement")
    entities = [
        subject
        for subject in facts.subjects()
        if subject.startswith(ENTITY) and facts.of(subject)[0].file.role == "data"
    ]
    omissions = facts.instances(PARK + "Omission")
    bases = [fact for fact in facts if fact.predicate == BASIS]
    return {
        "entities": len(set(entities) - set(statements) - set(omissions)),
        "statements": len(statements),
        "stated": sum(fact.target == CODE + "basis/stated" for fact in bases),
        "inferences": sum(fact.target == CODE + "basis/inference" for fact in bases),
        "computed": sum(fact.target == CODE + "basis/computed" for fact in bases),
        "omissions": len(omissions),
    }

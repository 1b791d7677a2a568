"""The audit: what of each source the graph covers, and everything about evidence that is wrong.

Numbers of a text are matched to what the graph says at the same place: figure, ordinal, date or name.
(That a fact lacks evidence or a reason, the shapes say: ontology/shapes/evidence.ttl.)
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import ClassVar
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.numerals import DateParts, Number, numbers
from parkgraph.evidence.passages import CheckGenerated, Uses, generated_in, passage_findings, used_passages
from parkgraph.evidence.sources import BASIS, EVIDENCE, Name, Section, Source, found, found_in, namer, pinned
from parkgraph.evidence.text import Clause, SourceText, Span, cover
from parkgraph.finding import Finding, Place
from parkgraph.graph.documents import LABELS, TYPE, Graph, Occurrence, read_documents
from parkgraph.names import CODE, ENTITY, NUMBERS, OWL, PARK, SKOS, XSD
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Document, Fact, Term


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
    named = (node for node in graph.all_subjects if node.value.startswith(ENTITY))
    entities = {node for node in named if graph.of(node)[0].document.role == "data"}
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
        codes = [n.printed for part in parts for n in numbers(part) if n.kind == "code"]
        digits = {digit for code in codes for digit in code.split("+")}
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


# --- numbers of the text and what the graph says there --------------------------

How = OneOf["figure", "ordinal", "date", "name", "ordinary", "declared", "unmatched"]


@dataclass(frozen=True, slots=True)
class Match:
    """One number and what it is in the graph.

    how: the kind of match.  node, predicate: the subject and property that say it (None unless matched).
    omissions: where it is declared without fact.
    """

    number: Number
    how: How
    node: Term | None = None
    predicate: NamedNode | None = None
    omissions: tuple[Term, ...] = ()


_SCHEMA = "https://schema.org/"
NAMES = (
    *LABELS,
    *(NamedNode(SKOS + name) for name in ("altLabel", "notation")),
    *(NamedNode(_SCHEMA + name) for name in ("name", "alternateName", "headline")),
    NamedNode(PARK + "codename"),
    NamedNode(OWL + "annotatedTarget"),
)
"""Properties whose text is a name that a source prints."""

_BOUNDS = {NamedNode(PARK + name) for name in ("lowerBound", "upperBound")}
_ORDINAL = NamedNode(PARK + "ordinal")
# Numbers that the source does not print: derived ones, and those that describe the text itself.
_DERIVED = ("normalizedValue", "start", "end", "textLength", "ordinal")
_NOT_PRINTED = {NamedNode(PARK + name) for name in _DERIVED} | _BOUNDS

_DATES = {XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth")}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d:\d\d(?::\d\d)?))?.*")


def match_numbers(
    text: SourceText,
    graph: Graph,
    cited: Mapping[Span, Iterable[Term]],
    omitted: Mapping[Span, Iterable[Term]],
) -> list[Match]:
    """Every number of the text with its match.  cited, omitted: passage → the nodes that cite or omit it."""
    matcher = _Matcher(text.text, graph)
    matches = []
    for number in numbers(text.text):
        if number.kind == "ordinary":
            matches.append(Match(number, "ordinary"))
            continue
        nodes = _at(number.span, cited)
        omissions = _at(number.span, omitted)
        unmatched = Match(number, "declared" if omissions else "unmatched", omissions=tuple(omissions))
        matches.append(matcher.first(number, nodes) or unmatched)
    return matches


def _at(span: Span, nodes: Mapping[Span, Iterable[Term]]) -> list[Term]:
    """The nodes whose passage holds the span; those of the narrowest passage first."""
    around = sorted((len(passage), passage) for passage in nodes if passage.contains(span))
    return list(dict.fromkeys(node for _, passage in around for node in nodes[passage]))


class _Matcher:
    def __init__(self, text: str, graph: Graph) -> None:
        self.text = text
        self.graph = graph
        self.quantities = graph.classes_below(NamedNode(PARK + "QuantityStatement"))

    def first(self, number: Number, nodes: Iterable[Term]) -> Match | None:
        """The best match: figure, else ordinal, date, name; of a node rather than of what it points to."""
        nodes = list(nodes)
        near: list[tuple[Term, Term, NamedNode | None]] = [
            *((node, node, None) for node in nodes),
            *((node, target, predicate) for node in nodes for target, predicate in self._links(node)),
        ]
        for how in (self._figure, self._ordinal):
            for node in nodes:
                if found := how(number, node):
                    return found
        for place in (self._date, self._name):
            for node, holder, by in near:
                if found := place(number, holder):
                    return Match(number, found.how, node, by or found.predicate)
        return None

    def _figure(self, number: Number, node: Term) -> Match | None:
        for one, value in figures(self.graph, node, bounds=number.in_range):
            if value in number.values:
                return Match(number, "figure", node, one.fact.predicate)
        return None

    def _ordinal(self, number: Number, node: Term) -> Match | None:
        if number.kind != "ordinal":
            return None
        for value in self.graph.objects(node, _ORDINAL):
            if _decimal(value) in number.values:
                return Match(number, "ordinal", node, _ORDINAL)
        return None

    def _date(self, number: Number, node: Term) -> Match | None:
        if not number.date:
            return None
        dates = [(one.fact, day) for one in self.graph.of(node) if (day := _day(one.fact.object))]
        found = _dated(number.date, dates)
        return Match(number, "date", node, found.predicate) if found else None

    def _name(self, number: Number, node: Term) -> Match | None:
        if self._is_quantity(node):
            return None  # the words of a figure are the curator's; its number must be data
        for one in self.graph.of(node, *NAMES):
            value = one.fact.object
            if isinstance(value, Literal) and _holds(value.value, self.text, number.span):
                return Match(number, "name", node, one.fact.predicate)
        return None

    def _links(self, node: Term) -> Iterator[tuple[Term, NamedNode]]:
        for one in self.graph.of(node):
            if not isinstance(one.fact.object, Literal) and one.fact.predicate not in (TYPE, EVIDENCE):
                yield one.fact.object, one.fact.predicate

    def _is_quantity(self, node: Term) -> bool:
        return any(kind in self.quantities for kind in self.graph.objects(node, TYPE))


def figures(graph: Graph, node: Term, *, bounds: bool = False) -> Iterator[tuple[Occurrence, Decimal]]:
    """The printed numbers that a node says; with its bounds where the text prints a range."""
    for one in graph.of(node):
        value, predicate = _decimal(one.fact.object), one.fact.predicate
        if value is not None and (predicate not in _NOT_PRINTED or (bounds and predicate in _BOUNDS)):
            yield one, value


def _decimal(value: Term) -> Decimal | None:
    if not isinstance(value, Literal) or value.datatype.value not in NUMBERS:
        return None
    try:
        return Decimal(value.value)
    except InvalidOperation:
        return None  # not a number: the shapes say so


def _day(value: Term) -> DateParts | None:
    if not isinstance(value, Literal) or value.datatype.value not in _DATES:
        return None
    matched = _DATE.fullmatch(value.value)
    if not matched:
        return None
    year, month, day = (int(part) if part else None for part in matched.groups()[:3])
    return DateParts(year, month, day, time=matched[4])


def _dated(printed: DateParts, dates: list[tuple[Fact, DateParts]]) -> Fact | None:
    """The first date of one node that says what is printed; of a printed span both ends must be there."""
    spans = bool(printed.last_month or printed.last_year)
    if spans and not any(_fits((printed.last_year, printed.last_month), day) for _, day in dates):
        return None
    for fact, day in dates:
        at_time = not printed.time or (day.time or "").startswith(printed.time)
        if at_time and _fits((printed.year, printed.month, printed.day), day):
            return fact
    return None


def _fits(printed: Iterable[int | None], day: DateParts) -> bool:
    """Whether year, month and day agree as far as they are printed."""
    given = (day.year, day.month, day.day)
    return all(wanted in (None, there) for wanted, there in zip(printed, given, strict=False))


_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』《》〈〉（）()·・ \t\u3000\xa0")


def _holds(name: str, text: str, span: Span) -> bool:
    """Whether a name is, or holds, the number printed at the span: together with a character beside it."""
    name = name.translate(_QUOTES)
    number = text[span.start : span.end].translate(_QUOTES)
    before = text[max(0, span.start - 8) : span.start].translate(_QUOTES)[-1:]
    after = text[span.end : span.end + 8].translate(_QUOTES)[:1]
    for place in re.finditer(rf"(?<![\d.]){re.escape(number)}(?![\d%])(?!\.\d)", name):
        left, right = name[: place.start()][-1:], name[place.end() :][:1]
        if (not left and not right) or (left and left == before) or (right and right == after):
            return True
    return False

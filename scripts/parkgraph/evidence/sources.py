"""Sources as the graph describes them, their passages, which source a text is, and what is found wrong: every
check with its severity, what it says and what mends it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from parkgraph.errors import Unreadable
from parkgraph.evidence.text import SourceText, Span, digest
from parkgraph.finding import Finding, Place, Severity, finding
from parkgraph.graph.documents import LABELS, Graph, Occurrence
from parkgraph.messages import Message, _
from parkgraph.names import PARK, SOURCE, shorten
from parkgraph.read.turtle import Term

EVIDENCE, BASIS, REASON = (NamedNode(PARK + name) for name in ("evidence", "basis", "reason"))

Name = Callable[[Term], str]
"""Term → how a message calls it."""

# No leading zeros: one span has one IRI.
_PASSAGE = re.compile(re.escape(SOURCE) + r"([^/\s]+)/(0|[1-9]\d*)-(0|[1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source under one heading.  labels: language → heading.  described: its first triple."""

    iri: str
    span: Span
    labels: Mapping[str, str]
    described: Occurrence


@dataclass(frozen=True, slots=True)
class Source:
    """A source.  length: code points.  sha256: of the whole text, upper hex.  described: its first triple."""

    iri: str
    length: int | None
    sha256: str | None
    sections: tuple[Section, ...]
    labels: Mapping[str, str]
    described: Occurrence

    @property
    def slug(self) -> str:
        """The last part of its IRI, which names its files in kg/sources/."""
        return self.iri.removeprefix(SOURCE)

    def section_at(self, offset: int) -> Section | None:
        """The narrowest section that contains an offset."""
        around = [section for section in self.sections if section.span.start <= offset < section.span.end]
        return min(around, key=lambda section: len(section.span), default=None)

    def passage_iri(self, span: Span) -> str:
        """The IRI of a span of this source."""
        return f"{self.iri}/{span}"

    def short_passage(self, span: Span) -> str:
        """A span as an author writes it: with the prefix that the source's file declares for its passages."""
        declared = re.search(rf"@prefix\s+([\w-]*):\s*<{re.escape(self.iri)}/>", self.described.document.text)
        return f"{declared[1]}:{span}" if declared else f"<{self.passage_iri(span)}>"


def passage_of(term: Term) -> tuple[str, Span] | None:
    """Source IRI and span of a passage; None when the term is not the IRI of one."""
    matched = _PASSAGE.fullmatch(term.value) if isinstance(term, NamedNode) else None
    return (SOURCE + matched[1], Span(int(matched[2]), int(matched[3]))) if matched else None


def plain(term: Term) -> str:
    """The term as findings and JSON name it: an IRI, else N-Triples."""
    return term.value if isinstance(term, NamedNode) else str(term)


def namer(known: Mapping[str, str]) -> Name:
    """Names by known prefixes."""
    return lambda term: shorten(term.value, known) if isinstance(term, NamedNode) else str(term)


def read_sources(graph: Graph) -> dict[str, Source]:
    """IRI → source, of every subject with a park:textSha256 or a type of source; sections by their start."""
    sections: dict[Term, list[Section]] = {}
    for node in graph.instances(NamedNode(PARK + "Section")):
        span = Span(_number(graph, node, "start") or 0, _number(graph, node, "end") or 0)
        section = Section(node.value, span, graph.texts(node, *LABELS), graph.of(node)[0])
        for source in graph.objects(node, NamedNode(PARK + "inSource")):
            sections.setdefault(source, []).append(section)
    pinned = [node for node in graph.all_subjects if graph.objects(node, _SHA256)]
    return {
        node.value: Source(
            node.value,
            _number(graph, node, "textLength"),
            _literal(graph, node, _SHA256).upper() or None,
            tuple(sorted(sections.get(node, []), key=lambda section: section.span)),
            graph.texts(node, *LABELS),
            graph.of(node)[0],
        )
        for node in dict.fromkeys([*pinned, *graph.instances(NamedNode(PARK + "Source"))])
    }


def pinned(graph: Graph, texts: Iterable[SourceText]) -> tuple[dict[str, Source], dict[str, SourceText]]:
    """The sources of the graph, and which of `texts` is that of which, both by IRI.  Raises as `identify`."""
    sources = read_sources(graph)
    return sources, {identify(text, sources.values()).iri: text for text in texts}


_SHA256 = NamedNode(PARK + "textSha256")


def _literal(graph: Graph, node: Term, predicate: NamedNode) -> str:
    values = (value.value for value in graph.objects(node, predicate) if isinstance(value, Literal))
    return next(values, "")


def _number(graph: Graph, node: Term, name: str) -> int | None:
    value = _literal(graph, node, NamedNode(PARK + name))
    return int(value) if re.fullmatch(r"[+-]?\d+", value) else None


def source_of(text: SourceText, sources: Iterable[Source]) -> Source | None:
    """The source whose digest the text has; None for a text that is new.

    Raises Unreadable for a copy of a source's text that was changed without anybody meaning it.
    """
    known = list(sources)
    found = next((source for source in known if source.sha256 == text.sha256), None)
    return identify(text, known) if found is None and _difference(text, known) else found


def identify(text: SourceText, sources: Iterable[Source]) -> Source:
    """The source whose digest the text has.  Raises Unreadable for any other: offsets hold for one text."""
    known = list(sources)
    for source in known:
        if source.sha256 == text.sha256:
            return source
    pinned = [f"{source.slug} ({source.sha256 or '—'})" for source in known] or "—"
    raise Unreadable(
        _(
            "this text is no source of the graph: its SHA-256 is {sha256}, the graph knows {pinned}.{hint}",
            sha256=text.sha256,
            pinned=pinned,
            hint=_difference(text, known) or "",
        ),
        file=text.name,
        fix=_(
            "use the very file that was pinned: offsets are never moved to another text. For a "
            "new source `parkgraph cite --article FILE` prints what its description must say"
        ),
    )


def _difference(text: SourceText, known: Iterable[Source]) -> Message | None:
    """How a copy of a known text was changed without anybody meaning it; told to the user, never undone."""
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n")
    bare = text.text.rstrip()
    forms = (unicodedata.normalize(form, text.text) for form in ("NFC", "NFD", "NFKC"))
    changes = (
        (_(" Only its line ends differ from a known source."), [lines, lines.replace("\n", "\r\n")]),
        (_(" Only the space at its end differs from a known source."), [bare, bare + "\n"]),
        (_(" Only its Unicode normalization differs from a known source."), forms),
    )
    digests = {source.sha256 for source in known}
    for message, variants in changes:
        if any(digest(variant) in digests for variant in variants):
            return message
    return None


# --- what is found wrong --------------------------------------------------------

_LOOK_UP = _('look the passage up: `parkgraph cite --article FILE "phrase"`')

_SAID: Mapping[str, tuple[Severity, Message, Message]] = {
    # passages
    "passage-unknown-source": (
        "violation",
        _("passage {span} belongs to a source that the graph does not describe: {slug}"),
        _("describe the source in kg/sources/{slug}.ttl, or correct the IRI"),
    ),
    "passage-empty": ("violation", _("passage {span} does not start before its end"), _LOOK_UP),
    "passage-past-end": (
        "violation",
        _("passage {span} ends past the end of the text, which has {length} code points"),
        _LOOK_UP,
    ),
    "passage-in-no-section": (
        "violation",
        _("passage {span} starts in no section of {slug}"),
        _("let the sections in {name} cover the whole text"),
    ),
    "passage-too-long": (
        "warning",
        _("passage {span} has {length} code points; a passage is about a clause, at most {longest}"),
        _("cite the clause that carries the fact, or several passages"),
    ),
    "passage-overlap": (
        "violation",
        _("passages {span} and {other} overlap, and neither lies within the other"),
        _("cite whole clauses: only what they share, or both in one passage, or two passages side by side"),
    ),
    "passage-cuts-number": (
        "violation",
        _("passage {span} cuts a number in two"),
        _("take the whole number into the passage, or leave it out"),
    ),
    # sources
    "source-length": (
        "violation",
        _("the text of {slug} has {length} code points, its description says {said}"),
        _("write park:textLength {length}"),
    ),
    "section-overlap": (
        "violation",
        _("sections {span} and {other} of {slug} overlap"),
        _("let one end where the next starts"),
    ),
    # what facts say
    "printed-form-differs": (
        "violation",
        _("the printed form of {node} is not the number of its stated value: {form}"),
        _("correct park:statedValue or park:printedForm"),
    ),
    "printed-form-not-printed": (
        "violation",
        _("the printed form of {node} stands in none of its passages: {form}"),
        _("copy number and unit exactly as the passage prints them"),
    ),
    "figure-not-printed": (
        "violation",
        _("{node} says {property} {value}; none of its passages prints this number"),
        _("correct the number, or cite the passage that prints it; a computed number has basis:computed"),
    ),
    "name-not-printed": (
        "info",
        _("the text nowhere prints this name of {node}: {value}"),
        _(
            "write the name as printed, unless the text gives it in parts; if another source prints it, "
            "cite that one's passage"
        ),
    ),
    "omission-covered": (
        "violation",
        _("{node} declares passage {span} as left out, but facts cite all of it"),
        _("remove the omission, or narrow it to what is left out"),
    ),
    # what the text says
    "clause-uncovered": (
        "violation",
        _("clause {span} is not covered: {rest}"),
        _("record what it says, with passage {span}, or declare it as a park:Omission with its reason"),
    ),
    "number-unmatched": (
        "violation",
        _("number {printed} at {span} is in no fact that cites its place: …{context}…"),
        _(
            "give it as figure, ordinal, date or name of a node whose passage holds it; a word that counts "
            "nothing is declared as a park:Omission, or listed in ordinary-numerals.yaml of the program"
        ),
    ),
}


def found(
    rule: str, at: Place, values: Mapping[str, object], *, focus: str | None = None, value: str | None = None
) -> Finding:
    """What the check `rule` found at a place.  values: those that its sentences name."""
    severity, *sentences = _SAID[rule]
    message, fix = (Message(str(sentence), values) for sentence in sentences)
    return finding(rule, message, fix, at=at, severity=severity, focus=focus, value=value)


def found_in(rule: str, one: Occurrence, **values: object) -> Finding:
    """What the check `rule` found wrong with the object of a triple."""
    subject, __, object_ = one.fact
    return found(rule, one.place, values, focus=plain(subject), value=plain(object_))

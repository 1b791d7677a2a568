"""Passages: which ones the graph uses, the generated file that describes them, and whether both fit.

The generated file holds, for every passage that anything in kg/ or the code lists points to, its offsets,
its paragraph, the digest of its text and its section. It follows from the graph and the text, so it is
checked as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations, zip_longest
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from parkgraph.evidence.numerals import cut_numbers
from parkgraph.evidence.sources import Source, identify, passage_of, plain, read_sources
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Place, Severity, finding
from parkgraph.graph.documents import Graph, Occurrence, read_documents
from parkgraph.messages import Message, _
from parkgraph.names import PARK, SOURCE, XSD
from parkgraph.read.files import Root
from parkgraph.show.output import opened

LONGEST = 120
"""Code points a passage should not exceed: a reader must find the fact in it at a glance. 120 is twice the
longest clause of the first source; what is longer is a sentence of several clauses, or a paragraph."""

OUTDATED = "passages-outdated"
"""The check of the generated file."""

_DIGEST = NamedNode(PARK + "sha256")
_PARAGRAPH = NamedNode(PARK + "paragraph")

Uses = dict[Span, list[Occurrence]]
"""Passages of one source → the triples that point to them."""

CheckGenerated = Callable[[Source, Uses, SourceText | None], Iterable[Finding]]
"""Source, its used passages and its text where it is given → what is wrong with their descriptions."""


def used_passages(graph: Graph) -> dict[str, Uses]:
    """Source IRI → its used passages, in the order of the text. Generated files don't count as users."""
    found: dict[str, Uses] = {}
    for document in graph.documents:
        if document.role == "passages":
            continue
        for number, fact in enumerate(document.triples):
            passage = passage_of(fact.object)
            if passage:
                users = found.setdefault(passage[0], {}).setdefault(passage[1], [])
                users.append(Occurrence(document, number))
    return {source: dict(sorted(uses.items())) for source, uses in sorted(found.items())}


def passages_file(root: Root, source: Source) -> Path:
    """Where the generated passages of a source stand."""
    return root.path / "kg" / "sources" / f"{source.slug}.passages.ttl"


class Described(NamedTuple):
    """What the text says of a passage; the paragraph is "" where neither text nor graph gives it."""

    digest: str
    paragraph: str


def describe(text: SourceText, span: Span) -> Described:
    """Digest and paragraph of a span of the text."""
    return Described(text.digest(span), str(text.paragraph(span.start)))


def render(source: Source, passages: Mapping[Span, Described], prefix: str = "passage") -> str:
    """The text of the generated file: the passages by offsets, each with paragraph, digest and section."""
    prefixes = {
        "park": PARK,
        prefix: f"{source.iri}/",
        "section": f"{source.iri}/section/",
        "source": SOURCE,
        "xsd": XSD,
    }
    lines = [f"@prefix {name}: <{namespace}> ." for name, namespace in sorted(prefixes.items())]
    lines += [
        "",
        f"# Passages of {source.slug}. Generated from what kg/ uses; do not edit by hand:",
        "#     parkgraph cite --write --article FILE",
        "# Offsets are half-open, in Unicode code points; a digest is the SHA-256 of the passage in UTF-8.",
    ]
    for span, (digest, paragraph) in sorted(passages.items()):
        section = source.section_at(span.start)
        lines += [
            "",
            f"{prefix}:{span} a park:TextPassage ;",
            f"    park:inSource source:{source.slug} ;",
            f"    park:start {span.start} ; park:end {span.end} ;"
            + (f" park:paragraph {paragraph} ;" if paragraph else ""),
        ]
        if section:
            lines.append(f"    park:inSection {_section_name(source, section.iri)} ;")
        lines.append(f'    park:sha256 "{digest}"^^xsd:hexBinary .')
    return "\n".join(lines) + "\n"


def _section_name(source: Source, iri: str) -> str:
    local = iri.removeprefix(f"{source.iri}/section/")
    return f"section:{local}" if local != iri and "/" not in local else f"<{iri}>"


class Written(NamedTuple):
    """What was written: file name → passages in it; nothing when there are findings that forbid it."""

    written: dict[str, int]
    findings: list[Finding]


def write_passages(root: Root, texts: Iterable[SourceText]) -> Written:
    """Writes the generated file of every source whose text is given, unless a passage of it cannot be.

    Raises Unreadable for a text that is no source of the graph, or a file that is not Turtle.
    """
    graph = Graph(read_documents(root, "ontology", "codes", "data"))
    sources, uses = read_sources(graph), used_passages(graph)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    findings = [*check_used(uses, sources), *check_sources(sources, pinned)]
    findings += [found for iri, text in pinned.items() for found in check_cuts(text, uses.get(iri, {}))]
    findings.sort(key=Finding.sort_key)
    if any(found.severity == "violation" for found in findings):
        return Written({}, findings)
    written = {}
    for iri, text in pinned.items():
        passages = {span: describe(text, span) for span in uses.get(iri, {})}
        path = passages_file(root, sources[iri])
        with opened(path) as stream:
            stream.write(render(sources[iri], passages).encode())
        written[path.relative_to(root.path).as_posix()] = len(passages)
    return Written(written, findings)


def check_passages(root: Root, texts: Iterable[SourceText] = ()) -> list[Finding]:
    """Everything that is wrong with passages and their generated files.

    Without the text of a source its digests and cut numbers are not checked.  Raises as `write_passages`.
    """
    graph = Graph(read_documents(root, "ontology", "codes", "data", "passages"))
    sources = read_sources(graph)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    found = passage_findings(graph, sources, pinned, generated_in(root, graph))
    return sorted(found, key=Finding.sort_key)


def passage_findings(
    graph: Graph, sources: Mapping[str, Source], texts: Mapping[str, SourceText], generated: CheckGenerated
) -> list[Finding]:
    """As `check_passages`, for a graph that is already read.  texts: source IRI → its text.
    generated: checks the passages' own descriptions, `generated_in` or `described_in`.
    """
    uses = used_passages(graph)
    findings = [*check_used(uses, sources), *check_sources(sources, texts)]
    for iri, source in sources.items():
        findings += generated(source, uses.get(iri, {}), texts.get(iri))
        if iri in texts:
            findings += check_cuts(texts[iri], uses.get(iri, {}))
    return findings


# --- what is used ----------------------------------------------------------------


def check_used(uses: Mapping[str, Uses], sources: Mapping[str, Source]) -> Iterator[Finding]:
    """Passages that cannot be or should not: unknown, empty, past the end, in no section, long, crossing."""
    for iri, spans in uses.items():
        source = sources.get(iri)
        for span, users in spans.items():
            if not source:
                yield from (_unknown_source(iri, span, user) for user in users)
            elif is_impossible(source, span):
                yield from (_impossible(source, span, user) for user in users)
            else:
                yield from _doubtful(source, span, users[0])
        if source:
            yield from (_crossing(span, other, spans[other][0]) for span, other in _crossings(spans))


def _found(
    rule: str, message: Message, fix: Message, user: Occurrence, severity: Severity = "violation"
) -> Finding:
    """A finding about the passage that `user` points to."""
    focus, value = plain(user.fact.subject), plain(user.fact.object)
    return finding(rule, message, fix, at=user.place, severity=severity, focus=focus, value=value)


def _unknown_source(iri: str, span: Span, user: Occurrence) -> Finding:
    slug = iri.removeprefix(SOURCE)
    return _found(
        "passage-unknown-source",
        _(
            "passage {span} belongs to a source that the graph does not describe: {slug}",
            span=span,
            slug=slug,
        ),
        _("describe the source in kg/sources/{slug}.ttl, or correct the IRI", slug=slug),
        user,
    )


def _impossible(source: Source, span: Span, user: Occurrence) -> Finding:
    fix = _('look the passage up: `parkgraph cite --article FILE "phrase"`')
    if span.start >= span.end:
        return _found(
            "passage-empty", _("passage {span} does not start before its end", span=span), fix, user
        )
    message = _(
        "passage {span} ends past the end of the text, which has {length} code points",
        span=span,
        length=source.length,
    )
    return _found("passage-past-end", message, fix, user)


def _doubtful(source: Source, span: Span, user: Occurrence) -> Iterator[Finding]:
    if source.sections and not source.section_at(span.start):
        yield _found(
            "passage-in-no-section",
            _("passage {span} starts in no section of {slug}", span=span, slug=source.slug),
            _("let the sections in {name} cover the whole text", name=source.described.document.name),
            user,
        )
    if len(span) > LONGEST:
        message = _(
            "passage {span} has {length} code points; a passage is about a clause, at most {longest}",
            span=span,
            length=len(span),
            longest=LONGEST,
        )
        fix = _("cite the clause that carries the fact, or several passages")
        yield _found("passage-too-long", message, fix, user, "warning")


def _crossing(span: Span, other: Span, user: Occurrence) -> Finding:
    return _found(
        "passage-overlap",
        _("passages {span} and {other} overlap, and neither lies within the other", span=span, other=other),
        _("cite whole clauses: only what they share, or both in one passage, or two passages side by side"),
        user,
    )


def _crossings(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    ordered = sorted(spans)
    for place, span in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.start >= span.end:
                break
            if span.crosses(other):
                yield span, other


def is_impossible(source: Source, span: Span) -> bool:
    """Whether no text of the source's length has such a span."""
    return span.start >= span.end or (source.length is not None and span.end > source.length)


def check_cuts(text: SourceText, uses: Uses) -> Iterator[Finding]:
    """Passages that start or end inside a number."""
    inside = cut_numbers(text.text)
    for span, users in uses.items():
        if span.start < span.end and not inside.isdisjoint((span.start, span.end)):
            message = (
                _("passage {span} starts inside a number", span=span)
                if span.start in inside
                else _("passage {span} ends inside a number", span=span)
            )
            fix = _("take the whole number into the passage, or leave it out")
            yield _found("passage-cuts-number", message, fix, users[0])


def check_sources(sources: Mapping[str, Source], texts: Mapping[str, SourceText]) -> Iterator[Finding]:
    """Sources with another length than their text; sections that overlap."""
    for iri, source in sources.items():
        if iri in texts and source.length != len(texts[iri]):
            message = _(
                "the text of {slug} has {length} code points, its description says {said}",
                slug=source.slug,
                length=len(texts[iri]),
                said=source.length,
            )
            fix = _("write park:textLength {length}", length=len(texts[iri]))
            yield finding("source-length", message, fix, at=source.described.subject_place, focus=iri)
        for section, other in combinations(source.sections, 2):
            if section.span.crosses(other.span) or section.span == other.span:
                message = _(
                    "sections {span} and {other} of {slug} overlap",
                    span=section.span,
                    other=other.span,
                    slug=source.slug,
                )
                fix = _("let one end where the next starts")
                yield finding(
                    "section-overlap", message, fix, at=other.described.subject_place, focus=other.iri
                )


# --- what is generated -------------------------------------------------------------


def generated_in(root: Root, graph: Graph) -> CheckGenerated:
    """The check of the generated files: that of a source must be, byte for byte, what `render` gives.

    Digests are compared with the text where it is given; without it they must at least be digests.
    """

    def check(source: Source, uses: Uses, text: SourceText | None) -> Iterator[Finding]:
        path = passages_file(root, source)
        name = path.relative_to(root.path).as_posix()
        expected = _expected(graph, source, uses, text)
        if not path.is_file():
            if not all(is_impossible(source, span) for span in uses):
                yield _outdated(Place(name), _("passages are used but the generated file is not there"))
        elif path.read_bytes() != expected.encode():
            lines = enumerate(zip_longest(path.read_text("utf-8").split("\n"), expected.split("\n")), 1)
            number, line = next((number, right or "") for number, (said, right) in lines if said != right)
            message = _("this is not what is generated; here it should say: {line}", line=line)
            yield _outdated(Place(name, number, 1), message)

    return check


def described_in(name: str, graph: Graph) -> CheckGenerated:
    """The check of the same descriptions where they stand in no file of their own but in the graph `name`."""

    def check(source: Source, uses: Uses, text: SourceText | None) -> Iterator[Finding]:
        nodes = [node for node in graph.all_subjects if node.value.startswith(source.iri + "/")]
        described = [one for node in nodes for one in graph.of(node) if one.document.role == "passages"]
        expected = parse(_expected(graph, source, uses, text), RdfFormat.TURTLE)
        if {Triple(*one.fact) for one in described} != {quad.triple for quad in expected}:
            message = _("the descriptions of passages are not what the graph and the text give")
            yield _outdated(Place(name), message)

    return check


def _expected(graph: Graph, source: Source, uses: Uses, text: SourceText | None) -> str:
    """What must be generated, with digests and paragraphs of the text, else those that are given."""

    def described(span: Span) -> Described:
        if text:
            return describe(text, span)
        passage = NamedNode(source.passage_iri(span))
        digest, paragraph = (graph.texts(passage, one).get("", "") for one in (_DIGEST, _PARAGRAPH))
        return Described(
            digest if re.fullmatch("[0-9A-F]{64}", digest) else "",
            paragraph if re.fullmatch("[1-9][0-9]*", paragraph) else "",
        )

    return render(source, {span: described(span) for span in uses if not is_impossible(source, span)})


def _outdated(at: Place, message: Message) -> Finding:
    fix = _(
        "run `parkgraph cite --write --article FILE`; if a passage used is of another source, "
        "cite that one's: `parkgraph cite --article FILE PHRASE` says it with the right prefix"
    )
    return finding(OUTDATED, message, fix, at=at)


def nothing_cited() -> Finding:
    """What to say where there was no passage to look at."""
    return finding(
        "nothing-cited",
        _("no passage of any source is cited: nothing was checked"),
        _("is this the right graph? A fact cites a passage with park:evidence"),
    )

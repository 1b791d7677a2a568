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
from parkgraph.evidence.sources import Source, found, found_in, passage_of, pinned
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Place, finding
from parkgraph.graph.documents import Graph, Occurrence, read_documents
from parkgraph.messages import Message, _
from parkgraph.names import PARK, SOURCE, XSD
from parkgraph.read.files import Root
from parkgraph.show.output import write_all

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


Described = tuple[str, str]
"""What the text says of a passage: digest and paragraph, "" where neither text nor graph gives it."""


def describe(text: SourceText, span: Span) -> Described:
    """Digest and paragraph of a span of the text."""
    return text.digest(span), str(text.paragraph(span.start))


def render(source: Source, passages: Mapping[Span, Described]) -> str:
    """The text of the generated file: the passages by offsets, each with paragraph, digest and section."""
    prefixes = {
        "park": PARK,
        "passage": f"{source.iri}/",
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
            f"passage:{span} a park:TextPassage ;",
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
    (sources, given), uses = pinned(graph, texts), used_passages(graph)
    found = passage_findings(graph, sources, given, lambda source, uses, text: ())
    findings = sorted(found, key=Finding.sort_key)
    if any(found.severity == "violation" for found in findings):
        return Written({}, findings)
    written, files = {}, {}
    for iri, text in given.items():
        passages = {span: describe(text, span) for span in uses.get(iri, {})}
        path = passages_file(root, sources[iri])
        files[path] = render(sources[iri], passages).encode()
        written[path.relative_to(root.path).as_posix()] = len(passages)
    write_all(files)
    return Written(written, findings)


def check_passages(root: Root, texts: Iterable[SourceText] = ()) -> list[Finding]:
    """Everything that is wrong with passages and their generated files.

    Without the text of a source its digests and cut numbers are not checked.  Raises as `write_passages`.
    """
    graph = Graph(read_documents(root, "ontology", "codes", "data", "passages"))
    found = passage_findings(graph, *pinned(graph, texts), generated_in(root, graph))
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
        slug = iri.removeprefix(SOURCE)
        for span, users in spans.items():
            rule = _impossible(source, span)
            if rule:
                length = source.length if source else None
                yield from (found_in(rule, user, span=span, slug=slug, length=length) for user in users)
                continue
            assert source
            if source.sections and not source.section_at(span.start):
                name = source.described.document.name
                yield found_in("passage-in-no-section", users[0], span=span, slug=slug, name=name)
            if len(span) > LONGEST:
                yield found_in("passage-too-long", users[0], span=span, length=len(span), longest=LONGEST)
        if source:
            for span, other in _crossings(spans):
                yield found_in("passage-overlap", spans[other][0], span=span, other=other)


def _impossible(source: Source | None, span: Span) -> str | None:
    """The check that forbids the span, whatever the text says; None for one that can be."""
    if source is None:
        return "passage-unknown-source"
    if span.start >= span.end:
        return "passage-empty"
    return "passage-past-end" if source.length is not None and span.end > source.length else None


def _crossings(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    ordered = sorted(spans)
    for place, span in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.start >= span.end:
                break
            if span.crosses(other):
                yield span, other


def check_cuts(text: SourceText, uses: Uses) -> Iterator[Finding]:
    """Passages that start or end inside a number."""
    inside = cut_numbers(text.text)
    for span, users in uses.items():
        if span.start < span.end and not inside.isdisjoint((span.start, span.end)):
            yield found_in("passage-cuts-number", users[0], span=span)


def check_sources(sources: Mapping[str, Source], texts: Mapping[str, SourceText]) -> Iterator[Finding]:
    """Sources with another length than their text; sections that overlap."""
    for iri, source in sources.items():
        if iri in texts and source.length != len(texts[iri]):
            values = {"slug": source.slug, "length": len(texts[iri]), "said": source.length}
            yield found("source-length", source.described.subject_place, values, focus=iri)
        for section, other in combinations(source.sections, 2):
            if section.span.crosses(other.span) or section.span == other.span:
                values = {"span": section.span, "other": other.span, "slug": source.slug}
                yield found("section-overlap", other.described.subject_place, values, focus=other.iri)


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
            if not all(_impossible(source, span) for span in uses):
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
        whole = digest if re.fullmatch("[0-9A-F]{64}", digest) else ""
        return whole, paragraph if re.fullmatch("[1-9][0-9]*", paragraph) else ""

    return render(source, {span: described(span) for span in uses if not _impossible(source, span)})


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

"""Passages: which ones the graph uses, the generated file that describes them, and whether both fit.

The generated file holds, for every passage that anything in kg/ or the code lists points to, its offsets,
the digest of its text and its section. It follows from the graph and the text, so it is checked as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.facts import TYPE, Fact, Facts, Term, read_facts
from parkgraph.evidence.numerals import cut_numbers
from parkgraph.evidence.problems import problem
from parkgraph.evidence.sources import Section, Source, identify, passage_of, read_sources
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Place
from parkgraph.names import PARK, SOURCE, XSD
from parkgraph.read.files import Root
from parkgraph.show.output import opened

LONGEST = 120
"""Code points a passage should not exceed: a reader must find the fact in it at a glance. 120 is twice the
longest clause of the first source; what is longer is a sentence of several clauses, or a paragraph."""

SHA256 = PARK + "sha256"

Uses = dict[Span, list[Fact]]
"""Passages of one source → the triples that point to them."""


CheckGenerated = Callable[[Source, Uses, SourceText | None], list[Finding]]
"""Source, its used passages and its text where it is given → what is wrong with their descriptions."""


def used_passages(facts: Facts) -> dict[str, Uses]:
    """Source IRI → its used passages, in the order of the text. Generated files don't count as users."""
    found: dict[str, Uses] = {}
    for fact in facts:
        passage = passage_of(fact.target or "")
        if passage and fact.file.role != "passages":
            found.setdefault(passage[0], {}).setdefault(passage[1], []).append(fact)
    return {source: dict(sorted(uses.items())) for source, uses in sorted(found.items())}


def passages_file(root: Root, source: Source) -> Path:
    """Where the generated passages of a source stand."""
    return root.path / "kg" / "sources" / f"{source.slug}.passages.ttl"


def render(source: Source, digests: Mapping[Span, str], prefix: str = "passage") -> str:
    """The text of the generated file: the passages by their offsets, each with digest and section."""
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
    for span in sorted(digests):
        section = source.section_at(span.start)
        lines += [
            "",
            f"{prefix}:{span} a park:Passage ;",
            f"    park:inSource source:{source.slug} ;",
            f"    park:start {span.start} ; park:end {span.end} ;",
        ]
        if section:
            lines.append(f"    park:inSection {_section_name(source, section.iri)} ;")
        lines.append(f'    park:sha256 "{digests[span]}"^^xsd:hexBinary .')
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
    facts = read_facts(root, "ontology", "codes", "data")
    sources, uses = read_sources(facts), used_passages(facts)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    findings = [*check_used(uses, sources), *check_sources(sources, pinned)]
    findings += [finding for iri, text in pinned.items() for finding in check_cuts(text, uses.get(iri, {}))]
    if any(finding.severity == "violation" for finding in findings):
        return Written({}, sorted(findings, key=Finding.sort_key))
    written = {}
    for iri, text in pinned.items():
        digests = {span: text.digest(span) for span in uses.get(iri, {})}
        path = passages_file(root, sources[iri])
        with opened(path) as stream:
            stream.write(render(sources[iri], digests).encode())
        written[path.relative_to(root.path).as_posix()] = len(digests)
    return Written(written, sorted(findings, key=Finding.sort_key))


def check_passages(root: Root, texts: Iterable[SourceText] = ()) -> list[Finding]:
    """Everything that is wrong with passages and their generated files.

    Without the text of a source its digests and cut numbers are not checked.  Raises as `write_passages`.
    """
    facts = read_facts(root, "ontology", "codes", "data", "passages")
    sources = read_sources(facts)
    pinned = {identify(text, sources.values()).iri: text for text in texts}
    generated = generated_in(root, facts)
    return sorted(passage_findings(facts, sources, pinned, generated), key=Finding.sort_key)


def passage_findings(
    facts: Facts, sources: Mapping[str, Source], texts: Mapping[str, SourceText], generated: CheckGenerated
) -> list[Finding]:
    """As `check_passages`, for a graph that is already read.  texts: source IRI → its text.
    generated: checks the passages' own descriptions, `generated_in` or `described_in`.
    """
    uses = used_passages(facts)
    findings = [*check_used(uses, sources), *check_sources(sources, texts)]
    for iri, source in sources.items():
        findings += generated(source, uses.get(iri, {}), texts.get(iri))
        if iri in texts:
            findings += check_cuts(texts[iri], uses.get(iri, {}))
    return findings


# --- checks ------------------------------------------------------------------


def check_used(uses: Mapping[str, Uses], sources: Mapping[str, Source]) -> list[Finding]:
    """Passages that cannot be or should not: unknown, empty, past the end, in no section, long, crossing."""
    found: list[Finding] = []
    for iri, spans in uses.items():
        source = sources.get(iri)
        if not source:
            found += [_unknown_source(iri, span, fact) for span, facts in spans.items() for fact in facts]
            continue
        for span, facts in spans.items():
            if is_impossible(source, span):
                found += [_impossible(source, span, fact) for fact in facts]
                continue
            if source.sections and not source.section_at(span.start):
                found.append(_in_no_section(source, span, facts[0]))
            if len(span) > LONGEST:
                found.append(_too_long(span, facts[0]))
        found += [_crossing(span, other, spans[other][0]) for span, other in _crossings(spans)]
    return found


def check_sources(sources: Mapping[str, Source], texts: Mapping[str, SourceText]) -> list[Finding]:
    """Sources with another length than their text; sections that are empty, past the end or overlapping."""
    found = []
    for iri, source in sources.items():
        if iri in texts and source.length != len(texts[iri]):
            found.append(_wrong_length(source, len(texts[iri])))
        for section in source.sections:
            if is_impossible(source, section.span):
                found.append(_bad_section(source, section))
        found += [
            _crossing_sections(source, section, other)
            for section, other in combinations(source.sections, 2)
            if section.span.crosses(other.span) or section.span == other.span
        ]
    return found


def _wrong_length(source: Source, length: int) -> Finding:
    return problem(
        "source-length",
        (f"the text of {source.slug} has {length} code points, its description says {source.length}",
         f"{source.slug} 的文本有 {length} 个码点，而描述中写的是 {source.length}"),
        (f"write park:textLength {length}", f"请写 park:textLength {length}"),
        at=source.place, focus=source.iri,
    )  # fmt: skip


def _bad_section(source: Source, section: Section) -> Finding:
    return problem(
        "section-offsets",
        (f"section {section.span} is empty or ends past the end of the text ({source.length})",
         f"章节 {section.span} 为空，或超出文本末尾（{source.length}）"),
        ("correct park:start and park:end", "请改正 park:start 与 park:end"),
        at=section.place, focus=section.iri,
    )  # fmt: skip


def _crossing_sections(source: Source, section: Section, other: Section) -> Finding:
    return problem(
        "section-overlap",
        (f"sections {section.span} and {other.span} of {source.slug} overlap",
         f"{source.slug} 的章节 {section.span} 与 {other.span} 重叠"),
        ("let one end where the next starts", "请让前一章节止于后一章节的起点"),
        at=other.place, focus=other.iri,
    )  # fmt: skip


def is_impossible(source: Source, span: Span) -> bool:
    """Whether no text of the source's length has such a span."""
    return span.start >= span.end or (source.length is not None and span.end > source.length)


def _crossings(spans: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    ordered = sorted(spans)
    for place, span in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.start >= span.end:
                break
            if span.crosses(other):
                yield span, other


_LOOK_UP = (
    'look the passage up: `parkgraph cite --article FILE "phrase"`',
    '请查找该段落：`parkgraph cite --article FILE "词句"`',
)


def _unknown_source(iri: str, span: Span, fact: Fact) -> Finding:
    slug = iri.removeprefix(SOURCE)
    return problem(
        "passage-unknown-source",
        (f"passage {span} belongs to a source that the graph does not describe: {slug}",
         f"段落 {span} 所属的来源在图谱中没有描述：{slug}"),
        (f"describe the source in kg/sources/{slug}.ttl, or correct the IRI",
         f"请在 kg/sources/{slug}.ttl 中描述该来源，或改正 IRI"),
        at=fact.place, focus=fact.subject, value=fact.target,
    )  # fmt: skip


def _impossible(source: Source, span: Span, fact: Fact) -> Finding:
    if span.start >= span.end:
        return problem(
            "passage-empty",
            (f"passage {span} does not start before its end", f"段落 {span} 的起点不在终点之前"),
            _LOOK_UP, at=fact.place, focus=fact.subject, value=fact.target,
        )  # fmt: skip
    return problem(
        "passage-past-end",
        (f"passage {span} ends past the end of the text, which has {source.length} code points",
         f"段落 {span} 的终点超出文本末尾（文本共 {source.length} 个码点）"),
        _LOOK_UP, at=fact.place, focus=fact.subject, value=fact.target,
    )  # fmt: skip


def _in_no_section(source: Source, span: Span, fact: Fact) -> Finding:
    return problem(
        "passage-in-no-section",
        (f"passage {span} starts in no section of {source.slug}",
         f"段落 {span} 的起点不在 {source.slug} 的任何章节内"),
        (f"let the sections in {source.file.name} cover the whole text",
         f"请让 {source.file.name} 中的章节覆盖全文"),
        at=fact.place, focus=fact.subject, value=fact.target,
    )  # fmt: skip


def _too_long(span: Span, fact: Fact) -> Finding:
    return problem(
        "passage-too-long",
        (f"passage {span} has {len(span)} code points; a passage is about a clause, at most {LONGEST}",
         f"段落 {span} 有 {len(span)} 个码点；段落应约为一个分句，至多 {LONGEST} 个"),
        ("cite the clause that carries the fact, or several passages",
         "请只引用承载事实的分句，或分成几个段落"),
        at=fact.place, severity="warning", focus=fact.subject, value=fact.target,
    )  # fmt: skip


def _crossing(span: Span, other: Span, fact: Fact) -> Finding:
    return problem(
        "passage-overlap",
        (f"passages {span} and {other} overlap, and neither lies within the other",
         f"段落 {span} 与 {other} 部分重叠，且互不包含"),
        ("cite whole clauses: only what they share, or both in one passage, or two passages side by side",
         "请引用完整分句：只取重叠部分，或合为一个段落，或改为前后相接的两个段落"),
        at=fact.place, focus=fact.subject, value=fact.target,
    )  # fmt: skip


def check_cuts(text: SourceText, spans: Uses) -> list[Finding]:
    """Passages that start or end inside a number."""
    inside = cut_numbers(text.text)
    return [
        _cut(span, facts[0], span.start in inside)
        for span, facts in spans.items()
        if span.start < span.end and (span.start in inside or span.end in inside)
    ]


def _cut(span: Span, fact: Fact, at_start: bool) -> Finding:
    return problem(
        "passage-cuts-number",
        (f"passage {span} {'starts' if at_start else 'ends'} inside a number",
         f"段落 {span} 的{'起点' if at_start else '终点'}落在一个数字中间"),
        ("take the whole number into the passage, or leave it out",
         "请把整个数字纳入段落，或整个排除"),
        at=fact.place, focus=fact.subject, value=fact.target,
    )  # fmt: skip


def generated_in(root: Root, facts: Facts) -> CheckGenerated:
    """The check of the generated files: where that of a source differs from what it should be.

    Digests are compared with the text where it is given; without it they must at least be digests.
    """

    def check(source: Source, uses: Uses, text: SourceText | None) -> list[Finding]:
        path = passages_file(root, source)
        name = path.relative_to(root.path).as_posix()
        if _possible(source, uses) and not path.is_file():
            return [_no_file(name)]
        entries = _by_subject(fact for fact in facts if fact.file.name == name)
        found, digests = _compared(entries, source, uses, text, name)
        if not found and path.is_file() and path.read_bytes() != render(source, digests).encode():
            found.append(_rewritten(name))
        return found

    return check


def described_in(graph: str, facts: Facts) -> CheckGenerated:
    """The check of the same descriptions where they stand in no file of their own but in `graph`."""

    def check(source: Source, uses: Uses, text: SourceText | None) -> list[Finding]:
        own = (fact for fact in facts if fact.file.role == "passages" and _is_of(fact.subject, source))
        return _compared(_by_subject(own), source, uses, text, f"<{graph}>")[0]

    return check


def _compared(
    entries: Mapping[str, list[Fact]], source: Source, uses: Uses, text: SourceText | None, name: str
) -> tuple[list[Finding], dict[Span, str]]:
    """Where the entries are not what they should be, and the digests that they give."""
    found, digests = [], dict[Span, str]()
    for subject, entry in entries.items():
        passage = passage_of(subject)
        span = passage[1] if passage and passage[0] == source.iri else None
        if span is None or span not in uses:
            found.append(_unused(subject, entry[0]))
            continue
        digests[span] = _digest_of(entry)
        if _triples(entry) != _expected(source, span, digests[span]):
            found.append(_edited(span, entry[0]))
        elif not re.fullmatch("[0-9A-F]{64}", digests[span]) or (text and digests[span] != text.digest(span)):
            found.append(_wrong_digest(span, entry))
    missing = sorted(_possible(source, uses) - digests.keys())
    return [*found, *(_not_generated(span, uses[span], name) for span in missing)], digests


def _possible(source: Source, uses: Uses) -> set[Span]:
    return {span for span in uses if not is_impossible(source, span)}


def _is_of(subject: str, source: Source) -> bool:
    passage = passage_of(subject)
    return passage is not None and passage[0] == source.iri


def _by_subject(facts: Iterable[Fact]) -> dict[str, list[Fact]]:
    entries: dict[str, list[Fact]] = {}
    for fact in facts:
        entries.setdefault(fact.subject, []).append(fact)
    return entries


def _triples(entry: Iterable[Fact]) -> set[tuple[str, str]]:
    return {(fact.predicate, str(fact.object)) for fact in entry}


def _expected(source: Source, span: Span, digest: str) -> set[tuple[str, str]]:
    """What an entry must say, given its digest: the triples that `render` writes."""
    section = source.section_at(span.start)
    integer, binary = NamedNode(XSD + "integer"), NamedNode(XSD + "hexBinary")
    triples: list[tuple[str, Term]] = [
        (TYPE, NamedNode(PARK + "Passage")),
        (PARK + "inSource", NamedNode(source.iri)),
        (PARK + "start", Literal(str(span.start), datatype=integer)),
        (PARK + "end", Literal(str(span.end), datatype=integer)),
        (PARK + "sha256", Literal(digest, datatype=binary)),
    ]
    if section:
        triples.append((PARK + "inSection", NamedNode(section.iri)))
    return {(predicate, str(value)) for predicate, value in triples}


def _digest_of(entry: Iterable[Fact]) -> str:
    values = (f.object.value for f in entry if f.predicate == SHA256 and isinstance(f.object, Literal))
    return next(values, "")


_WRITE = (
    "run `parkgraph cite --write --article FILE`",
    "请运行 `parkgraph cite --write --article FILE`",
)


def _no_file(name: str) -> Finding:
    return problem(
        "passages-file-missing",
        ("passages are used but the generated file is not there", "已引用段落，但没有生成文件"),
        _WRITE,
        at=Place(name),
    )  # fmt: skip


def _not_generated(span: Span, users: list[Fact], name: str) -> Finding:
    return problem(
        "passage-not-generated",
        (f"passage {span} is used but not in {name}", f"段落 {span} 已被引用，但不在 {name} 中"),
        _WRITE,
        at=users[0].place, focus=users[0].subject, value=users[0].target,
    )  # fmt: skip


def _unused(subject: str, fact: Fact) -> Finding:
    passage = passage_of(subject)
    shown = str(passage[1]) if passage else f"<{subject}>"
    return problem(
        "passage-unused",
        (f"passage {shown} is in the generated file but nothing uses it",
         f"生成文件中有段落 {shown}，但无处引用"),
        _WRITE,
        at=fact.subject_place, focus=subject,
    )  # fmt: skip


def _edited(span: Span, fact: Fact) -> Finding:
    return problem(
        "passage-edited",
        (f"the entry of passage {span} does not say what its IRI and the sections of its source say",
         f"段落 {span} 的条目与其 IRI 或来源的章节不符"),
        _WRITE,
        at=fact.subject_place, focus=fact.subject,
    )  # fmt: skip


def _wrong_digest(span: Span, entry: list[Fact]) -> Finding:
    fact = next(fact for fact in entry if fact.predicate == SHA256)
    return problem(
        "passage-wrong-digest",
        (f"the digest of passage {span} does not fit the text", f"段落 {span} 的摘要值与文本不符"),
        _WRITE,
        at=fact.place, focus=fact.subject, value=str(fact.object),
    )  # fmt: skip


def _rewritten(name: str) -> Finding:
    return problem(
        "passages-file-changed",
        ("the generated file says the right things but is not written as it is generated",
         "生成文件内容正确，但写法与生成的不一致"),
        _WRITE,
        at=Place(name, 1, 1),
    )  # fmt: skip

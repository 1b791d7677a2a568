"""Sources as the graph describes them, and which of them a text is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from parkgraph.errors import Unreadable
from parkgraph.evidence.facts import LABELS, Fact, Facts, File
from parkgraph.evidence.text import SourceText, Span, digest
from parkgraph.finding import Place
from parkgraph.messages import _
from parkgraph.names import PARK, SOURCE

# No leading zeros: one span has one IRI.
_PASSAGE = re.compile(re.escape(SOURCE) + r"([^/\s]+)/(0|[1-9]\d*)-(0|[1-9]\d*)")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of a source under one heading.  labels: language → heading.  fact: its first triple."""

    iri: str
    span: Span
    labels: Mapping[str, str]
    fact: Fact

    @property
    def place(self) -> Place:
        """Where it is described."""
        return self.fact.subject_place


@dataclass(frozen=True, slots=True)
class Source:
    """A source.  length: code points.  sha256: of the whole text, upper hex.  fact: its first triple."""

    iri: str
    length: int | None
    sha256: str | None
    sections: tuple[Section, ...]
    labels: Mapping[str, str]
    fact: Fact

    @property
    def file(self) -> File:
        """The file that describes it."""
        return self.fact.file

    @property
    def place(self) -> Place:
        """Where it is described."""
        return self.fact.subject_place

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
        declared = re.search(rf"@prefix\s+([\w-]*):\s*<{re.escape(self.iri)}/>", self.file.text)
        return f"{declared[1]}:{span}" if declared else f"<{self.passage_iri(span)}>"


def passage_of(iri: str) -> tuple[str, Span] | None:
    """Source IRI and span of a passage IRI; None when the IRI is not that of a passage."""
    matched = _PASSAGE.fullmatch(iri)
    return (SOURCE + matched[1], Span(int(matched[2]), int(matched[3]))) if matched else None


def read_sources(facts: Facts) -> dict[str, Source]:
    """IRI → source, of every subject with a park:textSha256 or a type of source; sections by their start."""
    sections: dict[str, list[Section]] = {}
    for iri in facts.instances(PARK + "Section"):
        span = Span(_number(facts, iri, "start") or 0, _number(facts, iri, "end") or 0)
        for fact in facts.about(iri, PARK + "inSource"):
            section = Section(iri, span, facts.texts(iri, *LABELS), facts.of(iri)[0])
            sections.setdefault(fact.target or "", []).append(section)
    pinned = [fact.subject for fact in facts if fact.predicate == PARK + "textSha256"]
    return {
        iri: Source(
            iri,
            _number(facts, iri, "textLength"),
            (facts.literal(iri, PARK + "textSha256") or "").upper() or None,
            tuple(sorted(sections.get(iri, []), key=lambda section: section.span)),
            facts.texts(iri, *LABELS),
            facts.of(iri)[0],
        )
        for iri in dict.fromkeys([*pinned, *facts.instances(PARK + "Source")])
    }


def _number(facts: Facts, iri: str, name: str) -> int | None:
    value = facts.literal(iri, PARK + name)
    return int(value) if value is not None and re.fullmatch(r"[+-]?\d+", value) else None


def identify(text: SourceText, sources: Iterable[Source]) -> Source:
    """The source whose digest the text has.  Raises Unreadable for any other: offsets hold for one text."""
    known = list(sources)
    for source in known:
        if source.sha256 == text.sha256:
            return source
    pinned = ", ".join(f"{source.slug} ({source.sha256 or '—'})" for source in known) or "—"
    hint = _difference(text, known) or ""
    raise Unreadable(
        _(
            "this text is no source of the graph: its SHA-256 is {sha256}, the graph knows {pinned}.{hint}",
            sha256=text.sha256,
            pinned=pinned,
            hint=hint,
        ),
        file=text.name,
        fix=_(
            "use the very file that was pinned: offsets are never moved to another text. For a "
            "new source `parkgraph cite --article FILE` prints what its description must say"
        ),
    )


# Ways in which a copy of a text changes without anybody meaning it; told to the user, never undone.
_CHANGES: Mapping[str, Mapping[str, str]] = {
    "lines": _(" Only its line ends differ from a known source."),
    "space": _(" Only the space at its end differs from a known source."),
    "form": _(" Only its Unicode normalization differs from a known source."),
}


def _difference(text: SourceText, known: Iterable[Source]) -> Mapping[str, str] | None:
    lines = text.text.replace("\r\n", "\n").replace("\r", "\n")
    forms = {
        "lines": (lines, lines.replace("\n", "\r\n")),
        "space": (text.text.rstrip(), text.text.rstrip() + "\n"),
        "form": tuple(unicodedata.normalize(form, text.text) for form in ("NFC", "NFD", "NFKC")),
    }
    digests = {source.sha256 for source in known}
    for change, variants in forms.items():
        if any(digest(variant) in digests for variant in variants):
            return _CHANGES[change]
    return None

"""The text of a source: read as it is, addressed by code points, identified by its digest, cut into clauses.

Nothing here trims, normalises or translates line ends: an offset is a place in the file as it is.
"""

from __future__ import annotations

import codecs
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Literal

from parkgraph.errors import Unreadable
from parkgraph.messages import _
from parkgraph.read.files import decode, read_bytes
from parkgraph.read.turtle import Term

_OFFSETS = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """Half-open interval of code points. start < end is not enforced: wrong data must be representable."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def __len__(self) -> int:
        return max(0, self.end - self.start)

    def data(self) -> dict[str, int]:
        """As JSON has it."""
        return {"start": self.start, "end": self.end}

    def contains(self, other: Span) -> bool:
        """Whether the other span lies wholly in this one."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def crosses(self, other: Span) -> bool:
        """Whether they share characters and neither contains the other."""
        return self.meets(other) and not self.contains(other) and not other.contains(self)


@dataclass(frozen=True, slots=True)
class SourceText:
    """Text of one source.  name: how messages call the file.  sha256: of its bytes, upper hex."""

    name: str
    text: str
    sha256: str

    def __len__(self) -> int:
        return len(self.text)

    def part(self, span: Span) -> str:
        """The characters of the span, which must lie in the text."""
        return self.text[span.start : span.end]

    def digest(self, span: Span) -> str:
        """SHA-256 (upper hex) of the UTF-8 bytes of the span."""
        return digest(self.part(span))

    def find(self, phrase: str) -> list[Span]:
        """Every place of the phrase, overlapping ones included, in the order of the text."""
        found: list[Span] = []
        at = self.text.find(phrase)
        while phrase and at >= 0:
            found.append(Span(at, at + len(phrase)))
            at = self.text.find(phrase, at + 1)
        return found

    def find_similar(self, phrase: str) -> list[Span]:
        """Places that match but for punctuation, spaces and letter case: a hint, never an answer."""
        at = [offset for offset, character in enumerate(self.text) if character.isalnum()]
        wanted = "".join(filter(str.isalnum, phrase)).lower()
        folded = "".join(self.text[offset].lower()[:1] for offset in at)
        starts = [match.start() for match in re.finditer(re.escape(wanted), folded)] if wanted else []
        return [Span(at[start], at[start + len(wanted) - 1] + 1) for start in starts]

    def paragraph(self, offset: int) -> int:
        """Which line an offset is in, from 1; lines of nothing but white space are not counted."""
        return sum(bool(line.strip()) for line in self.text[: offset + 1].split("\n")[:-1]) + 1

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column, in code points, of an offset."""
        before = self.text[:offset]
        return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of the text, upper hex as xsd:hexBinary writes it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest().upper()


def parse_offsets(word: str) -> Span | None:
    """'457-470' as a span; None when the word is not of that form."""
    matched = _OFFSETS.fullmatch(word.strip())
    return Span(int(matched[1]), int(matched[2])) if matched else None


def load(path: str | Path) -> SourceText:
    """Read the text of a source. Raises Unreadable: missing, not UTF-8, with BOM, empty, too large."""
    content = read_bytes(path)
    if content.startswith(codecs.BOM_UTF8):
        raise Unreadable(
            _("a byte-order mark stands before the text"),
            file=path,
            fix=_("save it as UTF-8 without the mark: offsets count every code point"),
        )
    text = decode(content, str(path))
    return SourceText(str(path), text, hashlib.sha256(content).hexdigest().upper())


# --- clauses ------------------------------------------------------------------

# The comma of 1,478 and the colon of 08:00 separate nothing, nor does a single dash: it makes a range (1—4).
_SEPARATOR = re.compile(
    r"(?P<number>(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}:\d\d(?::\d\d)?)|[。；，、：！？!?;,:\n\r\u2028]|——"
)
_CLOSING = "”’』」】》〉)）\"'"


def _is_content(character: str) -> bool:
    """Whether a character is a letter or a digit: what a clause says, without its punctuation."""
    return unicodedata.category(character)[0] in "LN"


def clauses(text: str) -> list[Span]:
    """The clauses in the order of the text, without surrounding space; none without a letter or digit."""
    return [span for piece in _pieces(text) if (span := _trimmed(text, piece))]


def _pieces(text: str) -> Iterator[Span]:
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if separator["number"]:
            continue
        yield Span(start, separator.start())
        start = separator.end()
        # A quotation ends after its full stop, so its closing mark belongs to what it closes.
        while start < len(text) and text[start] in _CLOSING:
            start += 1
    yield Span(start, len(text))


def _trimmed(text: str, span: Span) -> Span | None:
    inside = [at for at in range(span.start, span.end) if not text[at].isspace()]
    if not any(_is_content(text[at]) for at in inside):
        return None
    return Span(inside[0], inside[-1] + 1)


# --- what is covered ------------------------------------------------------------

Status = Literal["covered", "declared", "uncovered"]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause.

    covered: every letter and digit lies in a passage that a fact cites.  declared: with the passages of
    omissions every one does.  missing: what neither reaches.  omissions: the omissions that meet it.
    """

    span: Span
    status: Status
    missing: tuple[Span, ...]
    omissions: tuple[Term, ...]


def cover(text: str, cited: Iterable[Span], omitted: Mapping[Span, Iterable[Term]]) -> list[Clause]:
    """The clauses of the text.  cited: passages of facts.  omitted: passages of omissions → these."""
    by_fact = {offset for span in cited for offset in range(span.start, span.end)}
    by_any = by_fact.union(*(range(span.start, span.end) for span in omitted))

    def judged(span: Span) -> Clause:
        content = [at for at in range(span.start, span.end) if _is_content(text[at])]
        if by_fact.issuperset(content):
            return Clause(span, "covered", (), ())
        missing = tuple(_stretches(at for at in content if at not in by_any))
        meeting = (omissions for passage, omissions in omitted.items() if passage.meets(span))
        status: Status = "uncovered" if missing else "declared"
        return Clause(span, status, missing, tuple(dict.fromkeys(chain.from_iterable(meeting))))

    return [judged(span) for span in clauses(text)]


def _stretches(offsets: Iterable[int]) -> Iterator[Span]:
    """Offsets in a row as spans."""
    for __, group in groupby(enumerate(offsets), key=lambda one: one[1] - one[0]):
        row = [offset for __, offset in group]
        yield Span(row[0], row[-1] + 1)

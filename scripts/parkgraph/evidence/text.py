"""The text of a source: read as it is, addressed by code points, identified by its digest.

Nothing here trims, normalises or translates line ends: an offset is a place in the file as it is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from parkgraph.read.files import decode, read_bytes

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
    text = decode(content, str(path))
    return SourceText(str(path), text, hashlib.sha256(content).hexdigest().upper())

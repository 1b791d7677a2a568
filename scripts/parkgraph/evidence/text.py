"""The text of a source: read as it is, addressed by code points, identified by its digest.

Nothing here trims, normalises or translates line ends: an offset is a place in the file as it is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

_OFFSETS = re.compile(r"(\d+)-(\d+)")


@dataclass(frozen=True, order=True)
class Span:
    """Half-open interval of code points, start < end is not enforced (bad data must be representable)."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start}-{self.end}"

    def __len__(self) -> int:
        return max(0, self.end - self.start)


@dataclass(frozen=True)
class SourceText:
    """Text of one source with the SHA-256 (upper hex) of its bytes."""

    path: str
    text: str
    sha256: str

    def __len__(self) -> int:
        return len(self.text)

    def part(self, span: Span) -> str:
        """The characters of the span; the span must lie in the text."""
        return self.text[span.start : span.end]

    def digest(self, span: Span) -> str:
        """SHA-256 (upper hex) of the UTF-8 bytes of the span."""
        return digest(self.part(span))

    def find(self, phrase: str) -> list[Span]:
        """Every place of the phrase, overlapping ones included, in the order of the text."""
        found: list[Span] = []
        at = self.text.find(phrase)
        while at >= 0 and phrase:
            found.append(Span(at, at + len(phrase)))
            at = self.text.find(phrase, at + 1)
        return found


def digest(text: str) -> str:
    """SHA-256 of the UTF-8 bytes of the text, upper hex as xsd:hexBinary writes it."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest().upper()


def parse_offsets(word: str) -> Span | None:
    """'457-470' as a span; None when the word is not of that form."""
    matched = _OFFSETS.fullmatch(word.strip())
    return Span(int(matched[1]), int(matched[2])) if matched else None


def load(path: Path) -> SourceText:
    """Read the text of a source. Raises OSError and UnicodeDecodeError as they come."""
    data = path.read_bytes()
    return SourceText(str(path), data.decode("utf-8"), hashlib.sha256(data).hexdigest().upper())

"""A text cut into clauses: the unit in which the audit counts what is covered."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from parkgraph.evidence.text import Span

# The comma of 1,478 and the colon of 08:00 separate nothing, nor does a single dash: it makes a range (1—4).
_SEPARATOR = re.compile(
    r"(?P<number>(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)|\d{1,2}:\d\d(?::\d\d)?)|[。；，、：！？!?;,:\n\r\u2028]|——"
)
_CLOSING = "”’』」】》〉)）\"'"


def is_content(character: str) -> bool:
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
    if not any(is_content(text[at]) for at in inside):
        return None
    return Span(inside[0], inside[-1] + 1)

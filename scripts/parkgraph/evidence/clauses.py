"""A text cut into clauses, and which of them the graph covers, leaves out on purpose, or misses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from parkgraph.evidence.text import Span
from parkgraph.read.turtle import Term

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
    by_fact, by_any = bytearray(len(text)), bytearray(len(text))
    for span in cited:
        _mark(by_fact, span)
        _mark(by_any, span)
    for span in omitted:
        _mark(by_any, span)
    return [_judged(text, span, by_fact, by_any, omitted) for span in clauses(text)]


def _mark(marks: bytearray, span: Span) -> None:
    end = min(span.end, len(marks))
    marks[span.start : end] = b"\1" * max(0, end - span.start)


def _judged(
    text: str,
    span: Span,
    by_fact: bytearray,
    by_any: bytearray,
    omitted: Mapping[Span, Iterable[Term]],
) -> Clause:
    content = [at for at in range(span.start, span.end) if _is_content(text[at])]
    if all(by_fact[at] for at in content):
        return Clause(span, "covered", (), ())
    missing = tuple(_stretches(at for at in content if not by_any[at]))
    meeting = dict.fromkeys(iri for passage, iris in omitted.items() if passage.meets(span) for iri in iris)
    return Clause(span, "uncovered" if missing else "declared", missing, tuple(meeting))


def _stretches(offsets: Iterable[int]) -> Iterable[Span]:
    """Offsets in a row as spans."""
    start = end = -1
    for offset in offsets:
        if offset != end:
            if start >= 0:
                yield Span(start, end)
            start = offset
        end = offset + 1
    if start >= 0:
        yield Span(start, end)

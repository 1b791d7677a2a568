"""Which clauses of a text the graph covers, which it leaves out on purpose, and which it misses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from parkgraph.evidence.clauses import clauses, is_content
from parkgraph.evidence.text import Span

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
    omissions: tuple[str, ...]


def cover(text: str, cited: Iterable[Span], omitted: Mapping[Span, Iterable[str]]) -> list[Clause]:
    """The clauses of the text.  cited: passages of facts.  omitted: passages of omissions → their IRIs."""
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
    omitted: Mapping[Span, Iterable[str]],
) -> Clause:
    content = [at for at in range(span.start, span.end) if is_content(text[at])]
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

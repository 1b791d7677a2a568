"""For a person: findings by file, each with its line and a caret under what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from parkgraph.finding import LEVELS, Finding, Place, Severity
from parkgraph.messages import Message, _
from parkgraph.show.findings.context import ReportContext, component, place_text
from parkgraph.show.table import visible, width

_COLOURS: dict[Severity, str] = {"violation": "31", "warning": "33", "info": "36"}
_NOWHERE = _("(in no file)")


def _figures(of: Mapping[str, int]) -> Iterator[Message]:
    if "files" in of:
        yield _("{n:,} files", n=of["files"])
    if "triples" in of:
        yield _("{n:,} triples", n=of["triples"])
    if "shapes" in of:
        yield _("{n:,} shapes", n=of["shapes"])


def render(context: ReportContext) -> str:
    """The report, with a last line that sums it up."""
    lines: list[str] = []
    for file, group in groupby(context.findings, key=lambda finding: finding.file or ""):
        lines.append(_bold(file or context.say(_NOWHERE), context))
        for finding in group:
            lines += finding_lines(finding, context, file=False)
        lines.append("")
    return "\n".join([*lines, *_end(context), ""])


def finding_lines(finding: Finding, context: ReportContext, *, file: bool = True) -> Iterator[str]:
    """One finding.  file: name its file too, not only line and column."""
    place = f"{finding.line}:{finding.column}" if finding.line else ""
    if file and finding.file:
        place = place_text(finding.place)
    word = _paint(context.say(LEVELS[finding.severity]), _COLOURS[finding.severity], context)
    message, *more = context.say(finding.messages).splitlines() or [""]
    yield f"  {place:<8} {word}  {visible(message)}"
    for line in more:
        yield f"  {'':<8} {visible(line)}"
    if context.frames:
        yield from _frame(finding.place, finding.severity, context)
    if about := context.concerns(finding):
        yield "      " + context.say(_("node: {about}", about=visible(about)))
    for detail in finding.details:
        yield from (f"      {line}" for line in _detail_lines(detail, context))
    if finding.component:
        where = f"  {place_text(finding.shape)}" if finding.shape else ""
        shape = f"{context.iri(finding.rule)} ({component(finding)}){where}"
        yield "      " + context.say(_("shape: {shape}", shape=shape))
    elif finding.rule:
        yield f"      {finding.rule}"
    for other in finding.related:
        place = place_text(other)
        yield "      " + (
            context.say(_("{note}: {place}", note=other.note, place=place)) if other.note else place
        )
    if finding.fix:
        yield "      " + context.say(_("fix: {fix}", fix=finding.fix))


def _detail_lines(finding: Finding, context: ReportContext) -> Iterator[str]:
    """What is wrong inside another finding, one line each."""
    yield visible(f"- {context.line(finding)}")
    for detail in finding.details:
        yield from (f"  {line}" for line in _detail_lines(detail, context))


def _frame(place: Place, severity: Severity, context: ReportContext) -> Iterator[str]:
    """The source line and the caret; a long line is cut around what is wrong."""
    source = _line(place.file, place.line) if place.file and place.line else None
    if source is None or place.column is None:
        return
    start = place.column - 1
    same = place.end_line == place.line and place.end_column is not None
    end = place.end_column - 1 if same and place.end_column else len(source)
    source = visible(source)  # a tab is one column wide here
    room = max(context.columns - 14, 40)
    shift = 0
    while width(source[shift:end]) > room and shift < max(start - 8, 0):
        shift += 1
    shown = source[shift:]
    while width(shown) > room:
        shown = shown[:-1]
    before, marked = source[shift:start], source[start : min(max(end, start + 1), shift + len(shown))]
    lead = "…" if shift else ""
    tail = "…" if shift + len(shown) < len(source) else ""
    number = str(place.line)
    yield f"  {number:>6} | {lead}{shown}{tail}"
    caret = _paint("^" * max(width(marked), 1), _COLOURS[severity], context)
    yield f"  {'':>6} | {' ' * (width(lead) + width(before))}{caret}"


@lru_cache(maxsize=64)
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(re.split(r"\r\n|\n|\r", Path(file).read_bytes().decode()))
    except (OSError, ValueError):
        return ()


def _line(file: str, number: int) -> str | None:
    lines = _lines(file)
    return lines[number - 1] if number <= len(lines) else None


def _end(context: ReportContext) -> Iterator[str]:
    if context.omitted:
        yield context.say(_("… and {omitted:,} more, not shown (--max-findings)", omitted=context.omitted))
    counts = [
        Message(str(_COUNTED[severity]), {"n": number})
        for severity, number in context.tally.items()
        if number
    ]
    said = context.say(_("{counts}", counts=counts)) if counts else context.say(_("no findings"))
    said = _paint(said, "1" if counts else "32", context)
    figures = list(_figures(context.about))
    yield context.say(_("{counts} ({figures})", counts=said, figures=figures)) if figures else said


_COUNTED: dict[Severity, Message] = {
    "violation": _("{n:,} violations"),
    "warning": _("{n:,} warnings"),
    "info": _("{n:,} info"),
}


def _bold(text: str, context: ReportContext) -> str:
    return _paint(text, "1", context)


def _paint(text: str, code: str, context: ReportContext) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if context.colour else text

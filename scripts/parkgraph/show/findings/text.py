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
_SHAPE = _("shape")
_NODE = _("node")
_FIX = _("fix")
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
        yield f"      {context.say(_NODE)}: {visible(about)}"
    for detail in finding.details:
        yield from (f"      {line}" for line in _detail_lines(detail, context))
    if finding.component:
        where = f"  {place_text(finding.shape)}" if finding.shape else ""
        yield f"      {context.say(_SHAPE)}: {context.iri(finding.rule)} ({component(finding)}){where}"
    elif finding.rule:
        yield f"      {finding.rule}"
    for other in finding.related:
        yield f"      {context.say(other.note) + ': ' if other.note else ''}{place_text(other)}"
    if finding.fix:
        yield f"      {context.say(_FIX)}: {context.say(finding.fix)}"


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
    parts = [
        f"{number} {context.say(LEVELS[severity])}" if context.lang != "en" else _counted(number, severity)
        for severity, number in context.tally.items()
        if number
    ]
    figures = ", ".join(map(context.say, _figures(context.about)))
    if context.omitted:
        yield context.say(_("… and {omitted:,} more, not shown (--max-findings)", omitted=context.omitted))
    if not parts:
        said = context.say(_("no findings"))
        yield _paint(said, "32", context) + (f" ({figures})" if figures else "")
    else:
        joined = ", ".join(parts) if context.lang == "en" else "，".join(parts)
        yield _bold(joined, context) + (f" ({figures})" if figures else "")


def _counted(number: int, severity: Severity) -> str:
    if severity == "info":
        return f"{number:,} info"
    return f"{number:,} {severity}{'' if number == 1 else 's'}"


def _bold(text: str, context: ReportContext) -> str:
    return _paint(text, "1", context)


def _paint(text: str, code: str, context: ReportContext) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if context.colour else text

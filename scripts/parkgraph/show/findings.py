"""What a report of findings needs beside the findings, and the report for a person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from parkgraph.finding import LEVELS, SEVERITIES, Finding, Place, Severity
from parkgraph.messages import Message, _, in_language
from parkgraph.names import SH, shorten
from parkgraph.show.table import visible, width

FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "md", "gitlab", "turtle")
"""Of a report; `show.reports` writes them."""

_LONGEST = 200
"""Characters of a value that are shown."""


@dataclass(frozen=True)
class ReportContext:
    """Findings of one run.

    command: what was run.  counts: of all findings, those left out included (default: of `findings`).
    fail_on: the mildest severity that makes the run fail.  passed: rules that found nothing.
    prefixes: for short names.  about: figures for the last line, as {"shapes": 58, …}.  engine: who decided.
    notes: for the reader, by language.  frames: whether lines of the files are shown.
    """

    findings: Sequence[Finding]
    lang: str = "en"
    command: str = "validate"
    counts: Mapping[Severity, int] | None = None
    fail_on: Severity = "violation"
    passed: Sequence[str] = ()
    prefixes: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, int] = field(default_factory=dict)
    engine: str | None = None
    notes: Sequence[Mapping[str, str]] = ()
    colour: bool = False
    columns: int = 100
    frames: bool = True

    @property
    def tally(self) -> dict[Severity, int]:
        """How many findings of each severity, worst first."""
        counts = self.counts if self.counts is not None else Counter(f.severity for f in self.findings)
        return {severity: counts.get(severity, 0) for severity in SEVERITIES}

    @property
    def omitted(self) -> int:
        """How many findings are counted and not shown."""
        return sum(self.tally.values()) - len(self.findings)

    @property
    def failed(self) -> bool:
        """Whether the run fails: anything as bad as `fail_on`."""
        return any(self.fails(severity) and number for severity, number in self.tally.items())

    def fails(self, severity: Severity) -> bool:
        """Whether one finding of this severity makes the run fail."""
        return SEVERITIES.index(severity) <= SEVERITIES.index(self.fail_on)

    def say(self, words: Mapping[str, str]) -> str:
        """A text in the language of the report."""
        return in_language(words, self.lang)

    def iri(self, iri: str) -> str:
        """A short name."""
        return shorten(iri, self.prefixes) if ":" in iri else iri

    def concerns(self, finding: Finding) -> str:
        """The node, the path and the value that a finding is about, in short names; "" where none is."""
        value = finding.value or ""
        if len(value) > _LONGEST:
            value = value[: _LONGEST - 1] + "…"
        about = " ".join(part for part in (finding.focus, finding.path, value) if part)
        return re.sub(r"<([^<>\s]*)>", lambda found: self.iri(found[1]), about)

    def line(self, finding: Finding) -> str:
        """A finding on one line: message, what it is about, the line of the shape."""
        about = self.concerns(finding)
        shape = f" <- {finding.shape.file}:{finding.shape.line}" if finding.shape else ""
        return self.say(finding.messages) + (f" ({about})" if about else "") + shape

    def rule_id(self, finding: Finding) -> str:
        """The rule's short name, with the component where there is one: `shapes:label/MinCount`."""
        name = self.iri(finding.rule)
        return f"{name}/{_component(finding)}" if finding.component else name


def _component(finding: Finding) -> str:
    """The short name of a finding's constraint component: `MinCount`."""
    local = re.split(r"[#/]", finding.component or "")[-1]
    return local.removesuffix("ConstraintComponent") if (finding.component or "").startswith(SH) else local


def place_text(place: Place) -> str:
    """A place as `file:line:column`."""
    return ":".join(str(part) for part in (place.file, place.line, place.column) if part is not None)


_COLOURS: dict[Severity, str] = {"violation": "31", "warning": "33", "info": "36"}
_FIGURES = {"files": _("{n:,} files"), "triples": _("{n:,} triples"), "shapes": _("{n:,} shapes")}
_COUNTED: dict[Severity, Message] = {
    "violation": _("{n:,} violations"), "warning": _("{n:,} warnings"), "info": _("{n:,} info"),
}  # fmt: skip


def text(context: ReportContext) -> str:
    """By file, each with its line and a caret under what is wrong; a last line sums it up."""
    lines: list[str] = []
    for file, group in groupby(context.findings, key=lambda finding: finding.file or ""):
        lines.append(_paint(file or context.say(_("(in no file)")), "1", context))
        for finding in group:
            lines += _finding_lines(finding, context)
        lines.append("")
    return "\n".join([*lines, *_end(context), ""])


def _finding_lines(finding: Finding, context: ReportContext) -> Iterator[str]:
    place = f"{finding.line}:{finding.column}" if finding.line else ""
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
        shape = f"{context.iri(finding.rule)} ({_component(finding)}){where}"
        yield "      " + context.say(_("shape: {shape}", shape=shape))
    elif finding.rule:
        yield f"      {finding.rule}"
    for other in finding.related:
        said = _("{note}: {place}", note=other.note, place=place_text(other))
        yield "      " + (context.say(said) if other.note else place_text(other))
    if finding.fix:
        yield "      " + context.say(_("fix: {fix}", fix=finding.fix))


def _detail_lines(finding: Finding, context: ReportContext) -> Iterator[str]:
    """What is wrong inside another finding, one line each."""
    yield visible(f"- {context.line(finding)}")
    for detail in finding.details:
        yield from (f"  {line}" for line in _detail_lines(detail, context))


def _frame(place: Place, severity: Severity, context: ReportContext) -> Iterator[str]:
    """The source line and the caret; a long line is cut around what is wrong."""
    lines = _lines(place.file) if place.file else ()
    if place.line is None or place.column is None or place.line > len(lines):
        return
    source = visible(lines[place.line - 1])  # a tab is one column wide here
    start = place.column - 1
    same = place.end_line == place.line and place.end_column
    end = place.end_column - 1 if same and place.end_column else len(source)
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
    yield f"  {place.line:>6} | {lead}{shown}{tail}"
    caret = _paint("^" * max(width(marked), 1), _COLOURS[severity], context)
    yield f"  {'':>6} | {' ' * (width(lead) + width(before))}{caret}"


@lru_cache(maxsize=64)
def _lines(file: str) -> tuple[str, ...]:
    try:
        return tuple(re.split(r"\r\n|\n|\r", Path(file).read_bytes().decode()))
    except (OSError, ValueError):
        return ()


def _end(context: ReportContext) -> Iterator[str]:
    if context.omitted:
        yield context.say(_("… and {omitted:,} more, not shown (--max-findings)", omitted=context.omitted))
    counts = [Message(str(_COUNTED[level]), {"n": n}) for level, n in context.tally.items() if n]
    said = context.say(_("{counts}", counts=counts)) if counts else context.say(_("no findings"))
    said = _paint(said, "1" if counts else "32", context)
    about = context.about
    figures = [Message(str(text), {"n": about[name]}) for name, text in _FIGURES.items() if name in about]
    yield context.say(_("{counts} ({figures})", counts=said, figures=figures)) if figures else said


def _paint(text: str, code: str, context: ReportContext) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if context.colour else text

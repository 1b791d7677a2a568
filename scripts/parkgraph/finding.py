"""A finding: one thing wrong in the data, with its place; every check reports in this shape."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from parkgraph.messages import Message, _

Severity = Literal["violation", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("violation", "warning", "info")
"""Worst first."""

LEVELS: Mapping[str, Message] = {"violation": _("violation"), "warning": _("warning"), "info": _("info")}
"""What a severity is called."""


@dataclass(frozen=True, slots=True)
class Place:
    """A span of a file: 1-based lines and columns in code points, end column exclusive. note: what it is."""

    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    note: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong.

    file … end_column: the span, as in `Place`.  rule: IRI of the source shape, or the id of a check.
    component: IRI of the SHACL constraint component.  focus, path, value: terms as N-Triples or curies.
    messages, fix: sentences by language ("zh", "en", or "" when a shape's message has none).
    shape: the line of the shape that says so.  related: other places that explain it.
    source: the source shape itself where `rule` names the shape around it.  level: IRI of a severity of the
    shapes' own.  times: how often the report tells it (SHACL counts each way by which it comes about).
    details: what is wrong inside, of a shape that is made of others.
    """

    severity: Severity
    rule: str
    messages: Mapping[str, str]
    file: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    component: str | None = None
    focus: str | None = None
    path: str | None = None
    value: str | None = None
    fix: Mapping[str, str] | None = None
    shape: Place | None = None
    related: list[Place] = field(default_factory=list)
    source: str | None = None
    level: str | None = None
    times: int = 1
    details: list[Finding] = field(default_factory=list)

    @property
    def place(self) -> Place:
        """Where the finding is."""
        return Place(self.file, self.line, self.column, self.end_line, self.end_column)

    def sort_key(self) -> tuple[Any, ...]:
        """By file and place, then severity, rule, focus, path and value: a total order for stable output."""
        return (
            self.file or "",
            self.line or 0,
            self.column or 0,
            SEVERITIES.index(self.severity),
            self.rule,
            self.component or "",
            self.focus or "",
            self.path or "",
            self.value or "",
            tuple(sorted(self.messages.items())),
        )


def finding(
    rule: str,
    messages: Mapping[str, str],
    fix: Mapping[str, str] | None = None,
    *,
    at: Place | None = None,
    severity: Severity = "violation",
    focus: str | None = None,
    value: str | None = None,
    related: Sequence[Place] = (),
) -> Finding:
    """What the check `rule` found `at` a place."""
    place = at or Place()
    span = (place.file, place.line, place.column, place.end_line, place.end_column)
    more = list(related)
    return Finding(severity, rule, messages, *span, focus=focus, value=value, fix=fix, related=more)


def at(place: Place | None, finding: Finding) -> Finding:
    """A finding with its place."""
    if place is None:
        return finding
    return replace(
        finding,
        file=place.file,
        line=place.line,
        column=place.column,
        end_line=place.end_line,
        end_column=place.end_column,
    )


def in_files(finding: Finding, name: Callable[[str], str]) -> Finding:
    """The finding with every file it names called `name(file)`."""

    def named(place: Place) -> Place:
        return replace(place, file=name(place.file)) if place.file else place

    return replace(
        finding,
        file=name(finding.file) if finding.file else None,
        shape=named(finding.shape) if finding.shape else None,
        related=[named(place) for place in finding.related],
        details=[in_files(detail, name) for detail in finding.details],
    )


def fingerprint(finding: Finding) -> str:
    """What makes a finding the same after the files around it have changed: no line, no message.

    32 hexadecimal digits from rule, component, node, path and value. A finding about no node is known by its
    file and English message instead.
    """
    parts = [finding.rule, finding.component, finding.focus, finding.path, finding.value]
    if finding.focus is None:
        parts += [finding.file, finding.messages.get("en", finding.messages.get(""))]
    # Relative IRIs are resolved against the file's address: the folder of a checkout must not count.
    here = Path.cwd().as_uri() + "/"
    said = "\x1f".join((part or "").replace(here, "") for part in parts)
    return hashlib.sha256(said.encode()).hexdigest()[:32]

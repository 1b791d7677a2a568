"""Findings of the evidence checks: one builder, so that every one has its place, its words and its fix."""

from __future__ import annotations

from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Place, Severity

Words = tuple[str, str]
"""A sentence in English and in Chinese."""


def problem(
    rule: str,
    message: Words,
    fix: Words,
    *,
    at: Place,
    severity: Severity = "violation",
    focus: str | None = None,
    value: str | None = None,
) -> Finding:
    """A finding of the check `rule`, at a place."""
    return Finding(
        severity=severity,
        rule=rule,
        messages={"en": message[0], "zh": message[1]},
        fix={"en": fix[0], "zh": fix[1]},
        file=at.file,
        line=at.line,
        column=at.column,
        end_line=at.end_line,
        end_column=at.end_column,
        focus=focus,
        value=value,
    )


def in_text(text: SourceText, span: Span) -> Place:
    """The place of a span in the text of a source."""
    (line, column), (end_line, end_column) = map(text.line_and_column, (span.start, span.end))
    return Place(text.name, line, column, end_line, end_column)

"""JSON: the whole report as one object. Its schema is `findings.schema.json`, beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parkgraph.finding import Finding, Place, fingerprint
from parkgraph.show.findings.context import ReportContext

VERSION = 1
SCHEMA = Path(__file__).parent / "findings.schema.json"


def render(context: ReportContext) -> str:
    """One JSON object with the findings and their counts."""
    whole = {
        "version": VERSION,
        "command": context.command,
        "failed": context.failed,
        "counts": context.tally,
        "omitted": context.omitted,
        "engine": context.engine,
        "about": dict(context.about),
        "notes": [dict(note) for note in context.notes],
        "findings": [as_object(finding, context) for finding in context.findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def render_lines(context: ReportContext) -> str:
    """JSON lines: one finding a line; nothing when there is none."""
    return "".join(json.dumps(as_object(f, context), ensure_ascii=False) + "\n" for f in context.findings)


def as_object(finding: Finding, context: ReportContext) -> dict[str, Any]:
    """One finding; `message` is in the language of the report, `messages` holds all."""
    return {
        "fingerprint": fingerprint(finding),
        "severity": finding.severity,
        "file": finding.file,
        "line": finding.line,
        "column": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
        "rule": finding.rule,
        "component": finding.component,
        "focus": finding.focus,
        "path": finding.path,
        "value": finding.value,
        "sourceShape": finding.source,
        "times": finding.times,
        "message": context.say(finding.messages),
        "messages": _texts(finding.messages),
        "fix": _texts(finding.fix) if finding.fix else None,
        "shape": _place(finding.shape) if finding.shape else None,
        "related": [_place(place) for place in finding.related],
        "details": [as_object(detail, context) for detail in finding.details],
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
        "note": _texts(place.note) if place.note else None,
    }


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return dict(sorted(texts.items()))

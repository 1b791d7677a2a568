"""JSON: the whole report as one object. Its schema is `findings.schema.json`, beside this module."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from parkgraph.finding import Finding, Place
from parkgraph.show.findings.told import Told, others_of, shape_of
from parkgraph.validate.fingerprint import fingerprint

VERSION = 1
SCHEMA = Path(__file__).parent / "findings.schema.json"


def render(told: Told) -> str:
    """One JSON object with the findings and their counts."""
    whole = {
        "version": VERSION,
        "command": told.command,
        "failed": told.failed,
        "counts": told.tally,
        "omitted": told.omitted,
        "engine": told.engine,
        "about": dict(told.about),
        "notes": [dict(note) for note in told.notes],
        "findings": [as_object(finding, told) for finding in told.findings],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def as_object(finding: Finding, told: Told) -> dict[str, Any]:
    """One finding; `message` is in the language of the report, `messages` holds all."""
    shape = shape_of(finding)
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
        "message": told.say(finding.messages),
        "messages": _texts(finding.messages),
        "fix": _texts(finding.fix) if finding.fix else None,
        "shape": _place(shape) if shape else None,
        "related": [_place(place) for place in others_of(finding)],
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

"""GitLab code quality: a list of findings with paths, lines and fingerprints."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from parkgraph.finding import Finding, Severity
from parkgraph.show.findings.told import Told
from parkgraph.validate.fingerprint import fingerprint

_LEVELS: dict[Severity, str] = {"violation": "major", "warning": "minor", "info": "info"}


def render(told: Told) -> str:
    """A JSON array; GitLab wants a fingerprint once only, so twins are numbered."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in told.findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        issues.append(_issue(finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", told))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, mark: str, told: Told) -> dict[str, Any]:
    about = f" ({told.terms(finding.focus)})" if finding.focus else ""
    lines: dict[str, int] = {"begin": finding.line or 1}
    if finding.end_line and finding.end_line != finding.line:
        lines["end"] = finding.end_line
    return {
        "type": "issue",
        "check_name": told.rule_id(finding),
        "description": told.say(finding.messages) + about,
        "categories": ["Bug Risk"],
        "severity": _LEVELS[finding.severity],
        "fingerprint": mark,
        "location": {"path": finding.file or ".", "lines": lines},
    }

"""GitLab code quality: a list of findings with paths, lines and fingerprints."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from parkgraph.finding import Finding, Severity, fingerprint
from parkgraph.show.findings.context import ReportContext

_LEVELS: dict[Severity, str] = {"violation": "major", "warning": "minor", "info": "info"}


def render(context: ReportContext) -> str:
    """A JSON array; GitLab wants a fingerprint once only, so twins are numbered."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in context.findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        issues.append(_issue(finding, mark if seen[mark] == 1 else f"{mark}-{seen[mark]}", context))
    return json.dumps(issues, ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, mark: str, context: ReportContext) -> dict[str, Any]:
    lines: dict[str, int] = {"begin": finding.line or 1}
    if finding.end_line and finding.end_line != finding.line:
        lines["end"] = finding.end_line
    return {
        "type": "issue",
        "check_name": context.rule_id(finding),
        "description": context.line(finding),
        "categories": ["Bug Risk"],
        "severity": _LEVELS[finding.severity],
        "fingerprint": mark,
        "location": {"path": finding.file or ".", "lines": lines},
    }

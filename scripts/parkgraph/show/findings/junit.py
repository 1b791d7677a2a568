"""JUnit XML: a test case for each rule; a rule with findings that count has failed."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from parkgraph.finding import Finding
from parkgraph.show.findings.context import ReportContext, place_text

# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(context: ReportContext) -> str:
    """One test suite."""
    cases: dict[str, list[Finding]] = {context.iri(rule): [] for rule in context.passed}
    for finding in context.findings:
        cases.setdefault(context.rule_id(finding), []).append(finding)
    # A rule that found something is context with its component, not as passed.
    named = {context.iri(finding.rule) for finding in context.findings}
    cases = {name: found for name, found in cases.items() if found or name not in named}
    if not cases:
        cases = {context.command: []}
    failures = sum(any(context.fails(finding.severity) for finding in found) for found in cases.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="parkgraph" tests="{len(cases)}" failures="{failures}">',
        f'<testsuite name={_attribute("parkgraph " + context.command)} tests="{len(cases)}" '
        f'failures="{failures}" errors="0" skipped="0">',
    ]
    for name, found in sorted(cases.items()):
        lines += _case(name, found, context)
    return "\n".join([*lines, "</testsuite>", "</testsuites>", ""])


def _case(name: str, found: list[Finding], context: ReportContext) -> list[str]:
    file = next((finding.file for finding in found if finding.file), None)
    place = f" file={_attribute(file)}" if file else ""
    head = f"<testcase classname={_attribute('parkgraph.' + context.command)} name={_attribute(name)}{place}"
    if not found:
        return [head + "/>"]
    bad = [finding for finding in found if context.fails(finding.severity)]
    mild = [finding for finding in found if not context.fails(finding.severity)]
    lines = [head + ">"]
    if bad:
        message = context.say(bad[0].messages) + (f" (+{len(bad) - 1})" if len(bad) > 1 else "")
        said = f"message={_attribute(message)} type={_attribute(bad[0].severity)}"
        lines.append(f"<failure {said}>{_lines(bad, context)}</failure>")
    if mild:
        lines.append(f"<system-out>{_lines(mild, context)}</system-out>")
    return [*lines, "</testcase>"]


def _lines(findings: list[Finding], context: ReportContext) -> str:
    return _text("\n".join(_line(finding, context) for finding in findings))


def _line(finding: Finding, context: ReportContext) -> str:
    return f"{place_text(finding.place)}: {finding.severity}: {context.line(finding)}"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))

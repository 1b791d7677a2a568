"""JUnit XML: a test case for each rule; a rule with findings that count has failed."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from parkgraph.finding import Finding
from parkgraph.show.findings.told import Told, shape_of

# What XML 1.0 cannot hold.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(told: Told) -> str:
    """One test suite."""
    cases: dict[str, list[Finding]] = {told.iri(rule): [] for rule in told.passed}
    for finding in told.findings:
        cases.setdefault(told.rule_id(finding), []).append(finding)
    # A rule that found something is told with its component, not as passed.
    named = {told.iri(finding.rule) for finding in told.findings}
    cases = {name: found for name, found in cases.items() if found or name not in named}
    if not cases:
        cases = {told.command: []}
    failures = sum(any(told.fails(finding.severity) for finding in found) for found in cases.values())
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="parkgraph" tests="{len(cases)}" failures="{failures}">',
        f'<testsuite name={_attribute("parkgraph " + told.command)} tests="{len(cases)}" '
        f'failures="{failures}" errors="0" skipped="0">',
    ]
    for name, found in sorted(cases.items()):
        lines += _case(name, found, told)
    return "\n".join([*lines, "</testsuite>", "</testsuites>", ""])


def _case(name: str, found: list[Finding], told: Told) -> list[str]:
    file = next((finding.file for finding in found if finding.file), None)
    place = f" file={_attribute(file)}" if file else ""
    head = f"<testcase classname={_attribute('parkgraph.' + told.command)} name={_attribute(name)}{place}"
    if not found:
        return [head + "/>"]
    bad = [finding for finding in found if told.fails(finding.severity)]
    mild = [finding for finding in found if not told.fails(finding.severity)]
    lines = [head + ">"]
    if bad:
        message = told.say(bad[0].messages) + (f" (+{len(bad) - 1})" if len(bad) > 1 else "")
        said = f"message={_attribute(message)} type={_attribute(bad[0].severity)}"
        lines.append(f"<failure {said}>{_lines(bad, told)}</failure>")
    if mild:
        lines.append(f"<system-out>{_lines(mild, told)}</system-out>")
    return [*lines, "</testcase>"]


def _lines(findings: list[Finding], told: Told) -> str:
    return _text("\n".join(_line(finding, told) for finding in findings))


def _line(finding: Finding, told: Told) -> str:
    place = ":".join(str(part) for part in (finding.file, finding.line, finding.column) if part is not None)
    shape = shape_of(finding)
    source = f" <- {shape.file}:{shape.line}" if shape else ""
    about = f" {told.terms(finding.focus)}" if finding.focus else ""
    return f"{place}: {finding.severity}: {told.say(finding.messages)}{about}{source}"


def _text(text: str) -> str:
    return escape(_FORBIDDEN.sub("\ufffd", text))


def _attribute(text: str) -> str:
    return quoteattr(_FORBIDDEN.sub("\ufffd", text))

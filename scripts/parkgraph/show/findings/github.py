"""Annotations of GitHub Actions: workflow commands, shown beside the lines of a change."""

from __future__ import annotations

from parkgraph.finding import Finding, Severity
from parkgraph.messages import _
from parkgraph.show.findings.context import ReportContext

MOST_OF_A_KIND = 10
"""GitHub shows at most so many errors, warnings and notices of a step."""

_COMMANDS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "notice"}


def render(context: ReportContext) -> str:
    """One command a finding, worst first, and a last one that counts what GitHub would not show."""
    lines: list[str] = []
    shown = 0
    for severity, command in _COMMANDS.items():
        most = MOST_OF_A_KIND - (1 if severity == "info" else 0)
        for finding in [f for f in context.findings if f.severity == severity][:most]:
            lines.append(_command(command, finding, context))
            shown += 1
    rest = sum(context.tally.values()) - shown
    if rest:
        said = context.say(_("{rest:,} more findings: see the summary or the report file", rest=rest))
        lines.append(f"::notice title=parkgraph {context.command}::{_data(said)}")
    return "".join(line + "\n" for line in lines)


def _command(command: str, finding: Finding, context: ReportContext) -> str:
    properties = {"file": finding.file, "line": finding.line}
    if finding.line and finding.end_line == finding.line:
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    elif finding.line:
        properties |= {"endLine": finding.end_line}
    properties["title"] = context.rule_id(finding)
    known = {name: _property(str(value)) for name, value in properties.items() if value is not None}
    message = context.say(finding.messages)
    if about := context.concerns(finding):
        message += f"\n{about}"
    if finding.shape:
        message += f"\n<- {finding.shape.file}:{finding.shape.line}"
    said = ",".join(f"{name}={value}" for name, value in known.items())
    return f"::{command} {said}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

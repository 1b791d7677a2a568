"""SARIF 2.1.0, for code scanning: rules are shapes with their component, positions count code points."""

from __future__ import annotations

import json
from typing import Any

from parkgraph import __version__
from parkgraph.finding import Finding, Place, Severity, fingerprint
from parkgraph.show.findings.context import ReportContext, uri_of

_LEVELS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}


def render(context: ReportContext) -> str:
    """One run of the tool `parkgraph`."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for finding in context.findings:
        rule = context.rule_id(finding)
        rules.setdefault(rule, _rule(rule, finding, context))
        results.append(_result(finding, rule, list(rules).index(rule), context))
    run: dict[str, Any] = {
        "tool": {"driver": {"name": "parkgraph", "version": __version__, "rules": list(rules.values())}},
        "language": "zh-CN" if context.lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"counts": context.tally, "omitted": context.omitted},
    }
    schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    whole = {"$schema": schema, "version": "2.1.0", "runs": [run]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _rule(name: str, finding: Finding, context: ReportContext) -> dict[str, Any]:
    return {
        "id": name,
        "shortDescription": {"text": name},
        "defaultConfiguration": {"level": _LEVELS[finding.severity]},
        "properties": {"shape": finding.rule}
        | ({"component": finding.component} if finding.component else {}),
    }


def _result(finding: Finding, rule: str, index: int, context: ReportContext) -> dict[str, Any]:
    message = context.say(finding.messages) or rule
    if about := context.concerns(finding):
        message += f"\n{about}"
    if finding.fix:
        message += "\n" + context.say(finding.fix)
    result: dict[str, Any] = {
        "ruleId": rule,
        "ruleIndex": index,
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "partialFingerprints": {"parkgraph/v1": fingerprint(finding)},
    }
    if finding.file:
        result["locations"] = [{"physicalLocation": _location(finding.place)}]
    shape = finding.shape
    related = [place for place in ([shape] if shape else []) + finding.related if place.file]
    if related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _location(place),
                "message": {"text": context.say(place.note) if place.note else ""},
            }
            for number, place in enumerate(related, 1)
        ]
    terms = {"focus": finding.focus, "path": finding.path, "value": finding.value}
    known = {name: term for name, term in terms.items() if term is not None}
    if known:
        result["properties"] = known
    return result


def _location(place: Place) -> dict[str, Any]:
    assert place.file is not None
    uri = uri_of(place.file)
    artifact = {"uri": uri} if ":" in uri.split("/")[0] else {"uri": uri, "uriBaseId": "%SRCROOT%"}
    location: dict[str, Any] = {"artifactLocation": artifact}
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }
    if place.line:
        location["region"] = {name: number for name, number in region.items() if number}
    return location

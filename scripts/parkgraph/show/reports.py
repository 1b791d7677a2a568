"""Findings in the forms that people and CI systems read; the same findings give the same bytes.

text      for a person: by file, with the line and a caret       json, jsonl   for programs, with a schema
sarif     SARIF 2.1.0, for code scanning                         junit         JUnit XML
github    annotations of GitHub Actions                          md            a summary in Markdown
gitlab    GitLab code quality                                    turtle        a sh:ValidationReport
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import quote

from parkgraph import __version__
from parkgraph.finding import Finding, Place, Severity, fingerprint
from parkgraph.messages import _
from parkgraph.names import RDF, SH, STANDARD_PREFIXES
from parkgraph.show.findings import FORMATS, ReportContext, place_text, text
from parkgraph.show.output import format_for
from parkgraph.show.results import NOT_XML, Cell, markdown, rdf

SCHEMA = Path(__file__).parent / "findings.schema.json"
"""The JSON Schema of `_json`."""


def _dumped(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _json(context: ReportContext) -> str:
    """One JSON object with the findings and their counts."""
    return _dumped(
        {
            "version": 1,
            "command": context.command,
            "failed": context.failed,
            "counts": context.tally,
            "omitted": context.omitted,
            "engine": context.engine,
            "about": dict(context.about),
            "notes": [dict(note) for note in context.notes],
            "findings": [as_object(finding, context) for finding in context.findings],
        }
    )


def _json_lines(context: ReportContext) -> str:
    """One finding a line; nothing when there is none."""
    return "".join(json.dumps(as_object(f, context), ensure_ascii=False) + "\n" for f in context.findings)


def as_object(finding: Finding, context: ReportContext) -> dict[str, Any]:
    """One finding; `message` is in the language of the report, `messages` holds all."""
    return {
        "fingerprint": fingerprint(finding),
        "severity": finding.severity,
        **_span(finding.place),
        **{name: getattr(finding, name) for name in ("rule", "component", "focus", "path", "value")},
        "sourceShape": finding.source,
        "times": finding.times,
        "message": context.say(finding.messages),
        "messages": _texts(finding.messages),
        "fix": _texts(finding.fix),
        "shape": _place(finding.shape) if finding.shape else None,
        "related": [_place(place) for place in finding.related],
        "details": [as_object(detail, context) for detail in finding.details],
    }


_SPAN = {"file": "file", "line": "line", "column": "column", "endLine": "end_line", "endColumn": "end_column"}


def _span(place: Place) -> dict[str, Any]:
    return {name: getattr(place, field) for name, field in _SPAN.items()}


def _place(place: Place) -> dict[str, Any]:
    return {**_span(place), "note": _texts(place.note)}


def _texts(texts: Mapping[str, str] | None) -> dict[str, str] | None:
    return dict(sorted(texts.items())) if texts else None


# --- SARIF 2.1.0: rules are shapes with their component, positions count code points ---------

_SARIF: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "note"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def _sarif(context: ReportContext) -> str:
    """One run of the tool `parkgraph`."""
    rules: dict[str, dict[str, Any]] = {}
    results = []
    for finding in context.findings:
        name = context.rule_id(finding)
        about = {"shape": finding.rule} | ({"component": finding.component} if finding.component else {})
        level = {"level": _SARIF[finding.severity]}
        rule = {"id": name, "shortDescription": {"text": name}, "defaultConfiguration": level}
        rules.setdefault(name, {**rule, "properties": about})
        results.append({"ruleId": name, "ruleIndex": [*rules].index(name), **_result(finding, name, context)})
    run = {
        "tool": {"driver": {"name": "parkgraph", "version": __version__, "rules": list(rules.values())}},
        "language": "zh-CN" if context.lang == "zh" else "en-US",
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {"counts": context.tally, "omitted": context.omitted},
    }
    return _dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _result(finding: Finding, rule: str, context: ReportContext) -> dict[str, Any]:
    fix = context.say(finding.fix) if finding.fix else ""
    said = (context.say(finding.messages) or rule, context.concerns(finding), fix)
    result: dict[str, Any] = {
        "level": _SARIF[finding.severity],
        "message": {"text": "\n".join(filter(None, said))},
        "partialFingerprints": {"parkgraph/v1": fingerprint(finding)},
    }
    if finding.file:
        result["locations"] = [{"physicalLocation": _location(finding.place)}]
    related = [place for place in (finding.shape, *finding.related) if place and place.file]
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
    if known := {name: term for name, term in terms.items() if term is not None}:
        result["properties"] = known
    return result


def _location(place: Place) -> dict[str, Any]:
    """A place of SARIF; a relative file lies in the checkout."""
    path = Path(place.file or "")
    uri = place.file if "://" in (place.file or "") else path.as_uri() if path.is_absolute() else ""
    artifact = {"uri": uri} if uri else {"uri": quote(path.as_posix()), "uriBaseId": "%SRCROOT%"}
    names = {"startLine": place.line, "startColumn": place.column,
             "endLine": place.end_line, "endColumn": place.end_column}  # fmt: skip
    region = {"region": {name: number for name, number in names.items() if number}} if place.line else {}
    return {"artifactLocation": artifact, **region}


# --- JUnit: a test case for each rule; a rule with findings that count has failed -------------


def _junit(context: ReportContext) -> str:
    """One test suite."""
    from xml.etree.ElementTree import Element, SubElement, indent, tostring

    cases: dict[str, list[Finding]] = {context.iri(rule): [] for rule in context.passed}
    for finding in context.findings:
        cases.pop(context.iri(finding.rule), None)  # its name has the component
    for finding in context.findings:
        cases.setdefault(context.rule_id(finding), []).append(finding)
    cases = cases or {context.command: []}
    failures = sum(any(context.fails(finding.severity) for finding in found) for found in cases.values())
    counts = {"tests": str(len(cases)), "failures": str(failures)}
    suites = Element("testsuites", {"name": "parkgraph", **counts})
    name = f"parkgraph {context.command}"
    suite = SubElement(suites, "testsuite", {"name": name, **counts, "errors": "0", "skipped": "0"})
    for name, found in sorted(cases.items()):
        case = SubElement(suite, "testcase", classname=f"parkgraph.{context.command}", name=_xml(name))
        if file := next((finding.file for finding in found if finding.file), None):
            case.set("file", _xml(file))
        bad = [finding for finding in found if context.fails(finding.severity)]
        mild = [finding for finding in found if not context.fails(finding.severity)]
        if bad:
            message = context.say(bad[0].messages) + (f" (+{len(bad) - 1})" if len(bad) > 1 else "")
            failure = SubElement(case, "failure", message=_xml(message), type=bad[0].severity)
            failure.text = _listed(bad, context)
        if mild:
            SubElement(case, "system-out").text = _listed(mild, context)
    indent(suites, "")
    return tostring(suites, "utf-8", xml_declaration=True).decode() + "\n"


def _listed(findings: list[Finding], context: ReportContext) -> str:
    lines = (f"{place_text(one.place)}: {one.severity}: {context.line(one)}" for one in findings)
    return _xml("\n".join(lines))


def _xml(words: str) -> str:
    return NOT_XML.sub("\ufffd", words)


# --- GitHub and GitLab ------------------------------------------------------------

MOST_OF_A_KIND = 10
"""GitHub shows at most so many errors, warnings and notices of a step."""

_COMMANDS: dict[Severity, str] = {"violation": "error", "warning": "warning", "info": "notice"}


def _github(context: ReportContext) -> str:
    """A workflow command a finding, worst first, and a last one that counts what GitHub would not show."""
    lines: list[str] = []
    for severity in _COMMANDS:
        most = MOST_OF_A_KIND - (severity == "info")
        found = [finding for finding in context.findings if finding.severity == severity]
        lines += [_command(finding, context) for finding in found[:most]]
    if rest := sum(context.tally.values()) - len(lines):
        said = context.say(_("{rest:,} more findings: see the summary or the report file", rest=rest))
        lines.append(f"::notice title=parkgraph {context.command}::{_escaped(said)}")
    return "".join(line + "\n" for line in lines)


def _command(finding: Finding, context: ReportContext) -> str:
    properties = {"file": finding.file, "line": finding.line}
    if finding.line and finding.end_line == finding.line:
        properties |= {"col": finding.column, "endColumn": finding.end_column}
    elif finding.line:
        properties |= {"endLine": finding.end_line}
    properties["title"] = context.rule_id(finding)
    said = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in properties.items()
        if value is not None
    )
    shape = f"<- {finding.shape.file}:{finding.shape.line}" if finding.shape else ""
    message = "\n".join(filter(None, (context.say(finding.messages), context.concerns(finding), shape)))
    return f"::{_COMMANDS[finding.severity]} {said}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


_GITLAB: dict[Severity, str] = {"violation": "major", "warning": "minor", "info": "info"}


def _gitlab(context: ReportContext) -> str:
    """A JSON array; GitLab wants a fingerprint once only, so twins are numbered."""
    seen: Counter[str] = Counter()
    issues = []
    for finding in context.findings:
        mark = fingerprint(finding)
        seen[mark] += 1
        lines: dict[str, int] = {"begin": finding.line or 1}
        if finding.end_line and finding.end_line != finding.line:
            lines["end"] = finding.end_line
        issues.append(
            {
                "type": "issue",
                "check_name": context.rule_id(finding),
                "description": context.line(finding),
                "categories": ["Bug Risk"],
                "severity": _GITLAB[finding.severity],
                "fingerprint": mark if seen[mark] == 1 else f"{mark}-{seen[mark]}",
                "location": {"path": finding.file or ".", "lines": lines},
            }
        )
    return _dumped(issues)


_SIGNS: dict[Severity, str] = {"violation": "❌", "warning": "⚠️", "info": "ℹ️"}


def _markdown(context: ReportContext) -> str:
    """A heading, the counts and a table of the findings, such as GitHub shows under a run."""
    sign = _SIGNS["violation"] if context.failed else "✅"
    counted = _("violations: {violation:,}, warnings: {warning:,}, info: {info:,}", **context.tally)
    report = f"### {sign} parkgraph {context.command}\n\n{context.say(counted)}\n\n"
    if context.findings:
        heads = ["", *map(context.say, (_("place"), _("message"), _("node"), _("shape")))]
        rows = [
            (
                _SIGNS[finding.severity],
                place_text(finding.place),
                context.say(finding.messages).replace("\n", " "),
                context.concerns(finding),
                f"{context.rule_id(finding)} {place_text(finding.shape) if finding.shape else ''}",
            )
            for finding in context.findings
        ]
        cells = [[Cell(text) for text in row] for row in rows]
        report += "".join(markdown(heads, cells, [False] * len(heads))) + "\n"
    if context.omitted:
        report += context.say(_("… and {rest} more, not shown", rest=format(context.omitted, ","))) + "\n\n"
    return report.removesuffix("\n")


# --- the SHACL validation report (section 3.6) ------------------------------------

_SEVERITIES: dict[Severity, str] = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_OPERATORS = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def _turtle(context: ReportContext) -> str:
    """A sh:ValidationReport of the findings that come from shapes: as many results as SHACL counts."""
    from pyoxigraph import RdfFormat, parse

    report = _Report()
    found = [one for one in context.findings if one.component for __ in range(one.times)]
    results = [f"sh:result {report.result(finding)}" for finding in found]
    conforms = "false" if results or context.tally["violation"] else "true"
    head = ["_:report a sh:ValidationReport", f"sh:conforms {conforms}", *results]
    text = f"@prefix sh: <{SH}> . @prefix rdf: <{RDF}> .\n{' ; '.join(head)} .\n{report.text}"
    triples = [quad.triple for quad in parse(text, RdfFormat.TURTLE)]
    return rdf(triples, "ttl", {**STANDARD_PREFIXES, **context.prefixes}).decode()


class _Report:
    """Writes nodes as Turtle with names of their own, so that the same findings give the same bytes."""

    def __init__(self) -> None:
        self.text = ""
        self._count = 0

    def result(self, finding: Finding) -> str:
        """A sh:ValidationResult."""
        from pyoxigraph import Literal

        level = finding.level or SH + _SEVERITIES[finding.severity]
        said = [("sh:focusNode", _term(finding.focus or ""))]
        if finding.path:
            said.append(("sh:resultPath", self._path(re.findall(r"<[^<>]*>|[/|^*+?()]", finding.path))))
        if finding.value:
            said.append(("sh:value", _term(finding.value)))
        for lang, words in sorted(finding.messages.items()):
            said.append(("sh:resultMessage", str(Literal(words, language=lang or None))))
        rule = finding.rule if finding.rule.startswith("_:") else f"<{finding.rule}>"
        said += [
            ("sh:resultSeverity", f"<{level}>"),
            ("sh:sourceConstraintComponent", f"<{finding.component}>"),
            ("sh:sourceShape", _term(finding.source or rule)),
            *(("sh:detail", self.result(detail)) for detail in finding.details),
        ]
        return self._new("result", ("a", "sh:ValidationResult"), *said)

    def _new(self, name: str, *said: tuple[str, str]) -> str:
        self._count += 1
        node = f"_:{name}{self._count}"
        self.text += f"{node} {' ; '.join(map(' '.join, said))} .\n"
        return node

    def _path(self, tokens: list[str]) -> str:
        """The node of a SPARQL property path, as `validate.paths.Path` writes it."""
        parts, operator = [self._step(tokens)], ""
        while tokens and tokens[0] in "/|":
            operator = tokens.pop(0)
            parts.append(self._step(tokens))
        if not operator:
            return parts[0]
        listed = "rdf:nil"
        for part in reversed(parts):
            listed = self._new("path", ("rdf:first", part), ("rdf:rest", listed))
        return listed if operator == "/" else self._new("path", ("sh:alternativePath", listed))

    def _step(self, tokens: list[str]) -> str:
        found = tokens.pop(0)
        if found == "^":
            return self._new("path", ("sh:inversePath", self._step(tokens)))
        if found == "(":
            found = self._path(tokens)
            tokens.pop(0)
        if tokens and tokens[0] in _OPERATORS:
            found = self._new("path", (f"sh:{_OPERATORS[tokens.pop(0)]}", found))
        return found


def _term(text: str) -> str:
    """A term from its N-Triples form; labels of blank nodes may hold what Turtle's may not."""
    return "_:" + re.sub(r"[^\w.-]", "_", text[2:]).strip(".") if text.startswith("_:") else text


FORMS: dict[str, Callable[[ReportContext], str]] = dict(
    zip(
        FORMATS,
        (text, _json, _json_lines, _sarif, _junit, _github, _markdown, _gitlab, _turtle),
        strict=True,
    )
)
_SUFFIXES = {
    "txt": "text", "json": "json", "jsonl": "jsonl", "ndjson": "jsonl", "sarif": "sarif", "xml": "junit",
    "md": "md", "ttl": "turtle",
}  # fmt: skip


def render(context: ReportContext, form: str) -> str:
    """The findings in one of FORMS."""
    return FORMS[form](context)


def form_of(path: str) -> str:
    """The format that a file's name asks for.  Raises Usage when it asks for none."""
    name = PurePath(path).name
    if name.startswith("gl-code-quality"):
        return "gitlab"
    return "sarif" if name.endswith(".sarif.json") else format_for(None, path, "text", FORMATS, _SUFFIXES)

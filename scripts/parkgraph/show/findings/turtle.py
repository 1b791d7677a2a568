"""The SHACL validation report in Turtle: sorted, so that the same findings give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parkgraph.finding import Finding, Severity
from parkgraph.names import SH, STANDARD_PREFIXES
from parkgraph.show.findings.told import Told

_SEVERITIES: dict[Severity, str] = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_LOCAL = re.compile(r"[A-Za-z_](?:[\w-]*)")


def render(told: Told) -> str:
    """A sh:ValidationReport of the findings that come from shapes."""
    results = sorted("\n".join(_result(finding, told)) for finding in told.findings if finding.component)
    conforms = "false" if results or told.tally["violation"] else "true"
    said = f"[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
    if results:
        said += " ;\n    sh:result " + " ,\n        ".join(results)
    body = said + " .\n"
    known = dict(STANDARD_PREFIXES) | dict(told.prefixes)
    used = {
        prefix: iri
        for prefix, iri in sorted(known.items())
        if re.search(rf"(?<![\w:<]){re.escape(prefix)}:\w", body)
    }
    heads = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in used.items())
    return f"{heads}\n{body}"


def _result(finding: Finding, told: Told) -> Iterator[str]:
    rows: list[tuple[str, str]] = [("focusNode", _term(finding.focus or "", told))]
    if finding.path:
        rows.append(("resultPath", _Path(finding.path, told).node()))
    if finding.value:
        rows.append(("value", _term(finding.value, told)))
    for language, text in sorted(finding.messages.items()):
        rows.append(("resultMessage", _text(text) + (f"@{language}" if language else "")))
    rows.append(("resultSeverity", f"sh:{_SEVERITIES[finding.severity]}"))
    rows.append(("sourceConstraintComponent", _term(f"<{finding.component}>", told)))
    rows.append(
        ("sourceShape", _term(finding.rule if finding.rule.startswith("_:") else f"<{finding.rule}>", told))
    )
    yield "[ a sh:ValidationResult"
    for name, value in rows:
        yield f"            ; sh:{name} {value}"
    yield "        ]"


def _text(text: str) -> str:
    from pyoxigraph import Literal

    return str(Literal(text))


def _term(term: str, told: Told) -> str:
    if not term.startswith("<"):
        return term
    iri = term[1:-1]
    if iri.startswith(SH) and _LOCAL.fullmatch(iri[len(SH) :]):
        return f"sh:{iri[len(SH) :]}"
    short = told.iri(iri)
    prefix, _, local = short.partition(":")
    return (
        short if not short.startswith("<") and _LOCAL.fullmatch(local) and prefix in told.prefixes else term
    )


class _Path:
    """A SPARQL property path, as `paths.Path` writes it, back to the nodes of a SHACL path."""

    def __init__(self, text: str, told: Told) -> None:
        self.tokens = re.findall(r"<[^<>]*>|[/|^*+?()]", text)
        self.told = told

    def node(self) -> str:
        """The node, in Turtle."""
        return self._several("|")

    def _several(self, operator: str) -> str:
        parts = [self._several("/") if operator == "|" else self._one()]
        while self.tokens and self.tokens[0] == operator:
            self.tokens.pop(0)
            parts.append(self._several("/") if operator == "|" else self._one())
        if len(parts) == 1:
            return parts[0]
        listed = f"( {' '.join(parts)} )"
        return listed if operator == "/" else f"[ sh:alternativePath {listed} ]"

    def _one(self) -> str:
        token = self.tokens.pop(0)
        if token == "^":
            return f"[ sh:inversePath {self._one()} ]"
        if token == "(":
            found = self._several("|")
            self.tokens.pop(0)
        else:
            found = _term(token, self.told)
        if self.tokens and self.tokens[0] in "*+?":
            name = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}[self.tokens.pop(0)]
            return f"[ sh:{name} {found} ]"
        return found

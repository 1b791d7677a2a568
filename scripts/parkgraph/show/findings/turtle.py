"""The SHACL validation report (section 3.6) as Turtle; the same findings give the same bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from parkgraph.finding import Finding, Severity
from parkgraph.names import RDF, SH, STANDARD_PREFIXES
from parkgraph.show.findings.context import ReportContext

Node = NamedNode | BlankNode
_SEVERITIES: dict[Severity, str] = {"violation": "Violation", "warning": "Warning", "info": "Info"}
_TYPE, _FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("type", "first", "rest", "nil"))
_OPERATORS = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}


def render(context: ReportContext) -> str:
    """A sh:ValidationReport of the findings that come from shapes: as many results as SHACL counts."""
    report = _Report()
    results = [
        report.result(finding)
        for finding in context.findings
        if finding.component
        for __ in range(finding.times)
    ]
    conforms = not (results or context.tally["violation"])
    head = [
        Triple(report.node, _TYPE, NamedNode(SH + "ValidationReport")),
        Triple(report.node, NamedNode(SH + "conforms"), Literal(conforms)),
        *(Triple(report.node, NamedNode(SH + "result"), result) for result in results),
    ]
    triples = [*head, *report.triples]
    used = {term.value for triple in triples for term in triple if isinstance(term, NamedNode)}
    known = {
        prefix: namespace
        for prefix, namespace in sorted((dict(STANDARD_PREFIXES) | dict(context.prefixes)).items())
        if prefix and any(iri.startswith(namespace) for iri in used)
    }
    written = serialize(triples, format=RdfFormat.TURTLE, prefixes=known)
    return (written or b"").decode()


class _Report:
    def __init__(self) -> None:
        self.triples: list[Triple] = []
        self.node = BlankNode("report")
        self._count = 0

    def result(self, finding: Finding) -> Node:
        node = self._new("result")
        self._say(node, _TYPE, NamedNode(SH + "ValidationResult"))
        for name, terms in self._about(finding):
            for term in terms:
                self._say(node, NamedNode(SH + name), term)
        return node

    def _about(self, finding: Finding) -> Iterator[tuple[str, list[Node | Literal]]]:
        severity = finding.level or SH + _SEVERITIES[finding.severity]
        source = finding.source or (finding.rule if finding.rule.startswith("_:") else f"<{finding.rule}>")
        yield "focusNode", [_term(finding.focus or "")]
        if finding.path:
            yield "resultPath", [self._path(re.findall(r"<[^<>]*>|[/|^*+?()]", finding.path))]
        if finding.value:
            yield "value", [_term(finding.value)]
        yield (
            "resultMessage",
            [
                Literal(text, language=lang) if lang else Literal(text)
                for lang, text in sorted(finding.messages.items())
            ],
        )
        yield "resultSeverity", [NamedNode(severity)]
        yield "sourceConstraintComponent", [NamedNode(finding.component or "")]
        yield "sourceShape", [_term(source)]
        yield "detail", [self.result(detail) for detail in finding.details]

    def _new(self, name: str) -> BlankNode:
        self._count += 1
        return BlankNode(f"{name}{self._count}")

    def _say(self, subject: Node, predicate: NamedNode, object_: Node | Literal) -> None:
        self.triples.append(Triple(subject, predicate, object_))

    # --- a SPARQL property path, as `validate.paths.Path` writes it ----------

    def _path(self, tokens: list[str], operator: str = "|") -> Node:
        parts = [self._part(tokens, operator)]
        while tokens and tokens[0] == operator:
            tokens.pop(0)
            parts.append(self._part(tokens, operator))
        if len(parts) == 1:
            return parts[0]
        listed: Node = _NIL
        for part in reversed(parts):
            cell = self._new("path")
            self._say(cell, _FIRST, part)
            self._say(cell, _REST, listed)
            listed = cell
        return listed if operator == "/" else self._step("alternativePath", listed)

    def _part(self, tokens: list[str], operator: str) -> Node:
        if operator == "|":
            return self._path(tokens, "/")
        token = tokens.pop(0)
        if token == "^":
            return self._step("inversePath", self._part(tokens, "/"))
        if token == "(":
            found = self._path(tokens)
            tokens.pop(0)
        else:
            found = NamedNode(token[1:-1])
        return self._step(_OPERATORS[tokens.pop(0)], found) if tokens and tokens[0] in _OPERATORS else found

    def _step(self, name: str, inner: Node) -> BlankNode:
        node = self._new("path")
        self._say(node, NamedNode(SH + name), inner)
        return node


def _term(text: str) -> Node | Literal:
    """A term from its N-Triples form."""
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    if text.startswith("_:"):
        return BlankNode(re.sub(r"[^\w.-]", "_", text[2:]).strip("."))
    (quad,) = parse(f"<x:s> <x:p> {text} .", RdfFormat.N_TRIPLES)
    assert isinstance(quad.object, Literal)
    return quad.object

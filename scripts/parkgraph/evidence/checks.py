"""What is wrong with what is cited: figures and names that the passages do not print, idle omissions.

(That a fact lacks evidence or a reason, the shapes say: ontology/shapes/evidence.ttl.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from parkgraph.evidence.matching import figures
from parkgraph.evidence.numerals import numbers
from parkgraph.evidence.sources import BASIS, EVIDENCE, Name, plain
from parkgraph.evidence.text import SourceText, Span
from parkgraph.finding import Finding, Severity, finding
from parkgraph.graph.documents import LABELS, Graph, Occurrence
from parkgraph.messages import Message, _
from parkgraph.names import CODE, PARK, SKOS
from parkgraph.read.turtle import Term


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who points to the passages of one source: passage → nodes.  cited: facts.  omitted: omissions."""

    cited: dict[Span, list[Term]]
    omitted: dict[Span, list[Term]]


_STATED = NamedNode(CODE + "basis/stated")
_PRINTED, _VALUE = NamedNode(PARK + "printedForm"), NamedNode(PARK + "statedValue")


def _about(
    rule: str, message: Message, fix: Message, one: Occurrence, severity: Severity = "violation"
) -> Finding:
    """A finding about the object of a triple."""
    focus, value = plain(one.fact.subject), str(one.fact.object)
    return finding(rule, message, fix, at=one.place, severity=severity, focus=focus, value=value)


def check_printed_forms(graph: Graph, name: Name) -> Iterator[Finding]:
    """Figures whose stated value is not the number of their printed form."""
    for node in graph.instances(NamedNode(PARK + "QuantityStatement")):
        values = {value for one, value in figures(graph, node) if one.fact.predicate == _VALUE}
        for one in graph.of(node, _PRINTED):
            form = one.fact.object
            if isinstance(form, Literal):
                printed = {value for number in numbers(form.value) for value in number.values}
                if values and not values & printed:
                    message = _(
                        "the printed form of {node} is not the number of its stated value: {form}",
                        node=name(node),
                        form=form,
                    )
                    fix = _("correct park:statedValue or park:printedForm")
                    yield _about("printed-form-differs", message, fix, one)


def check_omissions(graph: Graph, evidence: Evidence, name: Name) -> Iterator[Finding]:
    """Omissions whose passage lies wholly in passages of facts: it is not left out any more."""
    for span, omissions in evidence.omitted.items():
        if not _uncovered(span, evidence.cited):
            for omission in omissions:
                message = _(
                    "{node} declares passage {span} as left out, but facts cite all of it",
                    node=name(omission),
                    span=span,
                )
                fix = _("remove the omission, or narrow it to what is left out")
                yield _about("omission-covered", message, fix, graph.of(omission, EVIDENCE)[0])


def _uncovered(span: Span, cited: Iterable[Span]) -> set[int]:
    left = set(range(span.start, span.end))
    for other in cited:
        if other.meets(span):
            left -= set(range(other.start, other.end))
    return left


def check_printed(
    graph: Graph, passages: Mapping[Term, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Stated figures and printed forms that their own passages don't print.

    passages: node → its passages in this text. Nodes with passages in other sources too are left to those.
    """
    for node, spans in passages.items():
        if any(basis != _STATED for basis in graph.objects(node, BASIS)):
            continue
        if len(graph.of(node, EVIDENCE)) != len(spans):
            continue
        parts = [text.part(span) for span in spans]
        printed = {value for part in parts for number in numbers(part) for value in number.values}
        for one, value in figures(graph, node, bounds=False):
            if value not in printed and not _in_code(parts, value):
                yield _figure_not_printed(one, name)
        for one in graph.of(node, _PRINTED):
            form = one.fact.object
            if isinstance(form, Literal) and not any(form.value in part for part in parts):
                message = _(
                    "the printed form of {node} stands in none of its passages: {form}",
                    node=name(node),
                    form=form,
                )
                fix = _("copy number and unit exactly as the passage prints them")
                yield _about("printed-form-not-printed", message, fix, one)


def _in_code(parts: list[str], value: object) -> bool:
    """Whether a digit stands in a code such as 1+4+3, whose digits are figures of their own."""
    return any(
        str(value) in n.printed.split("+") for part in parts for n in numbers(part) if n.kind == "code"
    )


def _figure_not_printed(one: Occurrence, name: Name) -> Finding:
    subject, predicate, value = one.fact
    message = _(
        "{node} says {property} {value}; none of its passages prints this number",
        node=name(subject),
        property=name(predicate),
        value=value.value,
    )
    fix = _("correct the number, or cite the passage that prints it; a computed number has basis:computed")
    return _about("figure-not-printed", message, fix, one)


_NAMED = ("Organization", "Person", "Place", "Project", "Fund", "Industry", "PolicyInstrument", "Programme",
          "Platform", "TalentProgramme")  # fmt: skip
"""Classes whose things a source calls by a name; the labels of the others are the curator's words."""


def check_names(
    graph: Graph, passages: Mapping[Term, list[Span]], text: SourceText, name: Name
) -> Iterator[Finding]:
    """Chinese names of things that the text nowhere prints: for the reader to judge, so information only."""
    for kind in _NAMED:
        for node in graph.instances(NamedNode(PARK + kind)):
            if node in passages and len(graph.of(node, EVIDENCE)) == len(passages[node]):
                for one in graph.of(node, *LABELS, NamedNode(SKOS + "altLabel")):
                    value = one.fact.object
                    if isinstance(value, Literal) and value.language == "zh" and value.value not in text.text:
                        message = _(
                            "the text nowhere prints this name of {node}: {value}",
                            node=name(node),
                            value=value,
                        )
                        fix = _(
                            "write the name as printed, unless the text gives it in parts; if another source "
                            "prints it, cite that one's passage"
                        )
                        yield _about("name-not-printed", message, fix, one, "info")

"""Findings about the shapes themselves: what is broken, and what checks nothing."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from parkgraph.finding import Finding
from parkgraph.graph.documents import BlankNames, Graph
from parkgraph.names import SH
from parkgraph.read.turtle import Document, Span
from parkgraph.validate import faults
from parkgraph.validate.faults import Fault
from parkgraph.validate.inputs import at
from parkgraph.validate.shapes import TYPE, Shapes, Target, made
from parkgraph.validate.wellformed import Problem, problems
from parkgraph.validate.wording import Names


def unsound(shapes: Shapes) -> list[Finding]:
    """What is wrong with the shapes graph; one violation among them means that it is broken."""
    blanks = BlankNames(shapes.graph)
    return [_finding(problem, shapes, blanks) for problem in problems(shapes)]


def aimless(shapes: Shapes, documents: Sequence[Document], data: Graph, names: Names) -> list[Finding]:
    """Warnings about shapes that can find nothing: the usual sign of a wrong namespace or swapped files."""
    found = [
        _said(faults.NO_SHAPES, document)
        for document in documents
        if not any(fact.subject in shapes.nodes for fact in document.triples) and not _only_prefixes(document)
    ]
    if not shapes.targets:
        return found + [_said(faults.NO_TARGETS, document) for document in documents[:1] if shapes.nodes]
    blanks = BlankNames(shapes.graph)
    empty = [target for target in shapes.targets if not _has_focus(target, data)]
    if len(empty) == len(shapes.targets) and data.documents:
        found.append(_said(faults.NOTHING_CHECKED, data.documents[0]))
    for target in empty:
        known = target.kind == "class" or data.has_subject(target.node) or data.pointing_at(target.node)
        fault = faults.EMPTY_TARGET if known else faults.UNKNOWN_TARGET
        predicate = TYPE if target.kind == "class" else NamedNode(SH + target.kind)
        value = shapes.graph.objects(target.shape, TYPE)[0] if target.kind == "class" else target.node
        problem = Problem(made(target.shape, predicate, value), fault, (names.term(target.node),))
        found.append(_finding(problem, shapes, blanks))
    return found


def _only_prefixes(document: Document) -> bool:
    return any(fact.predicate.value == SH + "declare" for fact in document.triples)


def _has_focus(target: Target, data: Graph) -> bool:
    if target.kind == "targetNode":
        return True
    if target.kind in ("targetClass", "class"):
        return any(data.subjects(TYPE, class_) for class_ in data.classes_below(target.node))
    return target.node in data.used


def _finding(problem: Problem, shapes: Shapes, blanks: BlankNames) -> Finding:
    fault = problem.fault
    fix = problem.fix or ((fault.fix_en, fault.fix_zh) if fault.fix_en else None)
    finding = Finding(
        fault.severity,
        f"shapes/{fault.rule}",
        {"en": fault.en.format(*problem.words), "zh": fault.zh.format(*problem.words)},
        focus=blanks.name(problem.fact.subject),
        path=str(problem.fact.predicate),
        value=blanks.name(problem.fact.object),
        fix={"en": fix[0], "zh": fix[1]} if fix else None,
    )
    for source in shapes.graph.sources(problem.fact)[:1]:
        document = source.document
        place = document.place_of(source.number, "value")
        if problem.line is not None and document.spans is not None:
            inside = _line_within(document, document.spans[source.number].object, problem.line)
            place = document.place(inside) if inside else place
        return at(place, finding)
    return finding


def _line_within(document: Document, literal: Span, line: int) -> Span | None:
    """The n-th line of a text in quotes, where its lines are lines of the file."""
    start, end = literal
    for _ in range(line - 1):
        start = document.text.find("\n", start, end) + 1
        if start == 0:
            return None
    stop = document.text.find("\n", start, end)
    whole = document.text[start : end if stop < 0 else stop]
    indent = len(whole) - len(whole.lstrip())
    return Span(start + indent, start + len(whole.rstrip()))


def _said(fault: Fault, document: Document) -> Finding:
    fix = {"en": fault.fix_en, "zh": fault.fix_zh} if fault.fix_en else None
    messages = {"en": fault.en, "zh": fault.zh}
    rule = f"shapes/{fault.rule}"
    return Finding(fault.severity, rule, messages, file=document.name, line=1, column=1, fix=fix)

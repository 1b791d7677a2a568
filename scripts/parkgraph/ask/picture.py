"""A picture of what a question looks for: the pattern of its query as a Mermaid diagram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rdflib import RDF, RDFS, BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from parkgraph.ask.question import Question

_ARROWS = {"must": "-->", "optional": "-.->", "not": "--x"}
_UNSEEN = {RDFS.label}
"""Labels are looked up for almost every thing; drawn, they would hide the question."""


def picture(question: Question, label: Callable[[str], str]) -> str:
    """The Mermaid flowchart of the question's query: a node a variable or term, an arrow a triple pattern.

    A dashed arrow is optional, a crossed one must not be there.  label: IRI → what to call it.
    """
    kinds: dict[Node, str] = {}
    arrows: list[tuple[str, Node, str, Node]] = []
    for mode, subject, predicate, value in _patterns(prepareQuery(question.body).algebra, "must"):
        if predicate == RDF.type and isinstance(value, URIRef):
            kinds.setdefault(subject, label(str(value)))
        elif predicate not in _UNSEEN:
            arrow = (mode, subject, _path(predicate, label), value)
            if arrow not in arrows:
                arrows.append(arrow)
    nodes = dict.fromkeys(node for _, subject, _, value in arrows for node in (subject, value))
    nodes.update(dict.fromkeys(kinds))
    names = {node: f"n{number}" for number, node in enumerate(nodes)}
    lines = ["flowchart LR"]
    lines += [f"    {names[node]}{_node(node, kinds.get(node), label)}" for node in nodes]
    lines += [
        f'    {names[subject]} {_ARROWS[mode]}|"{_quoted(words)}"| {names[value]}'
        for mode, subject, words, value in arrows
    ]
    return "\n".join(lines) + "\n"


def _patterns(node: Any, mode: str) -> Iterator[tuple[str, Node, Any, Node]]:
    """Every triple pattern below an algebra node, with the mode in which it is asked for."""
    name = getattr(node, "name", "")
    if name == "BGP":
        yield from ((mode, *triple) for triple in node.triples)
        return
    if isinstance(node, (list, tuple)):
        for part in node:
            yield from _patterns(part, mode)
        return
    if not name:
        return
    if name == "Builtin_NOTEXISTS":
        mode = "not"
    for key, part in node.items():
        if key == "_vars":
            continue
        second = (name == "LeftJoin" and key == "p2") or (name == "Minus" and key == "p2")
        yield from _patterns(
            part, ("not" if name == "Minus" else "optional") if second and mode == "must" else mode
        )


def _path(path: Any, label: Callable[[str], str]) -> str:
    if isinstance(path, MulPath):
        return f"({_path(path.path, label)}){path.mod}"
    if isinstance(path, InvPath):
        return f"^{_path(path.arg, label)}"
    if isinstance(path, SequencePath):
        return " / ".join(_path(part, label) for part in path.args)
    if isinstance(path, AlternativePath):
        return " | ".join(_path(part, label) for part in path.args)
    if isinstance(path, NegatedPath):
        return "!(" + " | ".join(_path(part, label) for part in path.args) + ")"
    return f"?{path}" if isinstance(path, Variable) else label(str(path))


def _node(node: Node, kind: str | None, label: Callable[[str], str]) -> str:
    if isinstance(node, (Variable, BNode)):
        name = f"?{node}" if isinstance(node, Variable) else "·"
        return f'(["{_quoted(name)}{f"<br/>{_quoted(kind)}" if kind else ""}"])'
    return f'["{_quoted(label(str(node)) if isinstance(node, URIRef) else str(node))}"]'


def _quoted(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "#quot;").replace("<", "&lt;").replace(">", "&gt;")

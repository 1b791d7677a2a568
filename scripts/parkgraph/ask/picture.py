"""A picture of what a question looks for: the pattern of its query as a Mermaid diagram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from rdflib import RDF, RDFS, BNode, URIRef, Variable
from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, SequencePath
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

_ARROWS = {"must": "-->", "optional": "-.->", "not": "--x"}
_UNSEEN = {RDFS.label}
"""Labels are looked up for almost every thing; drawn, they would hide the question."""


class Pattern:
    """What a query looks for, read once and drawn in any language."""

    def __init__(self, sparql: str) -> None:
        """Reads a query that is known to be right."""
        self._kinds: dict[Node, str] = {}
        self._arrows: dict[tuple[str, Node, Any, Node], None] = {}
        for mode, subject, predicate, value in _patterns(prepareQuery(sparql).algebra, "must"):
            if predicate == RDF.type and isinstance(value, URIRef):
                self._kinds.setdefault(subject, str(value))
            elif predicate not in _UNSEEN:
                self._arrows[mode, subject, predicate, value] = None

    def mermaid(self, label: Callable[[str], str]) -> str:
        """The Mermaid flowchart: a node a variable or term, an arrow a triple pattern; a dashed arrow is
        optional, a crossed one must not be there.  label: IRI → what to call it.
        """
        nodes = dict.fromkeys(node for _, subject, _, value in self._arrows for node in (subject, value))
        nodes.update(dict.fromkeys(self._kinds))
        names = {node: f"n{number}" for number, node in enumerate(nodes)}
        kinds = {node: label(kind) for node, kind in self._kinds.items()}
        lines = ["flowchart LR"]
        lines += [f"    {names[node]}{_node(node, kinds.get(node), label)}" for node in nodes]
        lines += [
            f'    {names[subject]} {_ARROWS[mode]}|"{_quoted(_path(path, label))}"| {names[value]}'
            for mode, subject, path, value in self._arrows
        ]
        return "\n".join(lines) + "\n"


def _patterns(node: Any, mode: str) -> Iterator[tuple[str, Node, Any, Node]]:
    """Every triple pattern below an algebra node, with the mode in which it is asked for."""
    name = getattr(node, "name", "")
    if name == "BGP":
        yield from ((mode, *triple) for triple in node.triples)
        return
    if name == "TriplesBlock":  # rdflib leaves what stands in EXISTS as parsed: flat rows of s, p, o, s, p, o
        for terms in node.triples:
            yield from ((mode, *terms[at : at + 3]) for at in range(0, len(terms), 3))
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

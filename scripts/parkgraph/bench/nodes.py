"""A node and what is said of it, written as Turtle."""

from __future__ import annotations

from collections.abc import Iterable

from parkgraph.bench.made_up import Name


class Node:
    """A subject with its predicates and objects, all as Turtle writes them, in order; may be changed."""

    __slots__ = ("kind", "name", "said")

    def __init__(self, name: str, kind: str, *said: tuple[str, str]) -> None:
        self.name = name
        self.kind = kind
        self.said = list(said)

    def add(self, predicate: str, *objects: str) -> Node:
        """Says more of it; gives itself."""
        self.said += [(predicate, each) for each in objects]
        return self

    def drop(self, predicate: str, having: str = "") -> None:
        """Takes back what is said with `predicate`, where the object ends with `having`."""
        self.said = [pair for pair in self.said if pair[0] != predicate or not pair[1].endswith(having)]

    def replace(self, predicate: str, *objects: str) -> None:
        """Says `objects` instead of what was said with `predicate`."""
        self.drop(predicate)
        self.add(predicate, *objects)

    def get(self, predicate: str) -> str | None:
        """The first object of `predicate`."""
        return next((said for each, said in self.said if each == predicate), None)

    def turtle(self) -> str:
        """Its statement."""
        lines = [f"{self.name} a {self.kind}", *(f"    {predicate} {each}" for predicate, each in self.said)]
        return " ;\n".join(lines) + " .\n"


def labels(name: Name) -> tuple[tuple[str, str], tuple[str, str]]:
    """rdfs:label in both languages."""
    return ("rdfs:label", f'"{name.zh}"@zh'), ("rdfs:label", f'"{name.en}"@en')


def document(prefixes: dict[str, str], comment: str, nodes: Iterable[Node]) -> str:
    """A Turtle file of `nodes`."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(prefixes.items()))
    return f"{head}\n# {comment}\n\n" + "\n".join(node.turtle() for node in nodes)

"""The graphs of a validation: documents, joined and indexed, each triple traceable to its file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import NamedNode

from parkgraph.names import RDFS
from parkgraph.read.turtle import Document, Fact, Term

SUBCLASS = NamedNode(RDFS + "subClassOf")


class Source(NamedTuple):
    """Where a triple stands: a document and the triple's number in it."""

    document: Document
    number: int


class Graph:
    """Documents as one graph, in their order. A triple that stands in several is one triple."""

    def __init__(self, documents: Sequence[Document], extra: Sequence[Fact] = ()) -> None:
        self.documents = tuple(documents)
        self.extra = tuple(extra)

    @cached_property
    def facts(self) -> dict[Fact, None]:
        """Every triple once, in order."""
        joined: dict[Fact, None] = {}
        for document in self.documents:
            joined.update(dict.fromkeys(document.triples))
        joined.update(dict.fromkeys(self.extra))
        return joined

    @cached_property
    def _by_subject(self) -> dict[Term, dict[NamedNode, list[Term]]]:
        index: dict[Term, dict[NamedNode, list[Term]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, object_ in self.facts:
            index[subject][predicate].append(object_)
        return index

    @cached_property
    def _by_object(self) -> dict[tuple[NamedNode, Term], list[Term]]:
        index: dict[tuple[NamedNode, Term], list[Term]] = defaultdict(list)
        for subject, predicate, object_ in self.facts:
            index[predicate, object_].append(subject)
        return index

    def objects(self, subject: Term, predicate: NamedNode) -> Sequence[Term]:
        """The values of a property of a node, in order."""
        properties = self._by_subject.get(subject)
        return properties.get(predicate, ()) if properties else ()

    def subjects(self, predicate: NamedNode, object_: Term) -> Sequence[Term]:
        """The nodes that have a value for a property, in order."""
        return self._by_object.get((predicate, object_), ())

    def pointing_at(self, object_: Term) -> list[tuple[NamedNode, list[Term]]]:
        """The properties that have a term as value, each with its subjects."""
        return self._incoming.get(object_, [])

    @cached_property
    def _incoming(self) -> dict[Term, list[tuple[NamedNode, list[Term]]]]:
        index: dict[Term, list[tuple[NamedNode, list[Term]]]] = defaultdict(list)
        for (predicate, object_), subjects in self._by_object.items():
            index[object_].append((predicate, subjects))
        return index

    def predicates(self, subject: Term) -> Sequence[NamedNode]:
        """The properties a node has, in order."""
        return list(self._by_subject.get(subject, ()))

    def has_subject(self, term: Term) -> bool:
        """Whether anything is said about `term`."""
        return term in self._by_subject

    @property
    def all_subjects(self) -> Iterator[Term]:
        """Every subject, in order."""
        return iter(self._by_subject)

    @cached_property
    def used(self) -> dict[NamedNode, tuple[set[Term], set[Term]]]:
        """The subjects and the objects of every property."""
        index: dict[NamedNode, tuple[set[Term], set[Term]]] = defaultdict(lambda: (set(), set()))
        for subject, predicate, object_ in self.facts:
            subjects, objects = index[predicate]
            subjects.add(subject)
            objects.add(object_)
        return index

    def sources(self, fact: Fact) -> list[Source]:
        """Where a triple stands: once for each document that has it; empty when none has."""
        return [
            Source(document, document.index[fact]) for document in self.documents if fact in document.index
        ]

    def about(self, subject: Term) -> list[Source]:
        """The first triple about `subject` in each document that describes it."""
        return [
            Source(document, document.by_subject[subject][0])
            for document in self.documents
            if subject in document.by_subject
        ]

    def mentions(self, term: Term) -> list[Source]:
        """The first triple with `term` as its object in each document that has one."""
        found = []
        for document in self.documents:
            number = next((n for n, fact in enumerate(document.triples) if fact.object == term), None)
            if number is not None:
                found.append(Source(document, number))
        return found

    def classes_below(self, class_: Term) -> set[Term]:
        """`class_` and every class below it."""
        seen = {class_}
        edge = [class_]
        while edge:
            for lower in self.subjects(SUBCLASS, edge.pop()):
                if lower not in seen:
                    seen.add(lower)
                    edge.append(lower)
        return seen

    def ntriples(self) -> str:
        """The graph as N-Triples, one line a triple."""
        return "".join([f"{s} {p} {o} .\n" for s, p, o in self.facts])

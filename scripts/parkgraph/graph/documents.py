"""Turtle documents as one graph: every triple once, indexed, and traceable to the places where it stands.

The one view of triples with places: `validate` and `evidence` work on it, and `build` parses each file once
and hands the same documents to both.

    graph = Graph(read_documents(root, "ontology", "codes", "data"))
    graph.objects(subject, predicate)        # values
    graph.of(subject, predicate)             # the same as Occurrence: each with its document and place
    BlankNames(graph).name(term)             # a name that lasts while the text around a blank node changes
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.finding import Place
from parkgraph.names import RDF, RDFS, SKOS
from parkgraph.read.files import Role, Root, read_text
from parkgraph.read.turtle import Document, Fact, Term

TYPE = NamedNode(RDF + "type")
SUBCLASS = NamedNode(RDFS + "subClassOf")
LABELS = (NamedNode(RDFS + "label"), NamedNode(SKOS + "prefLabel"))


def read_documents(root: Root, *roles: Role) -> list[Document]:
    """The Turtle files of `root` with these roles, parsed, in the order of their names.

    They are named from the root; blank nodes get labels that depend on the file's name and their place in it
    only: equal from run to run, different from those of every other file.  Raises Unreadable for the first
    that is not Turtle.
    """
    return [
        Document(
            read_text(file.path, name=file.name),
            name=file.name,
            blank=f"b{hashlib.sha256(file.name.encode()).hexdigest()[:8]}n",
            role=file.role,
        )
        for file in root.files(*roles)
    ]


class Occurrence(NamedTuple):
    """Where a triple stands: a document and the triple's number in it."""

    document: Document
    number: int

    @property
    def fact(self) -> Fact:
        """The triple."""
        return self.document.triples[self.number]

    @property
    def place(self) -> Place:
        """Where its object is written."""
        return self.document.place_of(self.number, "object")

    @property
    def subject_place(self) -> Place:
        """Where its subject is written."""
        return self.document.place_of(self.number, "subject")


class Graph:
    """Documents as one graph, in their order. A triple that stands in several is one triple.

    extra: triples that stand in no document, such as inferred ones.
    """

    def __init__(self, documents: Sequence[Document], extra: Sequence[Fact] = ()) -> None:
        self.documents = tuple(documents)
        self.extra = tuple(extra)
        self._forward: dict[Term, dict[Term, list[Term]]] = {}
        self._backward: dict[Term, dict[Term, list[NamedNode | BlankNode]]] = {}

    @cached_property
    def facts(self) -> dict[Fact, None]:
        """Every triple once, in order."""
        joined: dict[Fact, None] = {}
        for document in self.documents:
            joined.update(dict.fromkeys(document.triples))
        joined.update(dict.fromkeys(self.extra))
        return joined

    @cached_property
    def _by_subject(self) -> dict[Term, dict[NamedNode, None]]:
        index: dict[Term, dict[NamedNode, None]] = defaultdict(dict)
        for subject, predicate, __ in self.facts:
            index[subject][predicate] = None
        return index

    @cached_property
    def _by_predicate(self) -> dict[NamedNode, list[Fact]]:
        index: dict[NamedNode, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[fact.predicate].append(fact)
        return index

    # --- terms ---------------------------------------------------------------

    def objects(self, subject: Term, predicate: NamedNode) -> Sequence[Term]:
        """The values of a property of a node, in order."""
        return self.forward(predicate).get(subject, ())

    def subjects(self, predicate: NamedNode, object_: Term) -> Sequence[NamedNode | BlankNode]:
        """The nodes that have a value for a property, in order."""
        return self.backward(predicate).get(object_, ())

    def forward(self, predicate: Term) -> Mapping[Term, Sequence[Term]]:
        """Subject → objects of one property."""
        found = self._forward.get(predicate)
        if found is None:
            found = self._forward[predicate] = {}
            for subject, __, object_ in self._by_predicate.get(predicate, ()):  # type: ignore[arg-type]
                found.setdefault(subject, []).append(object_)
        return found

    def backward(self, predicate: Term) -> Mapping[Term, Sequence[NamedNode | BlankNode]]:
        """Object → subjects of one property."""
        found = self._backward.get(predicate)
        if found is None:
            found = self._backward[predicate] = {}
            for subject, __, object_ in self._by_predicate.get(predicate, ()):  # type: ignore[arg-type]
                found.setdefault(object_, []).append(subject)
        return found

    def pointing_at(self, object_: Term) -> list[tuple[NamedNode, Sequence[NamedNode | BlankNode]]]:
        """The properties that have a term as value, each with its subjects."""
        return [
            (predicate, by[object_])
            for predicate in self._by_predicate
            if object_ in (by := self.backward(predicate))
        ]

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

    def texts(self, subject: Term, *predicates: NamedNode) -> dict[str, str]:
        """Language → the first value in that language; "" for a literal that has none."""
        found: dict[str, str] = {}
        for predicate in predicates:
            for value in self.objects(subject, predicate):
                if isinstance(value, Literal):
                    found.setdefault(value.language or "", value.value)
        return found

    def label(self, subject: Term, lang: str) -> str | None:
        """The label in this language, else in any; None when it has none."""
        labels = self.texts(subject, *LABELS)
        return labels.get(lang) or next(iter(labels.values()), None)

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

    def instances(self, class_: Term) -> list[Term]:
        """The subjects with this class or one below it as their type, in the order of the documents."""
        found = {node for kind in self.classes_below(class_) for node in self.subjects(TYPE, kind)}
        return [subject for subject in self.all_subjects if subject in found]

    # --- places --------------------------------------------------------------

    def of(self, subject: Term, *predicates: NamedNode) -> list[Occurrence]:
        """The triples of a subject, with one of `predicates` where some are given, each where it stands."""
        return [
            Occurrence(document, number)
            for document in self.documents
            for number in document.by_subject.get(subject, ())
            if not predicates or document.triples[number].predicate in predicates
        ]

    @cached_property
    def _holders(self) -> dict[Term, list[Document]]:
        index: dict[Term, list[Document]] = defaultdict(list)
        for document in self.documents:
            for subject in {fact.subject for fact in document.triples}:
                index[subject].append(document)
        return index

    def sources(self, fact: Fact) -> list[Occurrence]:
        """Where a triple stands: once for each document that has it; empty when none has."""
        return [
            Occurrence(document, document.index[fact])
            for document in self._holders.get(fact[0], ())
            if fact in document.index
        ]

    def about(self, subject: Term) -> list[Occurrence]:
        """The first triple about `subject` in each document that describes it."""
        return [
            Occurrence(document, document.by_subject[subject][0])
            for document in self._holders.get(subject, ())
        ]


_DEEP = 4


class BlankNames:
    """The author's label where a blank node has one, else a digest of what is said about it and by whom."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def name(self, term: Term) -> str:
        """A term in N-Triples, with a lasting name for a blank node."""
        return self._names.get(term, str(term)) if isinstance(term, BlankNode) else str(term)

    @cached_property
    def _names(self) -> dict[Term, str]:
        names: dict[Term, str] = {}
        twins: Counter[str] = Counter()
        for document in self.graph.documents:
            for fact in document.triples:
                for term in (fact.subject, fact.object):
                    if isinstance(term, BlankNode) and term not in names:
                        label = document.labels.get(term.value) or self._digest(term)
                        twins[label] += 1
                        number = f".{twins[label]}" if twins[label] > 1 else ""
                        names[term] = f"_:{label}{number}"
        return names

    def _digest(self, node: BlankNode) -> str:
        return "n" + hashlib.sha256(self._described(node, 0).encode()).hexdigest()[:10]

    def _described(self, term: Term, depth: int) -> str:
        if not isinstance(term, BlankNode):
            return str(term)
        if depth > _DEEP:
            return "[]"
        said = [
            f"{predicate} {self._described(value, depth + 1)}"
            for predicate in self.graph.predicates(term)
            for value in self.graph.objects(term, predicate)
        ]
        if depth == 0:
            for predicate, subjects in self.graph.pointing_at(term):
                said += [f"{self._described(subject, 1)} {predicate}" for subject in subjects]
        return "{" + " ; ".join(sorted(said)) + "}"

"""The graph's triples as evidence work needs them: by subject, with the file each one stands in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from parkgraph.finding import Place
from parkgraph.names import PARK, RDF, RDFS, SKOS
from parkgraph.read.files import Role, Root, SourceFile, read_text
from parkgraph.read.strict import parse_text

if TYPE_CHECKING:
    from parkgraph.read.turtle import Document

Term = NamedNode | BlankNode | Literal | Triple

TYPE = RDF + "type"
EVIDENCE = PARK + "evidence"
BASIS = PARK + "basis"
REASON = PARK + "reason"
LABELS = (RDFS + "label", SKOS + "prefLabel")


class File:
    """A file that was read.  name: its path from the root.  role: what it is for.

    Positions cost a second parse: only on demand.
    """

    def __init__(self, name: str, role: Role, text: str) -> None:
        self.name = name
        self.role = role
        self.text = text

    def facts(self) -> Iterator[Fact]:
        """Its triples.  Raises Unreadable when it is not Turtle."""
        for number, quad in enumerate(parse_text(self.text, name=self.name)):
            yield Fact(_key(quad.subject), quad.predicate.value, quad.object, self, number)

    @cached_property
    def document(self) -> Document:
        """The file with the place of every triple."""
        from parkgraph.read.turtle import Document

        return Document(self.text, name=self.name)


class Fact(NamedTuple):
    """One triple.  subject: IRI, or `_:name` of a blank node.  number: it is the file's n-th triple."""

    subject: str
    predicate: str
    object: Term
    file: File
    number: int

    @property
    def place(self) -> Place:
        """Where its object is written."""
        return self.file.document.place_of(self.number, "object")

    @property
    def subject_place(self) -> Place:
        """Where its subject is written."""
        return self.file.document.place_of(self.number, "subject")

    @property
    def target(self) -> str | None:
        """The object as a subject is written, None for a literal."""
        return None if isinstance(self.object, Literal) else _key(self.object)


class Facts:
    """Triples by subject, in the order of the files."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._of: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._of[fact.subject].append(fact)

    def __iter__(self) -> Iterator[Fact]:
        return (fact for facts in self._of.values() for fact in facts)

    def subjects(self) -> list[str]:
        """Every subject, in the order of first appearance."""
        return list(self._of)

    def of(self, subject: str) -> list[Fact]:
        """The triples of a subject; none for one that is not there."""
        return self._of.get(subject, [])

    def about(self, subject: str, *predicates: str) -> list[Fact]:
        """The triples of a subject with one of these predicates."""
        return [fact for fact in self.of(subject) if fact.predicate in predicates]

    def literal(self, subject: str, predicate: str) -> str | None:
        """The first literal value, None when there is none."""
        values = (
            fact.object.value for fact in self.about(subject, predicate) if isinstance(fact.object, Literal)
        )
        return next(values, None)

    def subclasses(self, name: str) -> set[str]:
        """A class and all classes below it."""
        found, todo = set(), [name]
        while todo:
            current = todo.pop()
            if current not in found:
                found.add(current)
                todo += self._below.get(current, [])
        return found

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {}
        for fact in self:
            if fact.predicate == RDFS + "subClassOf" and fact.target:
                below.setdefault(fact.target, []).append(fact.subject)
        return below

    @cached_property
    def _of_type(self) -> dict[str, list[str]]:
        of_type: dict[str, list[str]] = {}
        for fact in self:
            if fact.predicate == TYPE and fact.target:
                of_type.setdefault(fact.target, []).append(fact.subject)
        return of_type

    def instances(self, name: str) -> list[str]:
        """The subjects with this class or one below it as their type."""
        found = {subject for kind in self.subclasses(name) for subject in self._of_type.get(kind, [])}
        return [subject for subject in self._of if subject in found]

    def texts(self, subject: str, *predicates: str) -> dict[str, str]:
        """Language → text of the first literal in that language."""
        found: dict[str, str] = {}
        for fact in self.about(subject, *predicates):
            if isinstance(fact.object, Literal):
                found.setdefault(fact.object.language or "", fact.object.value)
        return found

    def label(self, subject: str, lang: str) -> str | None:
        """The label in this language, else in any; None when it has none."""
        labels = self.texts(subject, *LABELS)
        return labels.get(lang) or next(iter(labels.values()), None)


def read_facts(root: Root, *roles: Role) -> Facts:
    """The triples of the root's files with these roles.  Raises Unreadable when one is not Turtle."""
    return Facts(fact for file in root.files(*roles) for fact in _read(file).facts())


def _read(file: SourceFile) -> File:
    return File(file.name, file.role, read_text(file.path, name=file.name))


def _key(term: NamedNode | BlankNode | Triple) -> str:
    return term.value if isinstance(term, NamedNode) else str(term)

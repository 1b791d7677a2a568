"""Terms that nothing defines: a fact whose property or class is misspelt is gone from every answer.

Only namespaces that the ontology at hand defines are judged: those of its own terms, never those of which it
uses or annotates a few.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from pyoxigraph import Literal, NamedNode

from parkgraph.finding import Finding, Place, finding
from parkgraph.graph.documents import TYPE
from parkgraph.graph.sparql import tokens
from parkgraph.messages import _
from parkgraph.names import OWL, PARK, RDF, RDFS, SH, STANDARD_PREFIXES, shorten
from parkgraph.read.turtle import Document, Fact, Term
from parkgraph.validate.exact import named
from parkgraph.validate.inputs import Inputs

RULE = "undefined-term"
_OF_OWL = "Class ObjectProperty DatatypeProperty AnnotationProperty OntologyProperty"
_KINDS = {NamedNode(OWL + name) for name in _OF_OWL.split()}
_KINDS |= {NamedNode(RDFS + "Class"), NamedNode(RDFS + "Datatype"), NamedNode(RDF + "Property")}
"""What a term is that can be a class or a property."""
_TARGETS = "targetClass targetSubjectsOf targetObjectsOf class equals disjoint lessThan lessThanOrEquals"
_PATHS = "path inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath"
_HOLDERS = {TYPE, NamedNode(RDF + "first")}
_HOLDERS |= {NamedNode(SH + name) for name in f"{_TARGETS} {_PATHS}".split()}
"""Properties of shapes whose value is a class or a property; members of paths are in lists."""
_NAMING = {TYPE, NamedNode(OWL + "annotatedProperty")}
"""Properties of data whose value is a class or a property."""

_QUERIES = {NamedNode(SH + name) for name in ("select", "ask", "construct")}


class Vocabulary:
    """The terms that some documents define, and the namespaces that their ontology calls its own."""

    def __init__(self, ontology: Iterable[Document], others: Iterable[Document] = ()) -> None:
        ontology = tuple(ontology)
        facts = [fact for document in ontology for fact in document.triples]
        elsewhere = (fact for document in others for fact in document.triples)
        self._declared = {fact.subject for fact in facts if _declares(fact)}
        self._described = {fact.subject for fact in facts if fact.predicate != TYPE}
        self._headers = {
            fact.subject.value.rstrip("#/")
            for fact in facts
            if fact.predicate == TYPE and fact.object == NamedNode(OWL + "Ontology")
        }
        self._judged: dict[Term, bool] = {}
        self.defined: set[Term] = {fact.subject for fact in facts}
        self.defined |= {
            fact.subject for fact in elsewhere if fact.predicate == TYPE and fact.object in _KINDS
        }

    @cached_property
    def namespaces(self) -> frozenset[str]:
        """Those named as the ontology itself is; else those of terms it describes, or at least declares."""
        declared = {_namespace(term) for term in self._declared}
        described = {_namespace(term) for term in self._declared & self._described}
        own = {space for space in declared if space.rstrip("#/") in self._headers}
        foreign = {*STANDARD_PREFIXES.values()} - {PARK}
        return frozenset(own or (described - foreign) or (declared - foreign))

    def lacks(self, term: Term) -> bool:
        """Whether the term belongs to a namespace of the ontology and nothing defines it."""
        if term not in self._judged:
            undefined = isinstance(term, NamedNode) and term not in self.defined
            self._judged[term] = undefined and _namespace(term) in self.namespaces
        return self._judged[term]

    def nearest(self, term: NamedNode) -> NamedNode | None:
        """The defined term whose name is most alike."""
        space = _namespace(term)
        known = (one for one in self.defined if isinstance(one, NamedNode) and one.value.startswith(space))
        names = {one.value.removeprefix(space): one for one in known}
        near = difflib.get_close_matches(term.value.removeprefix(space), names, n=1, cutoff=0.6)
        return names[near[0]] if near else None


def undefined_terms(inputs: Inputs, prefixes: Mapping[str, str]) -> Iterator[Finding]:
    """A violation for each place in data, shapes and questions where a class or property is used that is
    defined nowhere.  prefixes: for the queries, and for short names.
    """
    vocabulary = Vocabulary(inputs.ontology, (*inputs.data, *inputs.shapes, *inputs.context))
    if not vocabulary.namespaces:
        return

    def found(document: Document, number: int, part: str) -> Finding:
        fact = document.triples[number]
        place, term = document.place_of(number, part), fact.predicate if part == "predicate" else fact.object
        return _finding(vocabulary, term, place, prefixes, fact.subject)

    for document in inputs.data:
        for number, fact in enumerate(document.triples):
            if vocabulary.lacks(fact.predicate):
                yield found(document, number, "predicate")
            if fact.predicate in _NAMING and vocabulary.lacks(fact.object):
                yield found(document, number, "object")
    for document in inputs.shapes:
        for number, fact in enumerate(document.triples):
            if fact.predicate in _HOLDERS and vocabulary.lacks(fact.object):
                yield found(document, number, "object")
            elif fact.predicate in _QUERIES and isinstance(fact.object, Literal):
                for term, start, end in _in_query(fact.object.value, vocabulary, prefixes):
                    yield _finding(vocabulary, term, document.inside(number, start, end), prefixes)
    for name, text in inputs.questions.items():
        for term, start, end in _in_query(text, vocabulary, prefixes):
            yield _finding(vocabulary, term, _place(name, text, start, end), prefixes)


def _in_query(
    text: str, vocabulary: Vocabulary, prefixes: Mapping[str, str]
) -> Iterator[tuple[NamedNode, int, int]]:
    """The terms in a query that nothing defines, with their offsets."""
    known = dict(prefixes) | dict(_PREFIX.findall(text))
    if not any(_may_lack(written, known, vocabulary) for written in set(_NAMED.findall(text))):
        return  # nearly always, and found faster than by reading it word by word
    for term, word in named(list(tokens(text)), prefixes):
        if term.value not in vocabulary.namespaces and vocabulary.lacks(term):
            yield term, word.start, word.end


_PREFIX = re.compile(r"PREFIX\s+([^\s:]*):\s*<([^<>\s]*)>", re.IGNORECASE)
_NAMED = re.compile(r"<[^<>\s]+>|[\w-]*:[\w.%\\-]+")


def _may_lack(written: str, known: Mapping[str, str], vocabulary: Vocabulary) -> bool:
    prefix, __, local = written.partition(":")
    iri = written[1:-1] if written[0] == "<" else known.get(prefix, "") + local.rstrip(".")
    if not iri.startswith(tuple(vocabulary.namespaces)) or iri in vocabulary.namespaces:
        return False
    return "\\" in iri or vocabulary.lacks(NamedNode(iri))


def _finding(
    vocabulary: Vocabulary, term: Term, place: Place, prefixes: Mapping[str, str], focus: Term | None = None
) -> Finding:
    assert isinstance(term, NamedNode)
    near = vocabulary.nearest(term)
    short = {one: shorten(one.value, prefixes) for one in (term, near) if one}
    said = _("{term} is defined nowhere: what is said with it is in no answer", term=short[term])
    fix = _("define it in the ontology, or use one of its terms")
    if near:
        fix = _("is {near} meant?", near=short[near])
    return finding(RULE, said, fix, at=place, focus=str(focus) if focus else None, value=str(term))


def _place(name: str, text: str, start: int, end: int) -> Place:
    line, before = text.count("\n", 0, start) + 1, text.rfind("\n", 0, start)
    return Place(name, line, start - before, line, end - before)


def _declares(fact: Fact) -> bool:
    """Whether the triple says that its subject is a class or a property."""
    return fact.predicate == TYPE and fact.object in _KINDS and isinstance(fact.subject, NamedNode)


def _namespace(term: Term) -> str:
    return re.sub(r"[^#/]*$", "", term.value)

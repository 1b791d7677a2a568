"""Things, facts and questions by part of a name, alias, value or period; and the one thing a name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING
from parkgraph.ask.nearest import folded, nearest
from parkgraph.ask.question import Question
from parkgraph.ask.resolve import quoted
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import GRAPH_INFERRED, expand
from parkgraph.search.index import Index, simplified, terms, weighted
from parkgraph.search.things import AXIOM, DEFINITIONS, STATEMENT, Evidence, Name, Texts, Things
from parkgraph.search.wording import WORD
from parkgraph.show.cells import passages

Kind = OneOf["thing", "fact", "question"]

_INFERRED = NamedNode(GRAPH_INFERRED)
_LISTED = 10  # how many candidates a message names
_FIELDS = {"name": 3.0, "alias": 3.0, "value": 1.5, "linked": 1.0, "kind": 0.5, "said of": 1.0, "definition": 0.3}
"""Field of a document → weight: what a thing is called counts more than what is near it."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found.

    kind: thing, fact (a statement about things) or question.  name: its IRI and labels; a question's are its
    id and summary.  types: its classes, or the question's topic.  field, text: what fits the words best.
    links: how many triples it takes part in.
    """

    kind: Kind
    name: Name
    types: tuple[Name, ...]
    field: str
    text: str
    score: float
    links: int
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """What is found: a node, or a saved question.  fields: field → its texts."""

    kind: Kind
    node: NamedNode | None
    question: Question | None
    fields: dict[str, list[str]]


class Finder:
    """Finds things, facts and questions of one graph; the index is made once."""

    def __init__(self, things: Things, questions: Sequence[Question]) -> None:
        self.things = things
        self.questions = questions
        self.documents = [*self._nodes(), *map(_question, questions)]
        self.index = Index.of([weighted(_weighed(document)) for document in self.documents])

    def find(self, words: str, *, kind: Kind | None = None, limit: int = 10, offset: int = 0) -> list[Hit]:
        """What fits the words, best first: at most `limit` from `offset` on.

        Raises Usage when there are no words to look for.
        """
        ranked = self.ranked(words, kind)
        return [self._hit(number, score, words) for score, number in ranked[offset : offset + limit]]

    def ranked(self, words: str, kind: Kind | None = None) -> list[tuple[float, int]]:
        """(score, number of the document) of all that fits, best first."""
        words = simplified(words)
        wanted = terms(words)
        if not wanted:
            raise Usage(_("no words to look for: {words}", words=quoted(words)))
        found = self.index.search(Counter(wanted))
        whole, part = self.index.mass(wanted), folded(words)
        ranked = []
        for number, score in found.items():
            document = self.documents[number]
            if kind in (None, document.kind):
                names = map(folded, (*document.fields["name"], *document.fields["alias"]))
                part_of = max((_part(part, name) for name in names), default=0.0)
                ranked.append((round(score + whole * part_of, 4), number))
        return sorted(ranked, key=lambda one: (-one[0], one[1]))

    def node(self, text: str) -> NamedNode:
        """The one thing meant by a name in either language, a part of one, a short name or an IRI.

        Raises Usage: nothing is called so (with the nearest names), or several things are.
        """
        text = simplified(text).strip()
        iri = expand(text, self.things.prefixes)
        if iri is not None:
            try:
                node = NamedNode(iri)
            except ValueError:
                pass
            else:
                if next(chain(self.things.quads(node), self.things.quads(None, None, node)), None):
                    return node
        wanted = folded(text)
        best: dict[int, list[Document]] = {}
        for document in self.documents:
            if document.node is not None and wanted:
                rank = self._rank(document, wanted)
                if rank:
                    best.setdefault(rank, []).append(document)
        if not best:
            raise self._nothing(text)
        found = best[min(best)]
        if len(found) > 1:
            raise self._several(text, found)
        assert found[0].node is not None
        return found[0].node

    def _rank(self, document: Document, wanted: str) -> int:
        """How well a name fits: 1 the name itself, then an alias, then a part; things before facts."""
        fields = document.fields
        names, aliases = (list(map(folded, fields[field])) for field in ("name", "alias"))
        assert document.node is not None
        local = folded(document.node.value.rstrip("/#").replace("#", "/").rpartition("/")[2])
        fact = document.kind == "fact"
        if wanted in names:
            return 1 + fact
        if wanted in aliases or wanted == local:
            return 3 + fact
        if any(wanted in name for name in (*names, *aliases)):
            return 5 + fact
        return 0

    def _nothing(self, text: str) -> Usage:
        known = {name for document in self.documents if document.node for name in document.fields["name"]}
        near = nearest(text, known)
        return Usage(
            _("nothing is called {quoted}", quoted=quoted(text)),
            fix=_("nearest: {shown}", shown=near) if near else _("parkgraph find {text}", text=text[:60]),
        )

    def _several(self, text: str, found: Sequence[Document]) -> Usage:
        names = [self.things.name(document.node) for document in found if document.node]
        shown = {
            lang: "\n    ".join(f"{name.label[lang]} ({name.short})" for name in names[:_LISTED])
            for lang in ("zh", "en")
        }
        return Usage(
            _("{quoted} fits {n}:\n    {shown}", quoted=quoted(text), n=len(names), shown=shown),
            fix=_("which one? Give the name in brackets"),
        )

    def _hit(self, number: int, score: float, words: str) -> Hit:
        document = self.documents[number]
        wanted = terms(words)
        texts = [(field, text) for field, all_of in document.fields.items() for text in all_of]
        field, text = max(texts, key=lambda one: self.index.coverage(wanted, terms(one[1])))
        if document.node is None:
            assert document.question is not None
            question = document.question
            topic = Name(question.topic, question.topic, {"zh": question.topic, "en": question.topic})
            name = Name(question.id, question.id, question.summary)
            return Hit("question", name, (topic,), field, text, score, len(question.parameters), ())
        node, things = document.node, self.things
        return Hit(
            document.kind, things.name(node), tuple(map(things.name, things.kinds(node))), field, text, score,
            sum(1 for __ in chain(things.quads(node), things.quads(None, None, node))),
            things.evidence_of(node),
        )  # fmt: skip

    # --- documents -------------------------------------------------------------

    def _nodes(self) -> Iterator[Document]:
        things = self.things
        named = {
            quad.subject
            for predicate in NAMING
            for quad in things.quads(None, predicate)
            if isinstance(quad.subject, NamedNode) and not passages(quad.subject.value)
        }
        for node in sorted(named, key=lambda node: node.value):
            if things.is_a(node, AXIOM) or things.is_a(node, WORD):
                continue
            fact = things.is_a(node, STATEMENT)
            yield Document("fact" if fact else "thing", node, None, self._fields(node))

    def _fields(self, node: NamedNode) -> dict[str, list[str]]:
        things = self.things
        fields: dict[str, list[str]] = {field: [] for field in _FIELDS}
        fields["name"] = _both(things.name(node).label)
        fields["alias"] = things.aliases(node)
        fields["kind"] = [text for kind in things.kinds(node) for text in self._named(kind)]
        fields["definition"] = [text for kind in (node, *things.kinds(node)) for text in self._defined(kind)]
        for quad in things.quads(node):
            if quad.graph_name != _INFERRED and quad.predicate not in things.annotations:
                if isinstance(quad.object, Literal):
                    fields["value"].append(quad.object.value)
                elif isinstance(quad.object, NamedNode):
                    fields["linked"] += self._named(quad.object)
                    fields["definition"] += self._defined(quad.object)
        for quad in things.quads(None, None, node):
            subject = quad.subject
            asserted = quad.graph_name != _INFERRED and quad.predicate not in things.annotations
            if asserted and isinstance(subject, NamedNode) and things.is_a(subject, STATEMENT):
                fields["said of"] += _both(things.name(subject).label)
        return fields

    def _named(self, node: NamedNode) -> list[str]:
        return [*_both(self.things.name(node).label), *self.things.aliases(node)]

    def _defined(self, node: NamedNode) -> list[str]:
        return list(self.things.texts(node, *DEFINITIONS).values())


def _question(question: Question) -> Document:
    fields: dict[str, list[str]] = {field: [] for field in _FIELDS}
    fields["name"] = _both(question.summary)
    fields["alias"] = [question.id, *(text for texts in question.examples.values() for text in texts)]
    fields["value"] = _both(question.description)
    fields["linked"] = [text for texts in question.columns.values() for text in _both(texts)]
    fields["kind"] = [question.topic]
    return Document("question", None, question, fields)


def _weighed(document: Document) -> Iterator[tuple[float, str]]:
    for field, weight in _FIELDS.items():
        # Many near things say no more than some: what a park has must not drown what it is.
        texts = list(dict.fromkeys(document.fields[field]))
        for text in texts:
            yield weight / max(1.0, (len(texts) / 8) ** 0.5), text


def _both(texts: Texts) -> list[str]:
    return list(dict.fromkeys(texts.values()))


def _part(wanted: str, name: str) -> float:
    """How much of a name the words are, when they are a part of it."""
    return len(wanted) / len(name) if wanted and wanted in name else 0.0

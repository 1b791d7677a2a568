"""Things, facts and questions by part of a name, alias, value or period; and the one thing a name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from pyoxigraph import NamedNode

from parkgraph.ask.nearest import folded, nearest
from parkgraph.ask.question import Question
from parkgraph.ask.resolve import quoted
from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.names import expand
from parkgraph.search.documents import Document, Kind, node_fields, question_fields
from parkgraph.search.index import simplified, terms
from parkgraph.search.kept import Searched
from parkgraph.search.things import Evidence, Name, Things

_LISTED = 10  # how many candidates a message names


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


class Finder:
    """Finds things, facts and questions of one graph."""

    def __init__(self, things: Things, searched: Searched, question: Callable[[str], Question]) -> None:
        """question: gives a saved question by its id."""
        self.things, self.searched, self.question = things, searched, cache(question)
        self.documents, self.index = searched.documents, searched.names
        self.number = {document.iri: number for number, document in enumerate(searched.documents)}

    def reading(self, things: Things) -> Finder:
        """The same finder with other `things`, e.g. with the texts of sources."""
        return Finder(things, self.searched, self.question)

    def saved(self, text: str) -> str | None:
        """The id of the saved question whose sentence or example this is, word for word."""
        wanted = folded(text)
        for document in self.documents:
            if document.kind == "question" and wanted in map(folded, (*document.names, *document.aliases)):
                return document.iri
        return None

    def find(self, words: str, *, kind: Kind | None = None, limit: int = 10, offset: int = 0) -> list[Hit]:
        """What fits the words, best first: at most `limit` from `offset` on.

        Raises Usage when there are no words to look for.
        """
        ranked = self.ranked(words, kind)
        return [self._hit(number, score, words) for score, number in ranked[offset : offset + limit]]

    def ranked(self, words: str, kind: Kind | None = None) -> list[tuple[float, int]]:
        """(score, number of the document) of all that fits, best first."""
        words = simplified(words)
        wanted, part = terms(words), folded(words)
        # What has only function words or signs ("about", "%") may still be a name.
        found = self.index.search(Counter(wanted)) if wanted else dict.fromkeys(self.number.values(), 0.0)
        whole = self.index.mass(wanted) or 1.0
        ranked = []
        for number, score in found.items():
            document = self.documents[number]
            if kind in (None, document.kind):
                names = map(folded, (*document.names, *document.aliases))
                part_of = max((_part(part, name) for name in names), default=0.0)
                if score or part_of:
                    ranked.append((round(score + whole * part_of, 4), number))
        if not wanted and not ranked:
            raise Usage(
                _("no words to look for: {words}", words=quoted(words)),
                fix=_("a part of a name, a value or a period, in Chinese or English"),
            )
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
            if document.kind != "question" and wanted:
                rank = self._rank(document, wanted)
                if rank:
                    best.setdefault(rank, []).append(document)
        if not best:
            raise self._nothing(text)
        found = best[min(best)]
        if len(found) > 1:
            raise self._several(text, found)
        return NamedNode(found[0].iri)

    def _rank(self, document: Document, wanted: str) -> int:
        """How well a name fits: 1 the name itself, then an alias, then a part; things before facts."""
        names, aliases = list(map(folded, document.names)), list(map(folded, document.aliases))
        local = folded(document.iri.rstrip("/#").replace("#", "/").rpartition("/")[2])
        fact = document.kind == "fact"
        if wanted in names:
            return 1 + fact
        if wanted in aliases or wanted == local:
            return 3 + fact
        if any(wanted in name for name in (*names, *aliases)):
            return 5 + fact
        return 0

    def _nothing(self, text: str) -> Usage:
        known = {name for one in self.documents if one.kind != "question" for name in one.names}
        near = nearest(text, known)
        return Usage(
            _("nothing is called {quoted}", quoted=quoted(text)),
            fix=_("nearest: {shown}", shown=near) if near else _("parkgraph find {text}", text=text[:60]),
        )

    def _several(self, text: str, found: Sequence[Document]) -> Usage:
        names = [self.things.name(NamedNode(document.iri)) for document in found]
        shown = {
            lang: "\n    ".join(f"{name.label[lang]} ({name.short})" for name in names[:_LISTED])
            for lang in ("zh", "en")
        }
        return Usage(
            _("{quoted} fits {n}:\n    {shown}", quoted=quoted(text), n=len(names), shown=shown),
            fix=_("which one? Give the name in brackets"),
        )

    def _hit(self, number: int, score: float, words: str) -> Hit:
        document, things, wanted = self.documents[number], self.things, terms(simplified(words))
        if document.kind == "question":
            question = self.question(document.iri)
            topic = Name(question.topic, question.topic, {"zh": question.topic, "en": question.topic})
            name, types = Name(question.id, question.id, question.summary), [topic]
            links, fields, evidence = (
                len(question.parameters),
                question_fields(question),
                tuple[Evidence, ...](),
            )
        else:
            node = NamedNode(document.iri)
            name, types = things.name(node), list(map(things.name, things.kinds(node)))
            links = sum(1 for __ in chain(things.quads(node), things.quads(None, None, node)))
            fields, evidence = node_fields(things, node), things.evidence_of(node)
        texts = [(field, text) for field, all_of in fields.items() for text in all_of]
        field, text = max(texts, key=lambda one: self.index.coverage(wanted, terms(one[1])))
        return Hit(document.kind, name, tuple(types), field, text, score, links, evidence)


def _part(wanted: str, name: str) -> float:
    """How much of a name the words are, when they are a part of it; signs alone must be all of it."""
    words = any(char.isalnum() for char in wanted)
    return len(wanted) / len(name) if wanted == name or (words and wanted in name) else 0.0

"""Things, facts and questions by part of a name, alias, value or period; and the one thing a name means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import Any

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import folded
from parkgraph.ask.parameters import Bound, substitute
from parkgraph.ask.question import Question
from parkgraph.ask.resolve import Resolver, quoted
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import run
from parkgraph.errors import Usage
from parkgraph.messages import Message, _
from parkgraph.search.documents import Kind, Searched, node_fields, question_fields, terms_of
from parkgraph.search.index import simplified, terms
from parkgraph.search.things import Evidence, Name, Things, shown_names

ANSWERS = 300
"""Answers of saved questions that a running process keeps."""


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
        self.answer = lru_cache(ANSWERS)(self._answer)
        self.telling = cache(self._telling)
        self.told = cache(self._told)

    def reading(self, things: Things) -> Finder:
        """The same finder with other `things`, e.g. with the texts of sources."""
        other = Finder(things, self.searched, self.question)
        other.answer, other.telling, other.told = self.answer, self.telling, self.told
        return other

    def _told(self, node: NamedNode) -> str:
        """What a thing is called, its values, and what it is linked with, in small letters."""
        fields = node_fields(self.things, node)
        return "\n".join((*fields["name"], *fields["value"], *fields["linked"])).casefold()

    def _telling(self, iri: str) -> list[tuple[str, frozenset[str], float]]:
        """The names of a thing, each with its terms and how much they tell."""
        document = self.documents[self.number[iri]]
        held = ((name, frozenset(terms(name))) for name in (*document.names, *document.aliases))
        return [(name, parts, self.index.mass(parts)) for name, parts in held if parts]

    def _answer(self, id: str, values: tuple[tuple[str, str], ...], lang: str) -> Answer:
        """What a saved question answers with these values (parameter, IRI); the last ANSWERS are kept."""
        question: Question = self.question(id)
        given = terms_of(question, dict(values), lang)
        return run(question, Bound(given, substitute(question, given)), self.things.store, lang=lang)

    def saved(self, text: str) -> str | None:
        """The id of the saved question whose sentence this is, word for word, or whose example, if it takes
        no thing: an example may name another than the one taken without being told."""
        wanted, taking = folded(text), {one.id for one in self.searched.asked if one.parameters}
        for document in self.documents:
            known = document.names if document.iri in taking else (*document.names, *document.aliases)
            if document.kind == "question" and wanted in map(folded, known):
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

    def node(self, text: str, lang: str = "en") -> NamedNode:
        """The one thing meant by a name in either language, a part of one, a short name or an IRI.

        lang: of the names in messages.  Raises Usage: nothing is called so (with the nearest names), or
        several things are.
        """
        return Resolver(self.things.store, self.things.prefixes, lang).thing(simplified(text).strip())

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
        # The store gives what is said of a thing in no order.
        order = {field: number for number, field in enumerate(fields)}
        field, text = min(
            texts, key=lambda one: (-self.index.coverage(wanted, terms(one[1])), order[one[0]], one[1])
        )
        return Hit(document.kind, name, tuple(types), field, text, score, links, evidence)


def _part(wanted: str, name: str) -> float:
    """How much of a name the words are, when they are a part of it; signs alone must be all of it."""
    words = any(char.isalnum() for char in wanted)
    return len(wanted) / len(name) if wanted == name or (words and wanted in name) else 0.0


def as_table(headings: Mapping[str, Message], rows: Iterable[Mapping[str, str]], lang: str) -> Any:
    """A table of texts for `show.results.write`.  headings: name of the column → what it is called."""
    from parkgraph.show.results import Table

    told = [[Literal(row[name]) for name in headings] for row in rows]
    return Table(tuple(headings), told, {name: text[lang] for name, text in headings.items()})


def hits_table(hits: list[Hit], lang: str) -> Any:
    """What was found as a table for `show.results.write`."""
    headings = {
        "kind": _("kind"), "label": _("label"), "short": _("short name"), "type": _("class"),
        "matched": _("found by"), "evidence": _("evidence"),
    }  # fmt: skip
    kinds = {"thing": _("thing"), "fact": _("fact"), "question": _("question")}
    rows = (
        {
            "kind": kinds[hit.kind][lang], "label": hit.name.label[lang], "short": hit.name.short,
            "type": shown_names(hit.types, lang), "matched": hit.text,
            "evidence": " ".join(one.iri for one in hit.evidence),
        }
        for hit in hits
    )  # fmt: skip
    return as_table(headings, rows, lang)

"""A question in one's own words: how it was understood, saved questions that answer it, facts, or why not.

The reply shows what the graph holds and nothing else. It is never called answered on a thin margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.parameters import Bound, substitute
from parkgraph.ask.rows import Answer
from parkgraph.ask.run import run
from parkgraph.errors import Usage
from parkgraph.infer.why import STATED
from parkgraph.messages import _
from parkgraph.names import PARK
from parkgraph.search.compute import Computed, compute, operation
from parkgraph.search.documents import Route, examples_of, terms_of
from parkgraph.search.find import Finder
from parkgraph.search.index import language_words, simplified, terms
from parkgraph.search.things import DEFINITIONS, EVIDENCE, OPEN_QUESTION, STATEMENT, Evidence, Things
from parkgraph.search.wording import wanted
from parkgraph.show.cells import Term, is_number, plain

Status = OneOf["answered", "candidates", "not_stated", "unknown", "off_topic"]
REFUSED: tuple[Status, ...] = ("not_stated", "unknown", "off_topic")

ROUTES, FACTS, ROWS = 3, 5, 10
"""At most so many saved questions, facts, and rows of one question: a long list is no answer."""

LONGEST = 1000
"""Characters of a question."""

_QUALIFIED = {
    name: NamedNode(PARK + name) for name in ("printedForm", "unit", "qualifier", "period", "status")
}
_BASIS, _ORDINAL, _OF_PARK, _PLACE = (
    NamedNode(PARK + name) for name in ("basis", "ordinal", "ofPark", "Place")
)
_WHO = (NamedNode(PARK + "Organization"), NamedNode(PARK + "Person"))
_QUERY = re.compile(
    r"\s*(prefix|base|select|ask|construct|describe|insert|delete|drop|load|clear)\b.*[{<]", re.I | re.S
)

# Set on tests/search/questions/development.tsv.
VALUE = 0.3  # how much the name of a question's value counts
CONSIDERED = 30  # facts that are looked at
MOST_TOLD = 30.0  # what a name tells counts up to this
TELLING = 6.0  # what a name must tell to be one that was said on purpose
MOSTLY = 0.7  # of the question's words, which the best fact must have for an answer
COVERED = 0.95  # of a name's terms: it was said
OFF_TOPIC = 25.0  # score of the best fact; below, nothing is shown
MUCH = 80.0  # score beyond which more says no more
CONFIDENT = {"zh": 5.8, "en": 6.2}  # least confidence of a reply with an answer
GAIN = 0.2  # share of the words that only an open question has


@dataclass(frozen=True, slots=True)
class Taken:
    """A thing that the question names.  matched: the name it was known by.  coverage: how much of that name
    the question has, from 0 to 1."""

    iri: str
    label: str
    matched: str
    coverage: float


@dataclass(frozen=True, slots=True)
class RoutedAnswer:
    """A saved question that may answer it.  parameters: name → short name of the value.  rows: cells as a
    person reads them, at most ROWS, with `evidence`.  why: what it was found by."""

    question: str
    parameters: Mapping[str, str]
    summary: str
    command: str
    score: float
    why: tuple[str, ...]
    columns: Mapping[str, str]
    rows: tuple[Mapping[str, Any], ...]
    rows_total: int


@dataclass(frozen=True, slots=True)
class FoundFact:
    """A thing or statement that may answer it.  value, unit, qualifier, period, status: "" where it has none.
    open_question: what the source leaves unsaid about it."""

    iri: str
    short: str
    label: str
    statement: str
    value: str
    unit: str
    qualifier: str
    period: str
    status: str
    basis: str
    score: float
    open_question: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class NotStated:
    """What the source is known not to say."""

    thing: str
    short: str
    open_question: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """The reply to a question in one's own words.

    answer_type: number, date, who, place, yes_no, source or list; "" where the words do not tell.
    missing_words: words of the question that nothing in the graph has.  next: commands that go on from here.
    """

    question: str
    lang: str
    status: Status
    answer_type: str
    things: tuple[Taken, ...]
    routes: tuple[RoutedAnswer, ...]
    facts: tuple[FoundFact, ...]
    computed: Computed | None
    not_stated: tuple[NotStated, ...]
    missing_words: tuple[str, ...]
    next: tuple[str, ...]


class Replier:
    """Replies to questions about one graph."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.things, self.searched = finder, finder.things, finder.searched

    def reply(self, text: str, lang: str) -> Reply:
        """The reply.  Raises Usage for what is no question: nothing, too much, a query."""
        check(text)
        shown = simplified("".join(char if char.isprintable() else " " for char in text)).strip()
        asked = self._asked(shown)
        facts, routed = self.facts(asked.weights), self.routed(asked)
        status = self._status(asked, facts, routed, lang)
        answers = (self._route(*one, asked, lang) for one in routed[: 2 * ROUTES])
        routes = tuple(islice((one for one in answers if one.rows), ROUTES))
        shown_facts = tuple(self._fact(*one, lang) for one in facts[:FACTS])
        computed = self._computed(asked, facts)
        if status == "off_topic":
            routes, shown_facts, computed = (), (), None
        things = tuple(
            Taken(iri, self.things.name(NamedNode(iri)).label[lang], name, round(share, 3))
            for iri, name, __, share in asked.things[:FACTS]
        )
        if status == "candidates" and self._sure(asked, facts, routed):
            status = "answered"
        return Reply(
            text, lang, status, asked.answer_type, things, routes, shown_facts, computed,
            tuple(self._not_stated(asked, facts, lang)) if status != "off_topic" else (),
            tuple(self._missing(asked)),
            tuple(_next(routes, shown_facts)),
        )  # fmt: skip

    # --- finding -----------------------------------------------------------------

    def facts(self, weights: Mapping[str, float]) -> list[tuple[NamedNode, float]]:
        """(thing or fact with evidence, score), best first."""
        found = self.searched.names.search(weights)
        documents = self.searched.documents
        in_order = sorted(found.items(), key=lambda one: (-one[1], one[0]))
        nodes = ((NamedNode(documents[number].iri), score) for number, score in in_order
                 if documents[number].kind != "question")  # fmt: skip
        cited = ((node, score) for node, score in nodes if self.things.values(node, EVIDENCE))
        return list(islice(cited, CONSIDERED))

    def routed(self, asked: _Asked) -> list[tuple[Route, float]]:
        """The saved questions by score, each with its best value."""
        best: dict[str, tuple[Route, float]] = {}
        for number, score in self.searched.rows.search(asked.weights).items():
            route = self.searched.routes[number]
            score += asked.named.get(route.value, 0.0) * VALUE
            held = best.get(route.question)
            if held is None or (score, route) > (held[1], held[0]):
                best[route.question] = route, score
        return sorted(best.values(), key=lambda one: (-one[1], one[0]))

    def _asked(self, text: str) -> _Asked:
        """The question as it is understood."""
        asked = _Asked(text, wanted(text, self.searched.everyday))
        said = self.searched.called.said(asked.weights)
        for iri, __, told, share in said:
            asked.named[iri] = max(asked.named.get(iri, 0.0), share**2 * min(told, MOST_TOLD))
        whole = [one for one in said if one[3] >= COVERED and one[2] > TELLING]
        asked.things = sorted(whole, key=lambda one: (-one[2], one[0]))
        return asked

    # --- what kind of reply --------------------------------------------------------

    def _status(
        self,
        asked: _Asked,
        facts: Sequence[tuple[NamedNode, float]],
        routed: Sequence[tuple[Route, float]],
        lang: str,
    ) -> Status:
        """Whether there is an answer: how well the best fact and saved question fit the words, whether a fact
        has the kind of thing asked for, and whether an open question is about just this."""
        if not facts:
            return "off_topic"
        index = self.searched.names
        best, row = facts[0][1], routed[0][1] if routed else 0.0
        fitting = next((score for fact, score in facts if self._offers(fact, asked)), 0.0) / best
        covered = max(self._covered(asked, fact) for fact, __ in facts[:FACTS])
        unsaid = any(self._unsaid(asked, fact, lang) for fact, __ in facts[:3])
        confidence = (
            2.3 * min(best / MUCH, 1)
            + 4.9 * fitting
            + 1.4 * covered
            + 1.6 * min(row / MUCH, 1)
            - 2.4 * unsaid
        )
        known = index.coverage(asked.own, [term for term in asked.own if index.holding(term)])
        strange = known < 0.5 and covered < 0.4 and row < 14 and not asked.everyday
        told = asked.things[0][2] if asked.things else 0.0
        if strange and told < TELLING and confidence < 7.2:
            return "off_topic" if best < OFF_TOPIC else "unknown"
        if confidence >= CONFIDENT[lang]:
            return "candidates"
        if unsaid or fitting < 0.5:
            return "not_stated"
        return "unknown"

    def _covered(self, asked: _Asked, fact: NamedNode) -> float:
        """The share of what the question's words tell, and of those put beside them, that a fact has."""
        index, number = self.searched.names, self.finder.number[fact.value]
        told = {term: index.idf(term) * weight for term, weight in asked.weights.items() if _whole(term)}
        held = sum(each for term, each in told.items() if number in dict(index.holding(term)))
        return held / (sum(told.values()) or 1.0)

    def _unsaid(self, asked: _Asked, fact: NamedNode, lang: str) -> bool:
        """Whether the open question of a fact is what was asked: for its parts, or in words that the fact
        itself has not."""
        text = self.things.texts(fact, OPEN_QUESTION).get(lang, "")
        if not text:
            return False
        if asked.says("each") and any(re.search(sign, text) for sign in language_words()["each"][lang]):
            return True
        index = self.searched.names
        number = self.finder.number[fact.value]
        unsaid = [
            term for term in asked.own & set(terms(text, grams=False))
            if number not in dict(index.holding(term))
        ]  # fmt: skip
        return index.mass(unsaid) > GAIN * index.mass(asked.own)

    def _offers(self, fact: NamedNode, asked: _Asked) -> bool:
        """Whether a fact has the kind of thing asked for, and is of the year asked for."""
        things = self.things
        said = list(things.quads(fact))
        texts = " ".join(node_text(things, fact))
        if asked.years and not any(year in texts for year in asked.years):
            return False
        if asked.answer_type == "number":
            return any(is_number(quad.object) and quad.predicate != _ORDINAL for quad in said)
        if asked.answer_type == "who":
            about = [
                quad.subject
                for quad in things.quads(None, None, fact)
                if things.is_a(quad.subject, STATEMENT)
            ]
            linked = [fact, *(quad.object for quad in said)]
            linked += [quad.object for each in about for quad in things.quads(each)]
            return any(
                things.is_a(node, kind) for node in linked for kind in _WHO if not isinstance(node, Literal)
            )
        if asked.answer_type == "place":
            linked = [fact, *(quad.object for quad in said if quad.predicate != _OF_PARK)]
            return any(things.is_a(node, _PLACE) for node in linked if not isinstance(node, Literal))
        return True

    def _sure(
        self, asked: _Asked, facts: Sequence[tuple[NamedNode, float]], routed: Sequence[tuple[Route, float]]
    ) -> bool:
        """Whether the best fact's whole name was said, or a question's whole example with its value."""
        index = self.searched.names
        best = facts[0][0]
        number = self.finder.number[best.value]
        held = {term for term in asked.own if number in dict(index.holding(term))}
        if index.coverage(asked.own, held) < MOSTLY:
            return False
        names = (terms(name) for name in self.things.name(best).label.values())
        if any(index.coverage(own, asked.terms) >= COVERED for own in names):
            return True
        for route, __ in routed[:1]:
            question = self.finder.question(route.question)
            said = [terms(text) for text in (*question.summary.values(), *examples_of(question))]
            value = not route.value or asked.named.get(route.value, 0.0) > TELLING
            return value and any(index.coverage(own, asked.terms) >= COVERED for own in said)
        return False

    def _not_stated(
        self, asked: _Asked, facts: Sequence[tuple[NamedNode, float]], lang: str
    ) -> Iterator[NotStated]:
        for fact, __ in facts[:3]:
            text = self.things.texts(fact, OPEN_QUESTION).get(lang)
            if text:
                name = self.things.name(fact)
                yield NotStated(name.label[lang], name.short, text, self.things.evidence_of(fact))

    def _missing(self, asked: _Asked) -> Iterator[str]:
        index = self.searched.names
        for word in dict.fromkeys(re.findall(r"[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]{2}|\d+", asked.text)):
            own = terms(word, grams=False)
            if own and not any(map(index.holding, own)):
                yield word

    # --- telling -------------------------------------------------------------------

    def _route(self, route: Route, score: float, asked: _Asked, lang: str) -> RoutedAnswer:
        question = self.finder.question(route.question)
        given = terms_of(question, route, lang)
        answer = run(question, Bound(given, substitute(question, given)), self.things.store, lang=lang)
        value = self.things.name(NamedNode(route.value)) if route.value else None
        parameters = {route.parameter: value.short} if value else {}
        command = " ".join(
            ["parkgraph ask", question.id, *(f"--{name} {short}" for name, short in parameters.items())]
        )
        why = (*([value.label[lang]] if value else []), question.summary[lang])
        rows = self._rows(answer, asked)
        headings = {name: text for name, text in answer.headings.items() if name not in _hidden(answer)}
        return RoutedAnswer(question.id, parameters, question.summary[lang], command, round(score, 2), why,
                            headings, rows, len(answer.terms))  # fmt: skip

    def _rows(self, answer: Answer, asked: _Asked) -> tuple[Mapping[str, Any], ...]:
        """The rows that share most with the question, in the answer's own order."""
        hidden = _hidden(answer)
        told = []
        for terms_in_row in answer.terms:
            cells = dict(zip(answer.columns, terms_in_row, strict=True))
            told.append({
                name: plain(cell, lang=answer.lang, prefixes=self.things.prefixes, label=answer.label)
                for name, cell in cells.items() if name not in hidden
            } | {"evidence": self._evidence(cells.get("evidence"))})  # fmt: skip
        if len(told) > ROWS:
            index = self.searched.names

            def shared(number: int) -> float:
                text = " ".join(str(cell) for name, cell in told[number].items() if name != "evidence")
                return index.mass(asked.terms & set(terms(text)))

            best = sorted(sorted(range(len(told)), key=lambda number: (-shared(number), number))[:ROWS])
            told = [told[number] for number in best]
        return tuple(told)

    def _evidence(self, cell: Term | None) -> tuple[Evidence, ...]:
        return self.things.evidence(map(NamedNode, cell.value.split())) if isinstance(cell, Literal) else ()

    def _fact(self, node: NamedNode, score: float, lang: str) -> FoundFact:
        things = self.things
        name = things.name(node)
        qualified = {field: self._first(node, predicate, lang) for field, predicate in _QUALIFIED.items()}
        definition = things.texts(node, *DEFINITIONS).get(lang, "")
        return FoundFact(
            node.value, name.short, name.label[lang], definition, qualified["printedForm"], qualified["unit"],
            qualified["qualifier"], qualified["period"], qualified["status"],
            self._first(node, _BASIS, lang) or things.name(STATED).label[lang], round(score, 2),
            things.texts(node, OPEN_QUESTION).get(lang, ""), things.evidence_of(node),
        )  # fmt: skip

    def _first(self, node: NamedNode, predicate: NamedNode, lang: str) -> str:
        for value in self.things.values(node, predicate):
            return (
                self.things.name(value).label[lang]
                if isinstance(value, NamedNode)
                else str(getattr(value, "value", ""))
            )
        return ""

    def _computed(self, asked: _Asked, facts: Sequence[tuple[NamedNode, float]]) -> Computed | None:
        wanted_operation = operation(asked.text)
        return (
            compute(wanted_operation, [fact for fact, __ in facts[:8]], self.things)
            if wanted_operation
            else None
        )


class _Asked:
    """A question as it was understood."""

    def __init__(self, text: str, weights: Mapping[str, float]) -> None:
        self.text, self.weights = text, weights
        self.named: dict[str, float] = {}
        self.things: list[tuple[str, str, float, float]] = []
        self.terms = set(terms(text))
        self.own = set(terms(text, grams=False))
        self.everyday = bool(set(weights) - self.terms)
        self.years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
        self.answer_type = next(
            (kind for kind in language_words()["answer"] if self.says("answer", kind)), ""
        )

    def says(self, *use: str) -> bool:
        """Whether the text has one of the signs that words.toml lists for this use."""
        signs = language_words()
        for name in use:
            signs = signs[name]
        return any(re.search(sign, self.text.casefold()) for sign in (*signs["zh"], *signs["en"]))


def check(text: str) -> None:
    """Raises Usage for what is no question in words: nothing, too much, or a query."""
    if len(text) > LONGEST:
        raise Usage(
            _("a question of {n} characters: at most {most}", n=len(text), most=LONGEST),
            fix=_("ask for one thing at a time"),
        )
    if not any(char.isalnum() for char in text):
        raise Usage(_("no question"), fix=_("put it in words, in Chinese or English"))
    if _QUERY.match(text):
        raise Usage(_("this is SPARQL, not a question in words"), fix=_("parkgraph query -e '…'"))


def _whole(term: str) -> bool:
    """Whether a term is no part of a word: no single Chinese character, no four letters of a longer word."""
    return not term.endswith("~") and (len(term) > 1 or term.isascii())


def _next(routes: Sequence[RoutedAnswer], facts: Sequence[FoundFact]) -> Iterator[str]:
    for route in routes:
        yield route.command
    for fact in facts[:1]:
        yield f"parkgraph show {fact.short}"


def _hidden(answer: Answer) -> set[str]:
    """Columns that the reply does not repeat: an IRI beside its label, and evidence, which is told apart."""
    return {"evidence", *(name for name in answer.columns if f"{name}Label" in answer.columns)}


def node_text(things: Things, node: NamedNode) -> Iterator[str]:
    """The names and dates of a thing and of what it is linked with."""
    yield from things.name(node).label.values()
    for quad in things.quads(node):
        if isinstance(quad.object, Literal):
            yield quad.object.value
        elif isinstance(quad.object, NamedNode) and quad.predicate not in things.annotations:
            yield from things.name(quad.object).label.values()

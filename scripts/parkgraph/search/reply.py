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
from parkgraph.messages import _, in_language
from parkgraph.names import PARK
from parkgraph.search.compute import Computed, compute
from parkgraph.search.documents import Route, terms_of
from parkgraph.search.find import Finder
from parkgraph.search.index import terms
from parkgraph.search.ranking import Found, Ranking
from parkgraph.search.things import DEFINITIONS, OPEN_QUESTION, Evidence, shown_places
from parkgraph.search.wording import Asked
from parkgraph.show.cells import Term, plain
from parkgraph.show.data import as_data

Status = OneOf["answered", "candidates", "not_stated", "unknown", "off_topic"]
REFUSED: tuple[Status, ...] = ("not_stated", "unknown", "off_topic")

_STATUSES = {
    "answered": _("The graph answers this:"),
    "candidates": _("What the graph has on this; whether it is what you ask for is for you to judge:"),
    "not_stated": _("The source does not say this. What is nearest to it:"),
    "unknown": _("The graph does not seem to have this. What is nearest to it:"),
    "off_topic": _("This is not about anything the graph knows; it is asked in Chinese or English."),
}

ROUTES, FACTS, ROWS = 3, 5, 10
"""At most so many saved questions, facts, and rows of one question: a long list is no answer."""

LONGEST = 1000
"""Characters of a question."""

_QUALIFIED = {
    name: NamedNode(PARK + name) for name in ("printedForm", "unit", "qualifier", "period", "status")
}
_BASIS = NamedNode(PARK + "basis")
_QUERY = re.compile(
    r"\s*(prefix|base|select|ask|construct|describe|insert|delete|drop|load|clear)\b.*[{<]", re.I | re.S
)


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
        self.finder, self.things, self.ranking = finder, finder.things, Ranking(finder)

    def reply(self, text: str, lang: str) -> Reply:
        """The reply.  Raises Usage for what is no question: nothing, too much, a query."""
        check(text)
        asked = self.ranking.asked("".join(char if char.isprintable() else " " for char in text).strip())
        found = self.ranking.found(asked, lang)
        status = self._status(asked, found)
        routes: tuple[RoutedAnswer, ...] = ()
        facts: tuple[FoundFact, ...] = ()
        computed = None
        if status != "off_topic":
            answers = (self._route(*one, asked, lang) for one in found.routes[: 2 * ROUTES])
            routes = tuple(islice((one for one in answers if one.rows), ROUTES))
            facts = tuple(self._fact(*one, lang) for one in found.facts[:FACTS])
            computed = compute(asked.operation, [fact for fact, __ in found.facts[:8]], self.things)
        things = tuple(
            Taken(iri, self.things.name(NamedNode(iri)).label[lang], name, round(share, 3))
            for iri, name, __, share in asked.things[:FACTS]
        )
        unsaid = [
            NotStated(fact.label, fact.short, fact.open_question, fact.evidence)
            for fact in facts[:3] if fact.open_question
        ]  # fmt: skip
        return Reply(text, lang, status, asked.answer_type, things, routes, facts, computed, tuple(unsaid),
                     tuple(self._missing(asked)), tuple(_next(routes, facts)))  # fmt: skip

    def _status(self, asked: Asked, found: Found) -> Status:
        if found.answers:
            return "answered" if self.ranking.sure(asked, found) else "candidates"
        if self.ranking.stray(asked, found):
            return "off_topic"
        return "not_stated" if found.unsaid or found.measures["fitting"] < 0.5 else "unknown"

    def _missing(self, asked: Asked) -> Iterator[str]:
        """The words of the question that nothing has."""
        index = self.ranking.index
        for word in dict.fromkeys(re.findall(r"[^\W\d_\u3400-\u9fff]+|[\u3400-\u9fff]{2}|\d+", asked.text)):
            own = terms(word, grams=False)
            if own and not any(map(index.holding, own)):
                yield word

    # --- telling -------------------------------------------------------------------

    def _route(self, route: Route, score: float, asked: Asked, lang: str) -> RoutedAnswer:
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

    def _rows(self, answer: Answer, asked: Asked) -> tuple[Mapping[str, Any], ...]:
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
            index = self.ranking.index

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


def _next(routes: Sequence[RoutedAnswer], facts: Sequence[FoundFact]) -> Iterator[str]:
    for route in routes:
        yield route.command
    for fact in facts[:1]:
        yield f"parkgraph show {fact.short}"


def _hidden(answer: Answer) -> set[str]:
    """Columns that the reply does not repeat: an IRI beside its label, and evidence, which is told apart."""
    return {"evidence", *(name for name in answer.columns if f"{name}Label" in answer.columns)}


def reply_data(reply: Reply) -> dict[str, Any]:
    """The reply as docs/ask.md describes it: the same keys in every status."""
    data: dict[str, Any] = as_data(reply, reply.lang)
    understood = {"things": data.pop("things"), "answer_type": data.pop("answer_type")}
    return {"question": data.pop("question"), "lang": data.pop("lang"), "status": data.pop("status"),
            "understood": understood, **data}  # fmt: skip


def reply_lines(reply: Reply) -> Iterator[str]:
    """The reply for a person: what it is, the facts with their passages, saved questions, what goes on."""
    lang = reply.lang
    yield _STATUSES[reply.status][lang]
    for note in reply.not_stated if reply.status == "not_stated" else ():
        yield f"  {note.open_question}"
        yield f"    {note.thing}{shown_places(note.evidence, lang)}"
    if reply.computed:
        computed = reply.computed
        unit = f" {computed.unit.label[lang]}" if computed.unit else ""
        said = f"= {computed.result}{unit}" if computed.result is not None else ""
        yield f"  {computed.formula} {said}".rstrip()
        if computed.why:
            yield f"    {computed.why[lang]}"
    for fact in reply.facts:
        yield f"  {_fact(fact, lang)}  [{fact.basis}]"
        yield f"    {fact.short}{shown_places(fact.evidence, lang)}"
    for route in reply.routes:
        yield ""
        yield f"{route.summary}  {' '.join(route.parameters.values())}".rstrip()
        names = list(route.columns)
        for row in route.rows[:3]:
            cells = [str(row[name]) for name in names if name in row and name not in ("basis",) and row[name]]
            yield f"  {' · '.join(cells)}{shown_places(row['evidence'], lang)}"
        yield "  " + _("{n} of {total}: {command}", n=min(3, len(route.rows)), total=route.rows_total,
                       command=route.command)[lang]  # fmt: skip
    if reply.missing_words:
        yield ""
        yield _("not in the graph: {words}", words=list(reply.missing_words))[lang]


def _fact(fact: FoundFact, lang: str) -> str:
    value = f"{fact.qualifier} {fact.value}".strip()
    more = " · ".join(part for part in (value, fact.period, fact.status) if part)
    colon = "：" if lang == "zh" else ": "
    return f"{fact.label}{colon}{more}" if more else fact.label


def report(reply: Reply) -> str:
    """A report ready to file: a question that found nothing, and what was nearest."""
    nearest = [fact.short for fact in reply.facts]
    lines = (
        _("# A question that the graph does not answer"),
        "",
        f"> {' '.join(reply.question.split())}",
        "",
        _("- status: {status}", status=reply.status),
        _("- words that the graph does not have: {words}", words=list(reply.missing_words) or "–"),
        _("- nearest facts: {facts}", facts=nearest or "–"),
        _("- nearest saved questions: {names}", names=[one.question for one in reply.routes] or "–"),
        "",
        _("What would have answered it, and where is it written?"),
    )
    return "".join(f"{in_language(line, reply.lang)}\n" for line in lines)

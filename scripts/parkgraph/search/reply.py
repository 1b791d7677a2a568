"""A question in one's own words: how it was understood, saved questions that answer it, facts, or why not.

The reply shows what the graph holds and nothing else. It is never called answered on a thin margin.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, islice
from typing import Any
from typing import Literal as OneOf

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.rows import Answer
from parkgraph.errors import Usage
from parkgraph.infer.closure import STATED
from parkgraph.messages import LANGS, _, in_language
from parkgraph.names import CODE, PARK
from parkgraph.search.documents import as_table
from parkgraph.search.index import language_words, parts, terms
from parkgraph.search.things import DEFINITIONS, OPEN_QUESTION, STATEMENT, Evidence, shown_places
from parkgraph.search.wording import MEMBERS, MOSTLY, Asked, Found, Ranking
from parkgraph.show.cells import Term, plain
from parkgraph.show.results import as_data

Lang = OneOf["zh", "en"]
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

FITTING = 0.5
"""Of the best saved question's score; one below is not shown."""

TOLD = 0.6
"""The share of the question's words that a fact must have to be told first."""

SIDE_BY_SIDE = "figures-side-by-side"
"""The saved question that works out a difference, a sum or a share of two figures."""

_QUALIFIED = {"value": NamedNode(PARK + "printedForm")} | {
    name: NamedNode(PARK + name) for name in ("unit", "qualifier", "period", "status", "basis")
}
_EXACTLY = NamedNode(CODE + "qualifier/exactly")
_PARK = NamedNode(PARK + "Park")
_VALUE, _UNIT = NamedNode(PARK + "normalizedValue"), NamedNode(PARK + "normalizedUnit")
_Candidate = tuple[str, tuple[tuple[str, str], ...], float]  # saved question, its values, score
_QUERY = re.compile(
    r"\s*(prefix|base|select|ask|construct|describe|insert|delete|drop|load|clear)\b.*[{<]", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class RoutedAnswer:
    """A saved question that may answer it.  parameters: name → short name of the value.  why: what it was
    found by.  columns: name → heading.  rows: cells as a person reads them, at most ROWS, with `evidence`."""

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
class Reply:
    """The reply to a question in one's own words, as docs/ask.md describes it.

    understood: `things` named in full (iri, label, `matched`: the name it was known by, `coverage`: how much
    of that name it has, from 0 to 1) and `answer_type`.  answer: `text`, one sentence, and its `evidence`;
    empty where nothing has what is asked for.  not_stated: what the source leaves unsaid about the best
    facts.  missing_words: words of the question that nothing in the graph has.  next: commands that go on.
    """

    question: str
    lang: str
    status: Status
    understood: Mapping[str, Any]
    answer: Mapping[str, Any]
    routes: tuple[RoutedAnswer, ...]
    facts: tuple[FoundFact, ...]
    not_stated: tuple[Mapping[str, Any], ...]
    missing_words: tuple[str, ...]
    next: tuple[str, ...]


class Replier(Ranking):
    """Replies to questions about one graph."""

    def reply(self, text: str, lang: str) -> Reply:
        """The reply.  Raises Usage for what is no question: nothing, too much, a query."""
        check(text)
        asked = self.asked("".join(char if char.isprintable() else " " for char in text).strip())
        found = self.found(asked, lang)
        status = self._status(asked, found)
        facts: tuple[FoundFact, ...] = ()
        candidates: list[_Candidate] = []
        if status != "off_topic":
            facts = tuple(self._fact(*one, lang) for one in found.facts[:FACTS])
            candidates = list(self._candidates(asked, found))
        # What the source does not state has no rows: what it does state are the facts.
        stated = status not in ("not_stated", "off_topic")
        routes = tuple(self._routes(candidates, asked, lang)) if stated else ()
        things = tuple(
            {"iri": iri, "label": self.things.name(NamedNode(iri)).label[lang], "matched": name,
             "coverage": round(share, 3)}
            for iri, name, __, share in asked.things[:FACTS]
        )  # fmt: skip
        commands = [route.command for route in routes] or list(map(self._command, candidates[:ROUTES]))
        unsaid = ({"thing": one.label, "short": one.short, "open_question": one.open_question,
                   "evidence": one.evidence} for one in facts[:3] if one.open_question)  # fmt: skip
        return Reply(
            text, lang, status, {"things": things, "answer_type": asked.wanted[0].answer_type},
            {} if status in REFUSED else self._answer(asked, facts, routes, lang), routes, facts,
            tuple(unsaid), tuple(dict.fromkeys(self._missing(asked))),
            (*commands, *(f"parkgraph show {fact.short}" for fact in facts[:1])),
        )  # fmt: skip

    def _status(self, asked: Asked, found: Found) -> Status:
        if found.answers:
            return "answered" if self.sure(asked, found) else "candidates"
        if self.stray(asked, found):
            return "off_topic"
        return "not_stated" if found.unsaid or found.measures["fitting"] < 0.5 else "unknown"

    def _missing(self, asked: Asked) -> Iterator[str]:
        """The words of the question that nothing has: of Chinese, the characters that no known pair has."""
        index = self.index
        for at, part in parts(asked.content):
            if not "\u3400" <= part[0] <= "\ufaff":
                own = terms(part, grams=False)
                if own and not any(map(index.holding, own)):
                    yield part
            elif not asked.content[at - 1 : at].isdecimal():  # else it begins with a unit
                told = list(part)
                for start in range(len(part) - 1):
                    if index.holding(part[start : start + 2]):
                        told[start : start + 2] = "  "
                yield from (word for word in "".join(told).split() if len(word) > 1)

    def _answer(
        self, asked: Asked, facts: Sequence[FoundFact], routes: Sequence[RoutedAnswer], lang: str
    ) -> Mapping[str, Any]:
        """What the best saved question, or the best of the facts, says to what is asked; its passages."""
        if routes and routes[0].question == SIDE_BY_SIDE:
            row, column = routes[0].rows[0], asked.operation
            if column != "larger" and not row.get(column):
                return {}
            between = " > " if column == "larger" else "; "
            text = between.join(f"{row[f'{one}Label']} {row[f'{one}Printed']}" for one in ("first", "second"))
            if row.get(column):
                unit = "%" if column == "share" else f" {row['unitLabel']}"
                text = f"{routes[0].columns[column]} {row[column]}{unit}  ({text})"
            reason = f"  ({row['reason']})" if row["reason"] else ""
            return {"text": f"{text}{reason}", "evidence": row["evidence"]}
        if asked.says("each") or asked.operation not in ("", "share"):
            return {}
        for number, fact in enumerate(facts):
            node = NamedNode(fact.iri)
            answering = ((one.answer_type, self.answering(node, one, asked)) for one in asked.wanted)
            kind, values = next((one for one in answering if one[1]), ("", []))
            # Of the next best, only a statement tells, and that whether something is so.
            share = asked.share(self.index, self.finder.number[fact.iri])
            if (number and kind != "yes_no") or share < TOLD:
                continue
            if kind == "yes_no" and not (share > MOSTLY and self.things.is_a(node, STATEMENT)):
                continue
            if kind in ("list", ""):
                values = [one for each in MEMBERS for one in self.things.values(node, each)]
            if kind == "who":  # nearly everything is of the park
                values = [one for one in values if not self.things.is_a(one, _PARK)]
            if not values:
                continue
            listed = kind in ("list", "", "who", "place", "date")
            names = ", ".join(sorted({self._plain(one, lang) for one in values if listed and one != node}))
            text = f"{names}  ({_fact(fact, lang)})" if names else _fact(fact, lang)
            unsaid = f"  ({fact.open_question})" if fact.open_question else ""
            return {"text": f"{text}{unsaid}", "evidence": fact.evidence}
        return {}

    def _plain(self, term: Term, lang: str) -> str:
        def label(iri: str) -> str:
            return self.things.name(NamedNode(iri)).label[lang]

        return plain(term, lang=lang, prefixes=self.things.prefixes, label=label)

    # --- telling -------------------------------------------------------------------

    def _candidates(self, asked: Asked, found: Found) -> Iterator[_Candidate]:
        """The saved questions that fit best; before them the one that sets two figures side by side, when
        something is to be worked out of two."""
        best = found.routes[0][1] if found.routes else 0.0
        pair = self._pair([fact for fact, __ in found.facts[:8]], asked.operation) if asked.operation else ()
        if pair:
            yield SIDE_BY_SIDE, pair, best
        for route, score in found.routes[: 2 * ROUTES]:
            if score >= FITTING * best and route.question != SIDE_BY_SIDE:
                yield route.question, ((route.parameter, route.value),) if route.parameter else (), score

    def _pair(self, facts: Sequence[NamedNode], operation: str) -> tuple[tuple[str, str], ...]:
        """The best figure with the next best of the same unit; the larger first, of a share the smaller."""
        figures = [(fact, value) for fact in facts if (value := self.things.literal(fact, _VALUE))]
        units = [self.things.values(fact, _UNIT) for fact, __ in figures]
        for figure, unit in zip(figures[1:], units[1:], strict=True):
            if unit == units[0]:
                two = sorted(
                    (figures[0], figure), key=lambda one: Decimal(one[1]), reverse=operation != "share"
                )
                return ("first", two[0][0].value), ("second", two[1][0].value)
        return ()

    def _routes(self, candidates: Sequence[_Candidate], asked: Asked, lang: str) -> Iterator[RoutedAnswer]:
        """The candidates that have an answer, with it, at most ROUTES."""
        with ThreadPoolExecutor(ROUTES) as pool:  # the engine works outside the interpreter's lock
            first = pool.map(lambda one: self.finder.answer(*one[:2], lang), candidates[:ROUTES])
            rest = (self.finder.answer(*one[:2], lang) for one in candidates[ROUTES:])
            answered = zip(candidates, chain(first, rest), strict=True)
            yield from islice(
                (self._route(one, answer, asked) for one, answer in answered if answer.terms), ROUTES
            )

    def _command(self, candidate: _Candidate) -> str:
        id, values, __ = candidate
        given = (f"--{name} {self.things.name(NamedNode(iri)).short}" for name, iri in values)
        return " ".join(["parkgraph ask", id, *given])

    def _route(self, candidate: _Candidate, answer: Answer, asked: Asked) -> RoutedAnswer:
        id, values, score = candidate
        names = {name: self.things.name(NamedNode(iri)) for name, iri in values}
        headings = {name: text for name, text in answer.headings.items() if name not in _hidden(answer)}
        return RoutedAnswer(
            id, {name: one.short for name, one in names.items()}, answer.title, self._command(candidate),
            round(score, 2), (*(one.label[answer.lang] for one in names.values()), answer.title),
            headings, self._rows(answer, asked), len(answer.terms),
        )  # fmt: skip

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
            weights = {term: self.index.idf(term) for term in asked.terms}

            def shared(number: int) -> float:
                text = " ".join(str(cell) for name, cell in told[number].items() if name != "evidence")
                return sum(weights[term] for term in asked.terms.intersection(terms(text)))

            best = sorted(sorted(range(len(told)), key=lambda number: (-shared(number), number))[:ROWS])
            told = [told[number] for number in best]
        return tuple(told)

    def _evidence(self, cell: Term | None) -> tuple[Evidence, ...]:
        return self.things.evidence(map(NamedNode, cell.value.split())) if isinstance(cell, Literal) else ()

    def _fact(self, node: NamedNode, score: float, lang: str) -> FoundFact:
        things, name = self.things, self.things.name(node)
        told = {field: self._first(node, predicate, lang) for field, predicate in _QUALIFIED.items()}
        told["basis"] = told["basis"] or things.name(STATED).label[lang]
        return FoundFact(
            name.iri, name.short, name.label[lang], things.texts(node, *DEFINITIONS).get(lang, ""), **told,
            score=round(score, 2), open_question=things.texts(node, OPEN_QUESTION).get(lang, ""),
            evidence=things.evidence_of(node),
        )  # fmt: skip

    def _first(self, node: NamedNode, predicate: NamedNode, lang: str) -> str:
        value = next(iter(self.things.values(node, predicate)), None)
        return "" if value is None or value == _EXACTLY else self._plain(value, lang)


def language_of(text: str, otherwise: Lang) -> Lang:
    """The language that a question is asked in; `otherwise` where it is mixed or in another one."""
    latin = re.findall(r"[a-z]+", text.casefold())
    asking = set(language_words()["function"]["en"].split()).intersection(latin)
    chinese = any("\u3400" <= char <= "\u9fff" for char in text)
    if chinese:
        return otherwise if asking else LANGS[0]
    return LANGS[1] if asking else otherwise


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


def _hidden(answer: Answer) -> set[str]:
    """Columns that the reply does not repeat: an IRI beside its label, and evidence, which is told apart."""
    return {"evidence", *(name for name in answer.columns if f"{name}Label" in answer.columns)}


def reply_data(reply: Reply) -> dict[str, Any]:
    """The reply as docs/ask.md describes it: the same keys in every status."""
    data: dict[str, Any] = as_data(reply, reply.lang)
    return data


def reply_lines(reply: Reply) -> Iterator[str]:
    """The reply for a person: the answer, what it is, facts with their passages, saved questions."""
    lang, answer = reply.lang, reply.answer
    if answer:
        said, text = reply.status == "answered", answer["text"]
        told = _("Answer: {text}", text=text) if said else _("Closest: {text}", text=text)
        yield told[lang] + shown_places(answer["evidence"], lang)
    yield _STATUSES[reply.status][lang]
    for note in reply.not_stated if reply.status == "not_stated" else ():
        yield f"  {note['open_question']}"
        yield f"    {note['thing']}{shown_places(note['evidence'], lang)}"
    for fact in reply.facts:
        yield f"  {_fact(fact, lang)}  [{fact.basis}]"
        yield f"    {fact.short}{shown_places(fact.evidence, lang)}"
    for route in reply.routes:
        yield f"\n{route.summary}  {' '.join(route.parameters.values())}".rstrip()
        shown = [name for name in route.columns if name != "basis" and any(row[name] for row in route.rows)]
        yield f"  {' · '.join(route.columns[name] for name in shown)}"
        for row in route.rows:
            cells = " · ".join(str(row[name] or "–") for name in shown)
            yield f"  {cells}{shown_places(row['evidence'], lang)}"
        yield "  " + _("{n} of {total}: {command}", n=len(route.rows), total=route.rows_total,
                       command=route.command)[lang]  # fmt: skip
    if reply.missing_words:
        yield "\n" + _("not in the graph: {words}", words=list(reply.missing_words))[lang]


def facts_table(reply: Reply) -> Any:
    """The facts of a reply as a table for `show.results.write`."""
    headings = {
        "label": _("label"), "value": _("value"), "period": _("period"), "status": _("status"),
        "basis": _("basis"), "short": _("short name"), "evidence": _("evidence"),
    }  # fmt: skip
    rows = (
        {name: getattr(fact, name) for name in headings}
        | {"value": _value(fact), "evidence": " ".join(one.iri for one in fact.evidence)}
        for fact in reply.facts
    )
    return as_table(headings, rows, reply.lang)


def _value(fact: FoundFact) -> str:
    return f"{fact.qualifier} {fact.value}".strip()


def _fact(fact: FoundFact, lang: str) -> str:
    more = " · ".join(part for part in (_value(fact), fact.period, fact.status) if part)
    return _("{label}: {more}", label=fact.label, more=more)[lang] if more else fact.label


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
        _("- nearest commands: {names}", names=list(reply.next) or "–"),
        "",
        _("What would have answered it, and where is it written?"),
    )
    return "".join(f"{in_language(line, reply.lang)}\n" for line in lines)

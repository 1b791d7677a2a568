"""Which facts and saved questions fit a question best, and whether that is an answer to it.

Both are ranked by BM25 (see `index`). Whether it is an answer is judged by a few measures of the best ones,
each from 0 to 1, which are weighed and added; the weights were fitted by logistic regression to
tests/search/questions/development.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.names import PARK
from parkgraph.search.documents import Route
from parkgraph.search.find import Finder
from parkgraph.search.index import language_words, terms
from parkgraph.search.things import DATES, EVIDENCE, OPEN_QUESTION, STATEMENT, WHEN
from parkgraph.search.wording import Asked, asked_kinds
from parkgraph.show.cells import Term, is_number

Scored = Sequence[tuple[NamedNode, float]]

WEIGHTS = {"fitting": 3.3, "explained": 4.2, "near": 0.8, "known": 2.2,
           "open kind": -0.8, "unsaid": -2.1, "strange": -1.8, "number": 0.4}  # fmt: skip
LEAST = 6.9
"""What the measures must add up to for an answer."""

VALUE = 0.3  # how much the name of a question's value counts
CONSIDERED = 30  # facts that are looked at
NAMED = 100  # best documents whose names are looked for in the question
SHOWN = 5  # of them, whose words count whatever kind of thing they have
MOST_TOLD = 30.0  # what a name tells counts up to this
TELLING = 6.0  # what a name must tell to be one that was said on purpose
MOSTLY = 0.7  # of the question's words, which the best fact must have to be called the answer
COVERED = 0.95  # of a name's terms: it was said
STRAY = 25.0  # score of the best fact; below, nothing is shown of what the question's words do not fit
MUCH = 80.0  # score beyond which more says no more
GAIN = 0.2  # share of the words that only an open question has

_ORDINAL, _OF_PARK, _PLACE, _STATUS_OF = (
    NamedNode(PARK + name) for name in ("ordinal", "ofPark", "Place", "statusOf")
)
_WHERE = (_OF_PARK, NamedNode(PARK + "locatedIn"))
_SIZE, _PERSON = (NamedNode(PARK + name) for name in ("statedSize", "Person"))
_MEMBERS = (NamedNode(PARK + "hasMember"), NamedNode(PARK + "hasComponent"))
_OWN = tuple(
    NamedNode(PARK + name) for name in ("Enterprise", "ResearchInstitution", "Project", "Person", "Fund")
)
_WHO = (_PERSON, NamedNode(PARK + "Organization"), NamedNode(PARK + "Park"))


class Found(NamedTuple):
    """facts: things or facts with evidence, best first.  routes: saved questions, each with its best value.
    measures: as `WEIGHTS` names them.  unsaid: whether an open question is about just this."""

    facts: Scored
    routes: Sequence[tuple[Route, float]]
    measures: Mapping[str, float]
    unsaid: bool

    @property
    def answers(self) -> bool:
        """Whether this is an answer."""
        return sum(WEIGHTS[name] * measure for name, measure in self.measures.items()) >= LEAST


class Ranking:
    """Ranks what one graph has."""

    def __init__(self, finder: Finder) -> None:
        self.finder, self.things, self.searched = finder, finder.things, finder.searched
        self.index = finder.searched.names

    def asked(self, text: str) -> Asked:
        """The question as it is understood, with the things it names."""
        asked = Asked(text, self.searched.everyday, self.index)
        ranked = sorted(self.index.search(asked.weights).items(), key=lambda one: (-one[1], one[0]))
        documents = [(self.searched.documents[number], score) for number, score in ranked]
        asked.ranked = [(one, score) for one, score in documents if one.kind != "question"]
        for document, __ in asked.ranked[:NAMED]:
            for name, held, told in self.finder.telling(document.iri):
                share = self.index.mass(held.intersection(asked.weights)) / told
                named = share**2 * min(told, MOST_TOLD)
                asked.named[document.iri] = max(asked.named.get(document.iri, 0.0), named)
                if share >= COVERED and told > TELLING:
                    asked.things.append((document.iri, name, told, share))
        asked.things.sort(key=lambda one: (-one[2], one[0]))
        said = (NamedNode(iri) for iri, *__ in asked.things)
        asked.about = next((one for one in said if any(self._is(one, kind) for kind in _OWN)), None)
        return asked

    def found(self, asked: Asked, lang: str) -> Found:
        """What fits the question."""
        nodes = ((NamedNode(one.iri), score) for one, score in asked.ranked)
        cited = ((node, score) for node, score in nodes if self.things.values(node, EVIDENCE))
        facts, routes = list(islice(cited, CONSIDERED)), self._routes(asked)
        if not facts:
            return Found(facts, routes, {}, False)
        best, index = facts[0][1], self.index
        shares = [asked.share(index, self.finder.number[fact.value]) for fact, __ in facts]
        fitting = [number for number, (fact, __) in enumerate(facts) if self._offers(fact, asked)]
        unsaid = any(self._unsaid(asked, fact, lang) for fact, __ in facts[:3])
        unsaid = unsaid or (self._open(facts[0][0], lang) != "" and self._bare(facts[0][0], asked))
        opened = [share for share, (fact, __) in zip(shares, facts[:3], strict=False)
                  if asked.kinds & asked_kinds(self._open(fact, lang))]  # fmt: skip
        measures = {
            "fitting": facts[fitting[0]][1] / best if fitting else 0.0,
            "explained": max((shares[one] * (facts[one][1] / best) ** 0.5 for one in fitting), default=0.0),
            "near": float(bool(fitting) and fitting[0] < SHOWN),
            "known": asked.share(index),
            "open kind": max(opened, default=0.0),
            "unsaid": float(unsaid),
            "strange": float(bool(asked.strange)),
            "number": float(asked.answer_type == "number"),
        }
        return Found(facts, routes, measures, unsaid or bool(opened))

    def _routes(self, asked: Asked) -> list[tuple[Route, float]]:
        best: dict[str, tuple[Route, float]] = {}
        for number, score in self.searched.rows.search(asked.weights).items():
            route = self.searched.routes[number]
            score += asked.named.get(route.value, 0.0) * VALUE
            held = best.get(route.question)
            if held is None or (score, route) > (held[1], held[0]):
                best[route.question] = route, score
        return sorted(best.values(), key=lambda one: (-one[1], one[0]))

    # --- whether it is an answer ------------------------------------------------------

    def stray(self, asked: Asked, found: Found) -> bool:
        """Whether the question is about nothing in the graph: most of its words are unknown, and it names no
        thing."""
        best = found.facts[0][1] if found.facts else 0.0
        told = asked.things[0][2] if asked.things else 0.0
        return best < STRAY and told < TELLING and found.measures.get("known", 0.0) < MOSTLY

    def sure(self, asked: Asked, found: Found) -> bool:
        """Whether the best fact's whole name was said, and it has most of the question's words."""
        if found.measures["fitting"] < 1:
            return False
        best, index = found.facts[0][0], self.index
        number = self.finder.number[best.value]
        held = {term for term in asked.own if number in index.having(term)}
        if index.coverage(asked.own, held) < MOSTLY:
            return False
        names = self.things.name(best).label.values()
        return any(index.coverage(terms(name), asked.terms) >= COVERED for name in names)

    def _open(self, fact: NamedNode, lang: str) -> str:
        """What the source leaves open about a fact."""
        return self.things.texts(fact, OPEN_QUESTION).get(lang, "")

    def _unsaid(self, asked: Asked, fact: NamedNode, lang: str) -> bool:
        """Whether the open question of a fact is what was asked: for its parts, or in words that the fact
        itself has not."""
        text = self._open(fact, lang)
        if not text:
            return False
        if asked.says("each") and any(re.search(sign, text) for sign in language_words()["each"][lang]):
            return True
        number = self.finder.number[fact.value]
        held = asked.own & set(terms(text, grams=False))
        unsaid = [term for term in held if number not in self.index.having(term)]
        return self.index.mass(unsaid) > GAIN * self.index.mass(asked.own)

    def _offers(self, fact: NamedNode, asked: Asked) -> bool:
        """Whether a fact has the kind of thing asked for, and is of the year asked for."""
        things = self.things
        said = list(things.quads(fact))
        # What is told of another thing is no answer about the one that is named.
        if asked.about and fact != asked.about:
            names = things.name(asked.about).label.values()
            if not any(name.casefold() in self.finder.told(fact) for name in names):
                return False
        if asked.years or asked.months or asked.wanted:
            texts = self.finder.told(fact)
            if asked.years and not any(year in texts for year in asked.years):
                return False
            if not all(month in texts for month in asked.months):
                return False
            if not all(pattern.search(texts) for pattern in asked.wanted):
                return False
        if asked.answer_type == "number":  # a number that is said is asked about, not for
            return bool(self._numbers(fact) - asked.numbers)
        if self._bare(fact, asked):
            return False
        about = [quad.subject for quad in things.quads(None, None, fact)
                 if quad.predicate != _STATUS_OF and things.is_a(quad.subject, STATEMENT)]  # fmt: skip
        of_statements = [quad for each in about for quad in things.quads(each)]
        # What the question names is asked about, not for.
        linked = [fact, *(quad.object for quad in said if quad.predicate not in _WHERE)]
        if asked.person or asked.answer_type == "who":
            linked += [quad.object for quad in of_statements if quad.predicate not in _WHERE]
            kinds = (_PERSON,) if asked.person else _WHO
            return any(self._is(node, kind) for node in linked for kind in kinds
                       if getattr(node, "value", "") not in asked.said)  # fmt: skip
        if asked.answer_type == "date":
            return any(quad.predicate in WHEN or _is_date(quad.object) for quad in (*said, *of_statements))
        if asked.answer_type == "place":
            linked = [fact, *(quad.object for quad in said if quad.predicate != _OF_PARK)]
            return any(
                self._is(node, _PLACE) for node in linked if getattr(node, "value", "") not in asked.said
            )
        return True

    def _bare(self, fact: NamedNode, asked: Asked) -> bool:
        """Whether a fact counts what is asked for and does not tell which they are."""
        numbers = self._numbers(fact)
        listed = any(self.things.values(fact, predicate) for predicate in _MEMBERS)
        if listed or asked.answer_type not in ("list", "who", ""):
            return False
        if fact.value in asked.said and asked.says("set"):
            return True
        if not numbers:
            return False
        return bool("name" in asked.kinds or numbers & asked.numbers or self.things.values(fact, _SIZE))

    def _numbers(self, fact: NamedNode) -> set[Decimal]:
        return {
            Decimal(quad.object.value)
            for quad in self.things.quads(fact)
            if isinstance(quad.object, Literal) and is_number(quad.object) and quad.predicate != _ORDINAL
        }

    def _is(self, node: Term, kind: NamedNode) -> bool:
        return not isinstance(node, Literal) and self.things.is_a(node, kind)


def _is_date(term: Term) -> bool:
    return isinstance(term, Literal) and term.datatype.value in DATES

"""A question as it is understood, which facts and saved questions fit it best, and whether that is an answer.

Both are ranked by BM25 (see `index`). Whether it is an answer is judged by a few measures of the best ones,
each from 0 to 1, which are weighed and added; the weights were fitted by logistic regression to
tests/search/questions/development.tsv.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache, cached_property
from itertools import islice
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.names import PARK
from parkgraph.search.documents import Document, Everyday, Finder, Route
from parkgraph.search.index import Index, comparable, language_words, parts, simplified, stems, terms
from parkgraph.search.things import EVIDENCE, OPEN_QUESTION, STATEMENT, TYPE, WHEN, is_date
from parkgraph.show.cells import Term, is_number

Scored = Sequence[tuple[NamedNode, float]]

WEIGHTS = {"fitting": 3.3, "explained": 4.2, "near": 0.8, "known": 2.2, "open kind": -0.8,
           "unsaid": -2.1, "strange": -1.8, "number": 0.4,
           "elsewhere": -2.5}  # fmt: skip
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
GAIN = 0.2  # share of the words that only an open question has


def _park(*names: str) -> tuple[NamedNode, ...]:
    return tuple(NamedNode(PARK + name) for name in names)


_ORDINAL, _STATUS_OF, _SIZE, _OF_PARK, _PARK = _park("ordinal", "statusOf", "statedSize", "ofPark", "Park")
MEMBERS = _park("hasMember", "hasComponent")
_WHERE, _OWN = (
    _park("ofPark", "locatedIn"),
    _park("Enterprise", "ResearchInstitution", "Project", "Person", "Fund"),
)
_PERSON, _WHO, _PLACE = _park("Person"), _park("Person", "Organization", "Park"), _park("Place")
_MEANT = 0.5
"""How much a source's word counts that is put beside an everyday one."""

_PARTLY = 0.25
"""How much of a Chinese character is understood that a text has, but beside other characters."""

_ALIKE = 0.82  # of a mistyped word and the one meant
_SHORTEST = 5  # letters of a word that may be mistyped
_DIGITS = "零一二三四五六七八九"
_YEAR_IN_WORDS = re.compile(f"[〇{_DIGITS}]{{4}}(?=年)")
_MONTH_IN_WORDS = re.compile(f"(?<![个几{_DIGITS}十])(?:十[一二]?|[{_DIGITS[1:]}])(?=月)")
_NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
          "November", "December")  # fmt: skip
_MONTH = re.compile(rf"(?:1[0-2]|[1-9])(?=月)|\b(?:{'|'.join(_NAMES)})\b")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_CLAUSES = re.compile(r"[,，?？;；](?!\d)|\band (?=how|what|who|when|where|which)")
_FIRST_MONTHS = re.compile(
    r"[前头]([一二三四五六七八九2-9])个月|\bfirst (two|three|four|five|six|seven|eight|nine) months"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# Words with a capital letter that no sentence begins with.
_NAME = re.compile(r"(?<=[\w,'’] )[A-Z][\w'’-]*(?: (?:(?:of|and|the|for) )?[A-Z][\w'’-]*)*")
_OF_NAME = re.compile(
    r"[^\W\d_a-zA-Z亿万个家上大]{2}(?=高新区|经开区|开发区|工业园|集团|公司|大学|药业|制药|(?<![城超上门股夜])市|省|县)"
)

_ZONE = re.compile(r"[^\W\d_a-zA-Z亿万个家上大]{2}(?:高新区|经开区|开发区|工业园)")
_ELSEWHERE = re.compile(r"(?:高新区|经开区|开发区|工业园)$|(?i:\b(?:zone|park|city|province)\b)")


class Word(NamedTuple):
    """A stem or a Chinese character of a question.

    whole: terms of which a text must have one to have the word: of a character, its pairs with neighbours.
    meant: terms of each name that sources use for the everyday word that it is a part of.
    """

    term: str
    whole: tuple[str, ...]
    meant: list[set[str]]


class Wanted(NamedTuple):
    """What an answer must be.

    answer_type: number, date, who, place, yes_no, source, list or "".  person: whether it must be one.
    having: patterns of all that it must have.
    """

    answer_type: str
    person: bool
    having: list[re.Pattern[str]]


class Asked:
    """A question as it is understood.

    weights: term → how much it counts.  words: without those that only build sentences.  kinds: all kinds of
    answer it speaks of, see `asked_kinds`.  wanted: of each clause that asks.
    numbers: those said.  strange: names, of other zones too, and years that no document has.
    content: the text without what only asks.
    ranked: things and facts with a word of it, best first.  named: IRI of a thing → how much of its name is
    said and tells; things: those said in full: IRI, name, how much that tells, share of it.
    """

    def __init__(self, text: str, everyday: list[Everyday], index: Index) -> None:
        text = _FIRST_MONTHS.sub(_until, text)
        text = _MONTH_IN_WORDS.sub(_month, _YEAR_IN_WORDS.sub(_in_digits, simplified(text)))
        self.text = text = _corrected(text, index)
        found = list(_found(comparable(text), everyday))
        self.weights = dict.fromkeys(terms(text), 1.0)
        for each in found:
            for term in (term for name in each.meant for term in terms(name)):
                part = _MEANT if len(each.said) > 1 else _MEANT / 2
                self.weights[term] = max(self.weights.get(term, 0.0), part)
        self.terms = set(terms(text))
        self.own = set(terms(text, grams=False))
        self.content = _content(text.casefold())
        self.words = list(_words(text, self.content, found))
        self.years = _YEAR.findall(text)
        self.months = [f"{one}月" if one.isdecimal() else one.casefold() for one in _MONTH.findall(text)]
        self.operation = next((name for name in signs("compute") if self.says("compute", name)), "")
        self.kinds = asked_kinds(text)
        clauses = [_wanted(clause, self.operation) for clause in _CLAUSES.split(text)]
        self.wanted = [one for one in clauses if one.answer_type] or [_wanted(text, self.operation)]
        self.numbers = set(_numbers(text))
        self.strange = list(dict.fromkeys(_strange(text, index)))
        self.named: dict[str, float] = {}
        self.things: list[tuple[str, str, float, float]] = []
        self.ranked: list[tuple[Document, float]] = []
        self.about: NamedNode | None = None

    @cached_property
    def said(self) -> set[str]:
        """The IRIs of the things named in full."""
        return {iri for iri, *__ in self.things}

    def says(self, *use: str) -> bool:
        """Whether the text has one of the signs that words.toml lists for this use."""
        return _sign(*use).search(self.text.casefold()) is not None

    def share(self, index: Index, number: int | None = None) -> float:
        """The share of the words, each as it tells, that a document has; without `number`, that any has."""
        told = whole = 0.0
        for word in self.words:
            weight = index.idf(word.term)
            whole += weight
            told += weight * (_known(word, index) if number is None else _held(word, index, number))
        return told / whole if whole else 1.0


def _wanted(text: str, operation: str) -> Wanted:
    kinds = asked_kinds(text)
    type = next((kind for kind in signs("answer") if kind in kinds), "")
    named = [signs("kind", name) for name in signs("kind") if name in kinds and not operation]
    wanted = [kind for kind in named if type in kind.get("of", [type])]
    texts = ("|".join(kind.get("has", [*kind["zh"], *kind["en"]])) for kind in wanted if "is" not in kind)
    return Wanted(type, any("is" in kind for kind in wanted), [re.compile(text) for text in texts if text])


def asked_kinds(text: str) -> set[str]:
    """The kinds of answer (`answer` and `kind` of words.toml) that the text asks for, or says to be open."""
    lower = text.casefold()
    return {name for use in ("answer", "kind") for name in signs(use) if _sign(use, name).search(lower)}


def signs(*use: str) -> Any:
    """What words.toml lists for this use."""
    listed = language_words()
    for name in use:
        listed = listed[name]
    return listed


@cache
def _sign(*use: str) -> re.Pattern[str]:
    """The signs of both languages as one pattern: the module `re` keeps too few patterns for them all."""
    listed = signs(*use)
    return re.compile("|".join((*listed["zh"], *listed["en"])))


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(sign for kind in signs("answer").values() for sign in kind["zh"]))


def _known(word: Word, index: Index) -> bool:
    return bool(word.meant) or any(map(index.holding, word.whole))


def _held(word: Word, index: Index, number: int) -> float:
    """How much of a word a document has: all, as much as of the source's words for it, or a character."""
    if any(number in index.having(term) for term in word.whole):
        return 1.0
    shares = (sum(number in index.having(term) for term in each) / len(each) for each in word.meant if each)
    return max(*shares, _PARTLY if number in index.having(word.term) else 0.0, 0.0)


def _content(text: str) -> str:
    """The text with blanks for what only asks ("how many", "哪家") or says how much or when."""
    for blanked in (_asking(), _light()):
        text = blanked.sub(lambda found: " " * len(found[0]), text)
    return text


def _words(text: str, content: str, everyday: list[Everyday]) -> Iterator[Word]:
    meant = [(each.said, [set(terms(name, grams=False)) for name in each.meant]) for each in everyday]
    covering: dict[int, list[set[str]]] = {}  # place → names for the everyday word that is there
    for said, names in meant:
        for found in re.finditer(re.escape(said), text.casefold()):
            for at in range(*found.span()):
                covering.setdefault(at, []).extend(names)
    for at, part in parts(content):
        if "\u3400" <= part[0] <= "\ufaff":
            for number, char in enumerate(part):
                pairs = (part[number - 1 : number + 1] if number else "", part[number : number + 2])
                whole = tuple(pair for pair in pairs if len(pair) == 2) or (char,)
                yield Word(char, whole, covering.get(at + number, []))
        else:
            for stem in dict.fromkeys(term for term in terms(part, grams=False)):
                names = [each for said, all_of in meant if f" {stem} " in said for each in all_of]
                yield Word(stem, (stem,), names)


@cache
def _light() -> re.Pattern[str]:
    light = signs("light")
    zh, en = sorted(light["zh"].split(), key=len, reverse=True), "|".join(light["en"].split())
    return re.compile("|".join((*zh, rf"\b(?:{en})\b")))


def _corrected(text: str, index: Index) -> str:
    """The text with each unknown word of letters put right that is nearly a known one."""
    for word in re.findall(rf"\b[a-zA-Z]{{{_SHORTEST},}}\b", text):
        (stem,) = stems(word)
        if not index.holding(stem) and len(stem) >= _SHORTEST:
            # What goes on after a known word, or stops short of it, is a word of its own: campus, camp.
            like = [one for one in index.like(stem) if not (one.startswith(stem) or stem.startswith(one))]
            near = difflib.get_close_matches(stem, like, 1, _ALIKE)
            text = re.sub(rf"\b{word}\b", near[0], text) if near else text
    return text


def _strange(text: str, index: Index) -> Iterator[str]:
    """Names of which no document has all words, and first parts of names of which none has the characters."""
    for name in _NAME.findall(text):
        having = [index.having(stem) for stem in stems(name) if len(stem) > 1 and terms(stem)]
        if having and not frozenset.intersection(*having):
            yield name
    for name in _OF_NAME.findall(text):
        if set(terms(name)) >= {name, *name.strip("都和")} and not index.having(name):
            yield name
    for zone in _ZONE.findall(text):
        if set(terms(zone)) >= {zone[:2]} and not all(map(index.having, terms(zone, grams=False))):
            yield zone
    yield from (year for year in _YEAR.findall(text) if not index.having(year))


def _numbers(text: str) -> Iterator[Decimal]:
    for one in _NUMBER.findall(text):
        yield Decimal(one.replace(",", ""))
    words = signs("number")
    for number, (zh, en) in enumerate(zip(words["zh"], words["en"], strict=True)):
        if zh and re.search(rf"{zh}[个家户项名位所大]|\b{en}\b", text.casefold()):
            yield Decimal(number)


def _in_digits(year: re.Match[str]) -> str:
    return "".join(str(_DIGITS.index(char.replace("〇", "零"))) for char in year[0])


def _month(month: re.Match[str]) -> str:
    return str(10 * ("十" in month[0]) + sum(_DIGITS.index(char) for char in month[0] if char != "十"))


def _until(months: re.Match[str]) -> str:
    """The first months of a year as sources write them."""
    lang, said = ("zh", months[1]) if months[1] else ("en", months[2])
    number = int(said) if said.isdecimal() else signs("number")[lang].index(said.replace("二", "[二两]"))
    return f"1—{number}月" if lang == "zh" else f"January to {_NAMES[number - 1]}"


def _found(text: str, everyday: list[Everyday]) -> Iterator[Everyday]:
    for each in everyday:
        if each.said in text:
            text = text.replace(each.said, "\n")  # what a longer one has said is not said by a shorter one
            yield each


# --- what fits, and whether it answers ----------------------------------


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
        parks = [_PARK, *(quad.subject for quad in finder.things.quads(None, TYPE, _PARK))]
        names = (name for park in parks for name in finder.things.name(park).label.values())  # type: ignore[arg-type]
        self.of_parks = {term for name in names for term in terms(name, grams=False)}

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
        facts, routes = list(islice(cited, CONSIDERED)), self._ranked(asked)
        if not facts:
            return Found(facts, routes, {}, False)
        best, index = facts[0][1], self.index
        shares = [asked.share(index, self.finder.number[fact.value]) for fact, __ in facts]
        fitting = [number for number, (fact, __) in enumerate(facts) if self._offers(fact, asked)]
        unsaid = any(self._unsaid(asked, fact, lang) for fact, __ in facts[:3])
        bare = all(self._bare(facts[0][0], one, asked) for one in asked.wanted)
        unsaid = unsaid or (bare and self._open(facts[0][0], lang) != "")
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
            "number": float(asked.wanted[0].answer_type == "number"),
            "elsewhere": float(any(map(_ELSEWHERE.search, asked.strange))),
        }
        first = sorted(range(len(facts)), key=lambda one: one not in fitting if one < SHOWN else 2)
        return Found([facts[one] for one in first], routes, measures, unsaid or bool(opened))

    def _ranked(self, asked: Asked) -> list[tuple[Route, float]]:
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
        best, told = found.facts[0][1] if found.facts else 0.0, asked.things[0][2] if asked.things else 0.0
        named = asked.own & self.of_parks or best >= STRAY or told >= TELLING
        return not named and found.measures.get("known", 0.0) < MOSTLY

    def sure(self, asked: Asked, found: Found) -> bool:
        """Whether the best fact's whole name was said, and it has most of the question's words."""
        if found.measures["fitting"] < 1:
            return False
        best, index = found.facts[0][0], self.index
        said = (index.coverage(terms(name), asked.terms) for name in self.things.name(best).label.values())
        return asked.share(index, self.finder.number[best.value]) >= MOSTLY and max(said) >= COVERED

    def _open(self, fact: NamedNode, lang: str) -> str:
        """What the source leaves open about a fact."""
        return self.things.texts(fact, OPEN_QUESTION).get(lang, "")

    def _unsaid(self, asked: Asked, fact: NamedNode, lang: str) -> bool:
        """Whether the open question of a fact is what was asked: for its parts, or in words that the fact
        itself has not."""
        text = self._open(fact, lang)
        if not text:
            return False
        if asked.says("each") and _sign("each").search(text) and asked.kinds & asked_kinds(text):
            return True
        number = self.finder.number[fact.value]
        held = asked.own & set(terms(text, grams=False))
        unsaid = [term for term in held if number not in self.index.having(term)]
        return self.index.mass(unsaid) > GAIN * self.index.mass(asked.own)

    def _offers(self, fact: NamedNode, asked: Asked) -> bool:
        """Whether a fact is about what is named, of the time asked for, and what one of the clauses wants."""
        texts = self.finder.told(fact)
        # What is told of another thing is no answer about the one that is named.
        if asked.about and fact != asked.about:
            names = self.things.name(asked.about).label.values()
            if not any(name.casefold() in texts for name in names):
                return False
        of_year = not asked.years or any(year in texts for year in asked.years)
        of_month = all(month in texts for month in asked.months)
        # Of two figures that are set against each other, each may be of its own time.
        of_time = of_year or (of_month and asked.months) if asked.operation else of_year and of_month
        return bool(of_time) and any(
            all(pattern.search(texts) for pattern in one.having) and self.answering(fact, one, asked)
            for one in asked.wanted
        )

    def answering(self, fact: NamedNode, wanted: Wanted, asked: Asked) -> list[Term]:
        """What of a fact is of the kind that is wanted; what the question names is asked about, not for."""
        things, kind = self.things, wanted.answer_type
        if kind == "number":
            return [one for one in self._numbers(fact) if Decimal(one.value) not in asked.numbers]
        if self._bare(fact, wanted, asked):
            return []
        about = [quad.subject for quad in things.quads(None, None, fact)
                 if quad.predicate != _STATUS_OF and things.is_a(quad.subject, STATEMENT)]  # fmt: skip
        quads = list(things.quads(fact))
        if kind != "place":
            quads += [quad for each in about for quad in things.quads(each)]
        if kind == "date" and not wanted.person:
            return [quad.object for quad in quads if quad.predicate in WHEN or is_date(quad.object)]
        if kind not in ("who", "place") and not wanted.person:
            return [fact]
        kinds = _PERSON if wanted.person else _WHO if kind == "who" else _PLACE
        around = (_OF_PARK,) if kinds == _PLACE else _WHERE
        linked = (quad.object for quad in quads if quad.predicate not in around)
        return [node for node in (fact, *linked) if any(self._is(node, one) for one in kinds)
                and getattr(node, "value", "") not in asked.said]  # fmt: skip

    def _bare(self, fact: NamedNode, wanted: Wanted, asked: Asked) -> bool:
        """Whether a fact counts what is asked for and does not tell which they are."""
        listed = any(self.things.values(fact, predicate) for predicate in MEMBERS)
        if listed or wanted.answer_type not in ("list", "who", ""):
            return False
        if fact.value in asked.said and asked.says("set"):
            return True
        numbers = {Decimal(one.value) for one in self._numbers(fact)}
        counted = "name" in asked.kinds or numbers & asked.numbers or self.things.values(fact, _SIZE)
        return bool(numbers and counted)

    def _numbers(self, fact: NamedNode) -> list[Literal]:
        return [
            quad.object
            for quad in self.things.quads(fact)
            if isinstance(quad.object, Literal) and is_number(quad.object) and quad.predicate != _ORDINAL
        ]

    def _is(self, node: Term, kind: NamedNode) -> bool:
        return not isinstance(node, Literal) and self.things.is_a(node, kind)

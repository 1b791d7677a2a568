"""A question as it is understood: its words, those of sources for them, and what kind of answer it wants."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, cached_property
from typing import Any, NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING
from parkgraph.names import PARK, SKOS
from parkgraph.search.documents import Document
from parkgraph.search.index import Index, language_words, parts, simplified, stems, terms
from parkgraph.search.things import Things

_SAID_AS, _SOURCE_WORD = NamedNode(PARK + "saidAs"), NamedNode(PARK + "sourceWord")
_HIDDEN = NamedNode(SKOS + "hiddenLabel")
_SHOWN = tuple(one for one in NAMING if one != _HIDDEN)
_MEANT = 0.5
"""How much a source's word counts that is put beside an everyday one."""

_PARTLY = 0.25
"""How much of a Chinese character is understood that a text has, but beside other characters."""

_ALIKE = 0.82  # of a mistyped word and the one meant
_SHORTEST = 5  # letters of a word that may be mistyped
_DIGITS = "零一二三四五六七八九"
_YEAR_IN_WORDS = re.compile(f"[〇{_DIGITS}]{{4}}(?=年)")
_MONTH_IN_WORDS = re.compile(f"(?<![个几{_DIGITS}十])(?:十[一二]?|[{_DIGITS[1:]}])(?=月)")
_MONTH = re.compile(r"(?:1[0-2]|[1-9])(?=月)|\b(?:January|February|March|April|May|June|July|August|"
                    r"September|October|November|December)\b")  # fmt: skip
_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
# Words with a capital letter that no sentence begins with.
_NAME = re.compile(r"(?<=[\w,'’] )[A-Z][\w'’-]*(?: (?:(?:of|and|the|for) )?[A-Z][\w'’-]*)*")
_OF_NAME = re.compile(
    r"[\u3400-\u9fff]{2}(?=高新区|经开区|开发区|工业园|集团|公司|大学|药业|制药|(?<![城超上门股夜])市|省|县)"
)


class Everyday(NamedTuple):
    """What people say (in characters, or stems between blanks) and the words of sources for it."""

    said: str
    meant: list[str]


class Word(NamedTuple):
    """A stem or a Chinese character of a question.

    whole: terms of which a text must have one to have the word: of a character, its pairs with neighbours.
    meant: terms of each name that sources use for the everyday word that it is a part of.
    """

    term: str
    whole: tuple[str, ...]
    meant: list[set[str]]


class Asked:
    """A question as it is understood.

    weights: term → how much it counts.  words: without those that only build sentences.  answer_type: number,
    date, who, place, yes_no, source, list or "".  kinds: all kinds of answer it speaks of, see `asked_kinds`.
    wanted: patterns of all that an answer must have.  person: whether it must be one.  numbers: those said.
    strange: names that no document has.
    ranked: things and facts with a word of it, best first.  named: IRI of a thing → how much of its name is
    said and tells; things: those said in full: IRI, name, how much that tells, share of it.
    """

    def __init__(self, text: str, everyday: list[Everyday], index: Index) -> None:
        text = _MONTH_IN_WORDS.sub(_month, _YEAR_IN_WORDS.sub(_in_digits, simplified(text)))
        self.text = text = _corrected(text, index)
        found = list(_found(_comparable(text), everyday))
        self.weights = dict.fromkeys(terms(text), 1.0)
        for each in found:
            for term in (term for name in each.meant for term in terms(name)):
                part = _MEANT if len(each.said) > 1 else _MEANT / 2
                self.weights[term] = max(self.weights.get(term, 0.0), part)
        self.terms = set(terms(text))
        self.own = set(terms(text, grams=False))
        self.words = list(_words(text, found))
        self.years = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
        self.months = [f"{one}月" if one.isdecimal() else one.casefold() for one in _MONTH.findall(text)]
        self.operation = next((name for name in signs("compute") if self.says("compute", name)), "")
        self.answer_type = next((kind for kind in signs("answer") if self.says("answer", kind)), "")
        self.kinds = asked_kinds(text)
        kinds = [] if self.operation else list(self._wanted())
        self.person = any("is" in signs("kind", kind) for kind in kinds)
        self.wanted = [pattern for kind in kinds if (pattern := _having(kind))]
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

    def _wanted(self) -> Iterator[str]:
        """The kinds of thing of which the answer must have one."""
        for name, kind in signs("kind").items():
            if name in self.kinds and self.answer_type in kind.get("of", [self.answer_type]):
                yield name

    def share(self, index: Index, number: int | None = None) -> float:
        """The share of the words, each as it tells, that a document has; without `number`, that any has."""
        told = whole = 0.0
        for word in self.words:
            weight = index.idf(word.term)
            whole += weight
            told += weight * (_known(word, index) if number is None else _held(word, index, number))
        return told / whole if whole else 1.0


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


@cache
def _having(kind: str) -> re.Pattern[str] | None:
    """What a text of this kind has."""
    listed = signs("kind", kind)
    has = [] if "is" in listed else listed.get("has", [*listed["zh"], *listed["en"]])
    return re.compile("|".join(has)) if has else None


def _known(word: Word, index: Index) -> bool:
    return bool(word.meant) or any(map(index.holding, word.whole))


def _held(word: Word, index: Index, number: int) -> float:
    """How much of a word a document has: all, as much as of the source's words for it, or a character."""
    if any(number in index.having(term) for term in word.whole):
        return 1.0
    shares = (sum(number in index.having(term) for term in each) / len(each) for each in word.meant if each)
    return max(*shares, _PARTLY if number in index.having(word.term) else 0.0, 0.0)


def everyday_words(things: Things) -> list[Everyday]:
    """The everyday words of the graph and the hidden labels of its things, the longest first."""
    meant: dict[str, set[str]] = {}
    for said, named in ((_SAID_AS, (_SOURCE_WORD,)), (_HIDDEN, _SHOWN)):
        for quad in things.quads(None, said):
            if isinstance(quad.object, Literal):
                names = {
                    value.value
                    for predicate in named
                    for value in things.values(quad.subject, predicate)
                    if isinstance(value, Literal) and value.language == quad.object.language
                }
                meant.setdefault(_comparable(quad.object.value), set()).update(names)
    in_order = sorted(meant, key=lambda said: (-len(said), said))
    return [Everyday(said, sorted(meant[said])) for said in in_order]


def _words(text: str, everyday: list[Everyday]) -> Iterator[Word]:
    """The words of a question; what only asks ("how many", "哪家") is none of them."""
    lower = text.casefold()
    meant = [(each.said, [set(terms(name, grams=False)) for name in each.meant]) for each in everyday]
    lower = _asking().sub(lambda found: " " * len(found[0]), lower)
    covering: dict[int, list[set[str]]] = {}  # place → names for the everyday word that is there
    for said, names in meant:
        for found in re.finditer(re.escape(said), text.casefold()):
            for at in range(*found.span()):
                covering.setdefault(at, []).extend(names)
    for at, part in parts(lower):
        if "\u3400" <= part[0] <= "\ufaff":
            for number, char in enumerate(part):
                pairs = (part[number - 1 : number + 1] if number else "", part[number : number + 2])
                whole = tuple(pair for pair in pairs if len(pair) == 2) or (char,)
                yield Word(char, whole, covering.get(at + number, []))
        else:
            for stem in dict.fromkeys(term for term in terms(part, grams=False)):
                names = [each for said, all_of in meant if f" {stem} " in said for each in all_of]
                yield Word(stem, (stem,), names)


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
        having = [index.having(stem) for stem in stems(name) if terms(stem)]
        if having and not frozenset.intersection(*having):
            yield name
    for name in _OF_NAME.findall(text):
        if set(terms(name)) >= {name, *name} and not index.having(name):
            yield name


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


def _found(text: str, everyday: list[Everyday]) -> Iterator[Everyday]:
    for each in everyday:
        if each.said in text:
            text = text.replace(each.said, "\n")  # what a longer one has said is not said by a shorter one
            yield each


def _comparable(text: str) -> str:
    """The text so that one can be looked for in another: Chinese as it is, other words as stems."""
    words = re.split(r"([\u3400-\u9fff]+)", simplified(text).casefold())
    return "".join(
        part if number % 2 else "".join(f" {stem} " for stem in stems(part))
        for number, part in enumerate(words)
    )

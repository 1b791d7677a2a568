"""Words of both languages and one ranking: BM25 over characters, pairs of characters and stems of words.

Nothing is learned and nothing is random: the same documents and words give the same order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Any
from unicodedata import normalize

K1, B = 1.2, 0.6
"""Of BM25: how soon more of the same word stops counting, how much long documents are held back."""

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W\u3400-\u9fff_]+(?:[.'’&+-][^\W\u3400-\u9fff_]+)*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "al", "e", "y")
_GRAM = 4


@cache
def language_words() -> dict[str, Any]:
    """What words.toml says of the languages: function words, signs of what is asked for."""
    words = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    for zh, en in words["attribute"]["pairs"]:
        words["kind"][zh] = {"zh": [zh], "en": [en]}
    return words


@cache
def _function() -> tuple[frozenset[str], frozenset[str]]:
    function = language_words()["function"]
    return frozenset(function["zh"]), frozenset(function["en"].split())


def simplified(text: str) -> str:
    """The text in simplified characters and half width."""
    text = normalize("NFKC", text)
    return str(_opencc()(text)) if _CHINESE.search(text) else text


@cache
def _opencc() -> Callable[[str], str]:
    try:
        from opencc import OpenCC
    except ImportError:  # no wheel for this machine: traditional characters are then words not known
        return str
    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


def terms(text: str, *, grams: bool = True) -> list[str]:
    """What the text is found by: Chinese pairs of neighbours, other words' stems; with `grams` also single
    characters and each word's parts of four letters. Words that only build sentences are left out."""
    return list(_terms(text, grams))


@lru_cache(maxsize=20_000)  # while the index is made, a question's own words come once for each of its values
def _terms(text: str, grams: bool) -> tuple[str, ...]:
    characters, words = _function()
    found: list[str] = []
    for word in _WORD.findall(normalize("NFKC", text).casefold()):
        if "\u3400" <= word[0] <= "\ufaff":
            pairs = pairwise(word)
            found += [one + other for one, other in pairs if not (one in characters and other in characters)]
            if grams or len(word) == 1:
                found += [char for char in word if char not in characters]
        elif word not in words:
            for part in dict.fromkeys((word, *re.split(r"[^\w.]", word))):
                if part and part not in words:
                    found += _latin(part, grams)
    return tuple(found)


def parts(text: str) -> Iterator[tuple[int, str]]:
    """(place, part) of the runs of Chinese characters and other words that tell something, in their order."""
    characters, words = _function()
    for found in _WORD.finditer(text):
        if "\u3400" <= found[0][0] <= "\ufaff":
            for part in re.finditer(f"[^{''.join(characters)}]+", found[0]):
                yield found.start() + part.start(), part[0]
        elif found[0] not in words:
            yield found.start(), found[0]


def stems(text: str) -> list[str]:
    """The stems of all words in Latin or other letters, in their order."""
    return [_stem(word) for word in re.findall(r"[^\W_]+", text.casefold())]


def comparable(text: str) -> str:
    """The text so that one can be looked for in another: Chinese as it is, other words as stems."""
    words = re.split(r"([\u3400-\u9fff]+)", simplified(text).casefold())
    return "".join(
        part if number % 2 else "".join(f" {stem} " for stem in stems(part))
        for number, part in enumerate(words)
    )


def _latin(word: str, grams: bool) -> list[str]:
    long = len(word) > _GRAM and word.isalpha()
    parts = [f"{word[at : at + _GRAM]}~" for at in range(len(word) - _GRAM + 1)] if long and grams else []
    return [_stem(word), *parts]


def _stem(word: str) -> str:
    if not word.isalpha() or len(word) < _GRAM:
        return word
    if len(word) == _GRAM:
        return word.removesuffix("s")
    ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
    return word.removesuffix(ending)


class Index:
    """Documents as weighted terms."""

    def __init__(self, count: int, kept: dict[str, str]) -> None:
        """count: of the documents.  kept: term → its documents, which are read when it is asked for."""
        self.count = count
        self.kept = kept
        self._read: dict[str, list[tuple[int, float]]] = {}
        self._having: dict[str, frozenset[int]] = {}
        self._stems: dict[tuple[str, int], list[str]] = {}

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> Index:
        """documents: term → weight, of each."""
        postings: dict[str, list[str]] = {}
        lengths = [sum(document.values()) for document in documents]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, document in enumerate(documents):
            held_back = K1 * (1 - B + B * lengths[number] / mean)
            for term, weight in document.items():
                score = weight * (K1 + 1) / (weight + held_back)
                postings.setdefault(term, []).append(f"{number} {score:.3f}")
        return cls(len(documents), {term: " ".join(each) for term, each in postings.items()})

    def holding(self, term: str) -> list[tuple[int, float]]:
        """(number, part of the score) of the documents that have the term."""
        if term not in self._read:
            told = self.kept.get(term, "").split()
            self._read[term] = list(zip(map(int, told[::2]), map(float, told[1::2]), strict=True))
        return self._read[term]

    def having(self, term: str) -> frozenset[int]:
        """The numbers of the documents that have the term."""
        if term not in self._having:
            self._having[term] = frozenset(number for number, __ in self.holding(term))
        return self._having[term]

    def like(self, stem: str) -> list[str]:
        """Stems of letters that begin as this one and are about as long."""
        if not self._stems:
            for term in sorted(self.kept):
                if term.isalpha() and term.isascii():
                    self._stems.setdefault((term[0], len(term)), []).append(term)
        return [one for more in (-1, 0, 1) for one in self._stems.get((stem[0], len(stem) + more), ())]

    def idf(self, term: str) -> float:
        """How much the term tells: the rarer, the more; most for one that no document has."""
        having = len(self.holding(term))
        return log(1 + (self.count - having + 0.5) / (having + 0.5))

    def mass(self, some: Iterable[str]) -> float:
        """What the terms tell together."""
        return sum(map(self.idf, sorted(set(some))))

    def coverage(self, wanted: Iterable[str], held: Iterable[str]) -> float:
        """The share of what `wanted` tells that `held` has, from 0 to 1."""
        wanted = set(wanted)
        whole = self.mass(wanted)
        return self.mass(wanted & set(held)) / whole if whole else 0.0

    def search(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Number → score of every document that has a wanted term.  wanted: term → how much it counts."""
        scores: dict[int, float] = {}
        for term, weight in sorted(wanted.items()):
            told = self.idf(term) * min(weight, 2.0)
            for number, score in self.holding(term):
                scores[number] = scores.get(number, 0.0) + told * score
        return scores


def weighted(fields: Iterable[tuple[float, str]], *, grams: bool = True) -> dict[str, float]:
    """A document from its (weight, text) fields."""
    found: dict[str, float] = {}
    for weight, text in fields:
        for term in terms(text, grams=grams):
            found[term] = found.get(term, 0.0) + weight
    return found

"""Words of both languages and one ranking: BM25 over characters, pairs of characters and stems of words.

Nothing is learned and nothing is random: the same documents and words give the same order.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
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
    return tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))


@cache
def _function() -> tuple[frozenset[str], frozenset[str]]:
    function = language_words()["function"]
    return frozenset(function["zh"]), frozenset(function["en"].split())


def simplified(text: str) -> str:
    """The text in simplified characters and half width."""
    text = normalize("NFKC", text)
    if not _CHINESE.search(text):
        return text
    from opencc import OpenCC

    return str(OpenCC("t2s").convert(text))


def terms(text: str, *, grams: bool = True) -> list[str]:
    """What the text is found by: Chinese pairs of neighbours, other words' stems; with `grams` also single
    characters and each word's parts of four letters. Words that only build sentences are left out."""
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
    return found


def stems(text: str) -> list[str]:
    """The stems of all words in Latin or other letters, in their order."""
    return [_stem(word) for word in re.findall(r"[^\W_]+", text.casefold())]


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
    """Documents as weighted terms, made by `of` or from what `plain` gave."""

    def __init__(self, count: int, postings: dict[str, list[tuple[int, float]]]) -> None:
        """postings: term → (number of the document, its part of the score)."""
        self.count = count
        self.postings = postings

    @classmethod
    def of(cls, documents: Sequence[Mapping[str, float]]) -> Index:
        """documents: term → weight, of each."""
        postings: dict[str, list[tuple[int, float]]] = {}
        lengths = [sum(document.values()) for document in documents]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, document in enumerate(documents):
            held_back = K1 * (1 - B + B * lengths[number] / mean)
            for term, weight in document.items():
                score = round(weight * (K1 + 1) / (weight + held_back), 3)
                postings.setdefault(term, []).append((number, score))
        return cls(len(documents), postings)

    def idf(self, term: str) -> float:
        """How much the term tells: the rarer, the more; most for one that no document has."""
        having = len(self.postings.get(term, ()))
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
            for number, score in self.postings.get(term, ()):
                scores[number] = scores.get(number, 0.0) + told * score
        return scores


def weighted(fields: Iterable[tuple[float, str]], *, grams: bool = True) -> dict[str, float]:
    """A document from its (weight, text) fields."""
    found: dict[str, float] = {}
    for weight, text in fields:
        for term in terms(text, grams=grams):
            found[term] = found.get(term, 0.0) + weight
    return found

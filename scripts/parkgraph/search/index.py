"""Words of both languages and one ranking: BM25 over characters, pairs of characters and stems of words.

Nothing is learned and nothing is random: the same documents and words give the same order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import log
from unicodedata import normalize

K1, B = 1.2, 0.6
"""Of BM25: how soon more of the same word stops counting, how much long documents are held back."""

_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W\u3400-\u9fff_]+(?:[.'’&+-][^\W\u3400-\u9fff_]+)*")
_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ed", "ies", "es", "s", "ly", "al", "e", "y")
_GRAM = 4


def terms(text: str) -> list[str]:
    """What the text is found by: each Chinese character and pair of neighbours, each other word's stem and
    its parts of four letters."""
    found: list[str] = []
    for word in _WORD.findall(normalize("NFKC", text).casefold()):
        if "\u3400" <= word[0] <= "\ufaff":
            found += [*word, *map("".join, pairwise(word))]
        else:
            for part in dict.fromkeys((word, *re.split(r"[^\w.]", word))):
                found += _latin(part)
    return found


def _latin(word: str) -> list[str]:
    stem = word
    if len(word) > _GRAM and word.isalpha():
        ending = next((end for end in _ENDINGS if word.endswith(end) and len(word) - len(end) >= 3), "")
        stem = word.removesuffix(ending)
        return [stem, *(f"{word[at : at + _GRAM]}~" for at in range(len(word) - _GRAM + 1))]
    return [stem] if stem else []


class Index:
    """Documents as weighted terms.  weights: term → weight, for each document."""

    def __init__(self, weights: Sequence[Mapping[str, float]]) -> None:
        self._count = len(weights)
        self._postings: dict[str, list[tuple[int, float]]] = {}
        lengths = [sum(document.values()) for document in weights]
        mean = sum(lengths) / len(lengths) if lengths else 1.0
        for number, document in enumerate(weights):
            held_back = K1 * (1 - B + B * lengths[number] / mean)
            for term, weight in document.items():
                score = weight * (K1 + 1) / (weight + held_back)
                self._postings.setdefault(term, []).append((number, score))

    def idf(self, term: str) -> float:
        """How much the term tells: the rarer, the more; most for one that no document has."""
        having = len(self._postings.get(term, ()))
        return log(1 + (self._count - having + 0.5) / (having + 0.5))

    def mass(self, some: Iterable[str]) -> float:
        """What the terms tell together."""
        return sum(map(self.idf, set(some)))

    def coverage(self, wanted: Iterable[str], held: Iterable[str]) -> float:
        """The share of what `wanted` tells that `held` has, from 0 to 1."""
        wanted = set(wanted)
        whole = self.mass(wanted)
        return self.mass(wanted & set(held)) / whole if whole else 0.0

    def known(self, term: str) -> bool:
        """Whether any document has it."""
        return term in self._postings

    def search(self, words: Iterable[str]) -> list[tuple[float, int]]:
        """(score, number) of the documents that share a term with `words`, best first."""
        scores: dict[int, float] = {}
        for term, times in sorted(Counter(words).items()):
            idf = self.idf(term)
            for number, score in self._postings.get(term, ()):
                scores[number] = scores.get(number, 0.0) + min(times, 2) * idf * score
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        return [(score, number) for number, score in ranked]


def weighted(fields: Iterable[tuple[float, str]]) -> Counter[str]:
    """A document from its (weight, text) fields."""
    found: Counter[str] = Counter()
    for weight, text in fields:
        for term in terms(text):
            found[term] += weight  # type: ignore[assignment]
    return found

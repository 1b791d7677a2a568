"""Terms as numbers: the rule engine sees nothing else, so no literal is rewritten and no name breaks it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Triple

from parkgraph.infer.terms import Term


class _Numbers(dict[Term, int]):
    def __missing__(self, term: Term) -> int:
        number = self[term] = len(self)
        return number


class Numbering:
    """Gives each term a number at first sight, from 0, and the term of each number back."""

    def __init__(self) -> None:
        self._numbers = _Numbers()
        self._terms: list[Term] = []

    def __contains__(self, term: object) -> bool:
        return term in self._numbers

    def number(self, term: Term) -> int:
        """The number of `term`, a new one when it has none yet."""
        return self._numbers[term]

    def term(self, number: int) -> Term:
        """The term with this number."""
        if len(self._terms) != len(self._numbers):
            self._terms = list(self._numbers)
        return self._terms[number]

    def write(self, triples: Iterable[Triple], file: Path) -> None:
        """Writes `triples` to `file`, one a line, as three numbers with commas between."""
        with open(file, "w", encoding="ascii") as stream:
            stream.writelines(self._lines(triples))

    def _lines(self, triples: Iterable[Triple]) -> Iterator[str]:
        number = self._numbers
        for subject, predicate, object_ in triples:
            yield f"{number[subject]},{number[predicate]},{number[object_]}\n"

"""Results of an engine: one form for all engines, collected in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple

from parkgraph.names import SH
from parkgraph.validate.vocabulary import DEFINING

CORE = frozenset(DEFINING) - {SH + "SPARQLConstraintComponent"}


class Result(NamedTuple):
    """One result of an engine. Terms are N-Triples.

    path: SPARQL property path.  component, severity: IRIs.  constraint: the sh:sparql node.
    messages: what the engine says, as (text, language).
    """

    focus: str
    path: str | None
    value: str | None
    component: str
    severity: str
    shape: str
    constraint: str | None
    messages: tuple[tuple[str, str], ...]


class Collector:
    """Counts every result and keeps the first `keep` of them (all when None).

    A query may give the same solution many times, and engines differ in how often they tell it: of results of
    queries each counts once.

    wanted: whether a result counts at all.  order: which come first; equal places are ordered by the result
    itself, so that the choice is the same on every run.
    """

    def __init__(
        self,
        keep: int | None,
        order: Callable[[Result], Any],
        wanted: Callable[[Result], bool] = lambda result: True,
    ) -> None:
        self.keep, self.order, self.wanted = keep, order, wanted
        self.counts: Counter[str] = Counter()  # by IRI of the severity
        self._of_queries: set[int] = set()
        self._kept: list[Result] = []

    def add(self, result: Result) -> None:
        """Takes one result."""
        if result.component not in CORE:
            known = hash(result[:6])
            if known in self._of_queries:
                return
            self._of_queries.add(known)
        if not self.wanted(result):
            return
        self.counts[result.severity] += 1
        self._kept.append(result)
        if self.keep is not None and len(self._kept) > 2 * self.keep + 1000:
            self._cut()

    def _cut(self) -> None:
        self._kept.sort(key=lambda result: (self.order(result), _sortable(result)))
        if self.keep is not None:
            del self._kept[self.keep :]

    def merge(self, other: Collector) -> None:
        """Takes what another collector, for other shapes, has taken."""
        self.counts += other.counts
        self._of_queries |= other._of_queries
        self._kept += other._kept
        self._cut()

    @property
    def kept(self) -> list[Result]:
        """The results kept, in order."""
        self._cut()
        return self._kept


def _sortable(result: Result) -> tuple[Any, ...]:
    return tuple("" if part is None else part for part in result)

"""Results of an engine: one form for all engines, collected in bounded memory."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any, NamedTuple


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

    @property
    def itself(self) -> tuple[str | None, ...]:
        """What makes it this result: all but the words, which engines choose."""
        return self[:7]


class Collector:
    """Takes results and keeps the first `keep` of them (all when None); the same result counts once.

    It comes again where two shapes have a property shape in common, and where a query gives a solution many
    times: that is one thing to mend.

    wanted: whether a result counts at all.  times: how often a result may come because it has as many causes.
    order: which come first; equal places are ordered by the result itself, so that the choice is the same on
    every run.
    """

    def __init__(
        self,
        keep: int | None,
        order: Callable[[Result], Any],
        wanted: Callable[[Result], bool] = lambda result: True,
        times: Callable[[Result], int] = lambda result: 1,
    ) -> None:
        self.keep, self.order, self.wanted, self.times = keep, order, wanted, times
        # By severity: how often a result was taken, by its hash, since most are not kept.
        self._taken: defaultdict[str, Counter[int]] = defaultdict(Counter)
        self._kept: list[Result] = []

    @property
    def counts(self) -> Counter[str]:
        """How many results were taken, by IRI of the severity."""
        return Counter({severity: taken.total() for severity, taken in self._taken.items()})

    def add(self, result: Result) -> None:
        """Takes one result."""
        taken, known = self._taken[result.severity], hash(result.itself)
        if (known in taken and taken[known] >= self.times(result)) or not self.wanted(result):
            return
        taken[known] += 1
        self._kept.append(result)
        if self.keep is not None and len(self._kept) > 2 * self.keep + 1000:
            self._cut()

    def _cut(self) -> None:
        self._kept.sort(key=lambda result: (self.order(result), _sortable(result)))
        if self.keep is not None:
            del self._kept[self.keep :]

    def merge(self, other: Collector) -> None:
        """Takes what another collector, for other shapes, has taken."""
        seen: Counter[int] = Counter()
        for result in other._kept:
            known = hash(result.itself)
            seen[known] += 1
            if seen[known] > self._taken[result.severity][known]:
                self._kept.append(result)
        for severity, taken in other._taken.items():
            self._taken[severity] |= taken
        self._cut()

    @property
    def kept(self) -> list[Result]:
        """The results kept, in order."""
        self._cut()
        return self._kept


def _sortable(result: Result) -> tuple[Any, ...]:
    return tuple("" if part is None else part for part in result)

"""Two reports side by side: where the newer one is slower."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parkgraph.bench.report import Report

FACTOR = 1.5
"""A stage counts as slower when it takes more than this many times what it took."""

LEAST = 0.05
"""Seconds; a loss below this is noise, whatever its ratio."""


@dataclass(frozen=True)
class Change:
    """One stage in both reports.  old, new: median seconds, None where it was not finished."""

    parks: int
    engine: str
    stage: str
    old: float | None
    new: float | None

    @property
    def ratio(self) -> float | None:
        """New over old."""
        return None if self.old is None or self.new is None else self.new / max(self.old, 1e-6)

    def is_loss(self, factor: float) -> bool:
        """Slower by more than `factor` and by more than LEAST, or no longer finished at all."""
        if self.old is None or self.new is None:
            return self.old is not None
        return self.new > factor * self.old and self.new - self.old > LEAST


def changes(old: Report, new: Report) -> Iterator[Change]:
    """Every stage that both reports have, in the order of the new one."""
    for found in new.measurements:
        before = old.find(found.parks, found.engine, found.stage)
        if before is not None:
            yield Change(found.parks, found.engine, found.stage, before.typical, found.typical)

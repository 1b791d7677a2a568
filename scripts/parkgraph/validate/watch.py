"""Validating again whenever a file is saved, and telling only what changed."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from parkgraph.errors import ParkgraphError
from parkgraph.finding import Finding
from parkgraph.validate.check import BrokenShapes, Report
from parkgraph.validate.fingerprint import fingerprint
from parkgraph.validate.inputs import expand
from parkgraph.validate.selection import Selection

SECONDS = 0.1
"""Between two looks at the files."""


@dataclass(frozen=True)
class Change:
    """What one validation found that the one before had not, and the other way round.

    new, gone: findings.  total: findings now.  error: why there was no validation; then nothing else is
    known.  seconds: how long it took.  first: nothing came before.
    """

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    total: int = 0
    error: ParkgraphError | None = None
    seconds: float = 0.0
    first: bool = False


def changes(selection: Selection, run: Callable[[], Report]) -> Iterator[Change]:
    """Runs once, then again each time a selected file changes, comes or goes. Never ends.

    run: validates; ParkgraphErrors of it are told, not raised.
    """
    known: list[Finding] = []
    seen: object = None
    first = True
    while True:
        now = _state(selection)
        if now == seen:
            time.sleep(SECONDS)
            continue
        seen = now
        start = time.monotonic()
        try:
            report = run()
        except BrokenShapes as error:
            found, total, failure = list(error.findings), len(error.findings), None
        except ParkgraphError as error:
            yield Change(error=error, seconds=time.monotonic() - start, first=first)
            first = False
            continue
        else:
            found, total, failure = [*report.findings, *report.late], report.total, None
        new, gone = _without(found, known), _without(known, found)
        known = found
        yield Change(tuple(new), tuple(gone), total, failure, time.monotonic() - start, first)
        first = False


def _without(these: list[Finding], those: list[Finding]) -> list[Finding]:
    left = Counter(map(fingerprint, those))
    found = []
    for finding in these:
        mark = fingerprint(finding)
        if left[mark]:
            left[mark] -= 1
        else:
            found.append(finding)
    return found


def _state(selection: Selection) -> object:
    state: list[object] = []
    for paths in selection.files().values():
        try:
            files = expand(paths)
        except ParkgraphError as error:
            state.append((str(error), None))
            continue
        for file in files:
            try:
                about = os.stat(file)
                state.append((str(file), (about.st_mtime_ns, about.st_size, about.st_ino)))
            except OSError as error:
                state.append((str(file), error.errno))
    return state

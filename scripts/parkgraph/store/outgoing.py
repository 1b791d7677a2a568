"""A graph on its way into a store: N-Triples in a file of its own, so that its source may be read once."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterable
from typing import IO

from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

from parkgraph.store.values import Measure, by_value, measure_store, without_blanks

_IN_MEMORY = 16 * 1024 * 1024  # bytes; a larger graph goes to the disk
_AT_ONCE = 50_000  # triples


class Outgoing:
    """What is sent of one graph.  wanted: what the store must hold then.  size: in bytes.

    Blank nodes have IRIs; of triples that mean the same value only the first is sent.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._file = _file()
        serialize(without_blanks(triples), self._file, RdfFormat.N_TRIPLES)
        self.wanted, lines = self._measured()
        if lines > self.wanted.triples:
            self._file = _without_repeats(self._file)
        self.size = self._file.seek(0, 2)

    def __len__(self) -> int:
        return self.wanted.triples

    def piece(self, start: int, size: int) -> bytes:
        """Whole lines from the byte `start` on, at most `size` bytes but at least one; empty at the end.

        With `start` as the sum of what came before, the pieces together are the graph.
        """
        self._file.seek(start)
        content = self._file.read(size)
        if len(content) < size:
            return content
        end = content.rfind(b"\n") + 1
        return content[:end] if end else content + self._file.readline()

    def _measured(self) -> tuple[Measure, int]:
        """What the file holds, and the number of its lines."""
        self._file.seek(0)
        store = Store()
        store.bulk_load(self._file, RdfFormat.N_TRIPLES)
        self._file.seek(0)
        return measure_store(store), sum(
            piece.count(b"\n") for piece in iter(lambda: self._file.read(1 << 20), b"")
        )


def _file() -> IO[bytes]:
    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


def _without_repeats(file: IO[bytes]) -> IO[bytes]:
    """The triples in the order of the file, of those that mean the same value the first."""
    file.seek(0)
    kept: set[bytes] = set()
    found = _file()
    triples = (quad.triple for quad in parse(file, RdfFormat.N_TRIPLES))
    while batch := list(itertools.islice(triples, _AT_ONCE)):
        for triple, same in zip(batch, by_value(batch), strict=True):
            key = str(same).encode()
            if key not in kept:
                kept.add(key)
                serialize([triple], found, RdfFormat.N_TRIPLES)
    return found

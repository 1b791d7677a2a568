"""What is sent of one graph: N-Triples in memory, in pieces that a store takes."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import RdfFormat, Store, Triple, parse, serialize

from parkgraph.store.canonical import keys, measure_store, without_blanks


class Payload:
    """One graph on its way.  wanted: what the store must hold then.  size: in bytes.

    Blank nodes have IRIs; of triples that mean the same value only the first is sent.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.content = serialize(without_blanks(triples), format=RdfFormat.N_TRIPLES) or b""
        store = Store()
        store.bulk_load(self.content, RdfFormat.N_TRIPLES)
        self.wanted = measure_store(store)
        if self.content.count(b"\n") > self.wanted.triples:
            held = [quad.triple for quad in parse(self.content, RdfFormat.N_TRIPLES)]
            first = dict(zip(reversed(keys(held)), reversed(held), strict=True))
            self.content = serialize(reversed(first.values()), format=RdfFormat.N_TRIPLES) or b""
        self.size = len(self.content)

    def __len__(self) -> int:
        return self.wanted.triples

    def piece(self, start: int, size: int) -> bytes:
        """Whole lines from the byte `start` on, at most `size` bytes but at least one; empty at the end.

        With `start` as the sum of what came before, the pieces together are the graph.
        """
        if start + size >= self.size:
            return self.content[start:]
        end = self.content.rfind(b"\n", start, start + size) + 1
        return self.content[start : end or self.content.find(b"\n", start + size) + 1]

"""Triples in a fixed order, each once, however many: few are held in memory, many in a temporary file."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Triple, parse, serialize

from parkgraph.names import RDF

if TYPE_CHECKING:
    from tempfile import TemporaryDirectory

IN_MEMORY = 200_000
"""Triples; beyond as many they are sorted in runs of this size and merged on the disk."""

_TYPE = f"<{RDF}type>"
_AT_ONCE = 10_000  # triples

Terms = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""

# A key is one line of text that sorts as the order demands. N-Triples terms hold no line end, subjects and
# predicates no tab; the digit before the predicate puts types first.


class Ordered(Iterable[Triple]):
    """By subject, the types first, then by predicate and object.  May be gone through again and again."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        """Reads `triples` once, and keeps none of them."""
        self._held: list[str] = []
        self._folder: TemporaryDirectory[str] | None = None
        self._count = 0
        keys, runs = set[str](), list[Path]()
        for block in _blocks(triples):
            keys.update(block)
            if len(keys) >= IN_MEMORY:
                runs.append(self._write(f"run{len(runs)}", sorted(keys)))
                keys = set()
        self._held = sorted(keys)
        if runs:
            runs.append(self._write(f"run{len(runs)}", self._held))
            self._held = []
            self._file = self._write("all", _once(heapq.merge(*map(_read, runs))))
            for run in runs:
                run.unlink()
        else:
            self._count = len(self._held)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Triple]:
        return triples_of(self.terms())

    def terms(self) -> Iterator[Terms]:
        """The triples as text, which is much quicker to go through than the triples themselves."""
        return map(_terms, self.keys())

    def keys(self) -> Iterator[str]:
        """What the order goes by, for `merged`."""
        return _read(self._file) if self._folder else iter(self._held)

    def uses(self, namespace: str) -> bool:
        """Whether any IRI among the terms and datatypes begins with `namespace`, which ends with / or #."""
        return any(stem.startswith(namespace) for stem in self._stems)

    @cached_property
    def _stems(self) -> set[str]:
        """What stands before the last / or # of each IRI."""
        return {
            term[1 : max(term.rfind("/"), term.rfind("#")) + 1]
            for terms in self.terms()
            for term in (*terms[:2], _iri_in(terms[2]))
        }

    def _write(self, name: str, keys: Iterable[str]) -> Path:
        import tempfile  # slow to import, and few graphs are so large

        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="parkgraph-")
        path = Path(self._folder.name) / name
        self._count = 0
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            for key in keys:
                self._count += 1
                stream.write(key + "\n")
        return path


def merged(graphs: Iterable[Ordered]) -> Iterator[Terms]:
    """The triples of all `graphs` in order, each once."""
    return map(_terms, _once(heapq.merge(*(graph.keys() for graph in graphs))))


def triples_of(terms: Iterable[Terms]) -> Iterator[Triple]:
    """The triples that are written so."""
    lines = (f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in terms)
    while block := "".join(islice(lines, _AT_ONCE)):
        for quad in parse(block, RdfFormat.N_TRIPLES, lenient=True):
            yield quad.triple


def _blocks(triples: Iterable[Triple]) -> Iterator[Iterator[str]]:
    """The keys of the triples, some at a time."""
    given = iter(triples)
    while block := list(islice(given, _AT_ONCE)):
        lines = (serialize(block, format=RdfFormat.N_TRIPLES) or b"").decode().split("\n")
        yield (_key(*line.split(" ", 2)) for line in lines if line)


def _key(subject: str, predicate: str, rest: str) -> str:
    return f"{subject}\t{'0' if predicate == _TYPE else '1'}{predicate}\t{rest[:-2]}"


def _iri_in(object_: str) -> str:
    """The object itself, or the datatype behind its text, `^^<…>`."""
    return object_ if object_[0] == "<" else object_[object_.rindex('"') + 3 :] if object_[0] == '"' else ""


def _terms(key: str) -> Terms:
    subject, predicate, object_ = key.split("\t", 2)
    return subject, predicate[1:], object_


def _once(keys: Iterable[str]) -> Iterator[str]:
    return (key for key, _ in groupby(keys))


def _read(file: Path) -> Iterator[str]:
    with open(file, encoding="utf-8", newline="\n") as stream:
        for line in stream:
            yield line[:-1]


def _stem(iri: str) -> str:
    return iri[: max(iri.rfind("/"), iri.rfind("#")) + 1]

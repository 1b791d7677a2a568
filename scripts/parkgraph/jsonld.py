"""JSON-LD with a context of prefixes, for people to read, written some subjects at a time."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby, islice
from typing import Any, BinaryIO

from pyoxigraph import RdfFormat, serialize

from parkgraph.graph.ordered import Terms, triples_of
from parkgraph.names import RDF, shorten

_AT_ONCE = 1000  # subjects


def write_json_ld(
    graphs: Mapping[str | None, Iterable[Terms]], stream: BinaryIO, prefixes: Mapping[str, str]
) -> None:
    """Writes `graphs` (IRI, or None for the default graph → its triples by subject) as one document."""
    stream.writelines(part.encode() for part in _document(graphs, _Writer(prefixes)))


def _document(graphs: Mapping[str | None, Iterable[Terms]], writer: _Writer) -> Iterator[str]:
    context = ",".join(f"\n  {_text(prefix)}: {_text(iri)}" for prefix, iri in writer.prefixes.items())
    yield f'{{\n "@context": {{{context}\n }},\n "@graph": ['
    between = "\n"
    for graph, triples in graphs.items():
        if graph is not None:
            yield f'{between}{{"@id": {_text(graph)}, "@graph": ['
            between = "\n"
        for node in writer.nodes(triples):
            yield f"{between}  {node}"
            between = ",\n"
        if graph is not None:
            yield "\n ]}"
            between = ",\n"
    yield "\n ]\n}\n"


class _Writer:
    """Puts nodes into words; remembers the short names of many IRIs."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        self._short = lru_cache(100_000)(self._shorten)

    def nodes(self, triples: Iterable[Terms]) -> Iterator[str]:
        """One node a subject."""
        subjects = (list(group) for _, group in groupby(triples, key=lambda terms: terms[0]))
        while block := [terms for group in islice(subjects, _AT_ONCE) for terms in group]:
            expanded = serialize(triples_of(block), format=RdfFormat.JSON_LD) or b""
            for node in json.loads(expanded):
                entries = (self._entry(name, value) for name, value in node.items())
                yield ("{" + ",\n   ".join(f"{_text(name)}: {_text(value)}" for name, value in entries) + "}")

    def _entry(self, name: str, value: Any) -> tuple[str, Any]:
        if name == RDF + "type":
            return "@type", self._compact([kind["@id"] for kind in value], "@type")
        return self._short(name), self._compact(value, name)

    def _compact(self, value: Any, key: str = "") -> Any:
        if isinstance(value, dict):
            return dict(self._entry(name, inner) for name, inner in value.items())
        if isinstance(value, list):
            items = [self._compact(item, key) for item in value]
            return items[0] if len(items) == 1 and key not in ("@list", "@set") else items
        return self._short(value) if key in ("@id", "@type") else value

    def _shorten(self, iri: str) -> str:
        name = shorten(iri, self.prefixes)
        return iri if name.startswith("<") else name


_text = json.JSONEncoder(ensure_ascii=False).encode

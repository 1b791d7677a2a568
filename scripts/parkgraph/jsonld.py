"""JSON-LD with a context of prefixes, for people to read, written subject by subject."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import groupby
from typing import BinaryIO

from parkgraph.graph.ordered import Terms
from parkgraph.names import RDF, XSD, shorten

_TYPE = f"<{RDF}type>"


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
        for subject, group in groupby(triples, key=lambda terms: terms[0]):
            yield f"{between}  {writer.node(subject, group)}"
            between = ",\n"
        if graph is not None:
            yield "\n ]}"
            between = ",\n"
    yield "\n ]\n}\n"


class _Writer:
    """Puts terms, as N-Triples writes them, into JSON; remembers those it met lately."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.prefixes = dict(prefixes)
        self._name = lru_cache(100_000)(self._named)
        self._value = lru_cache(100_000)(self._valued)

    def node(self, subject: str, triples: Iterable[Terms]) -> str:
        """Everything about one subject."""
        lines = [f'"@id": {self._name(subject)}']
        for predicate, group in groupby(triples, key=lambda terms: terms[1]):
            objects = [object_ for _, _, object_ in group]
            if predicate == _TYPE and not any(object_[0] == '"' for object_ in objects):
                key, values = '"@type"', list(map(self._name, objects))
            else:
                key, values = self._name(predicate), list(map(self._value, objects))
            lines.append(f"{key}: {values[0] if len(values) == 1 else '[' + ', '.join(values) + ']'}")
        return "{" + ",\n   ".join(lines) + "}"

    def _named(self, term: str) -> str:
        if term[0] != "<":
            return _text(term)  # a blank node
        name = shorten(term[1:-1], self.prefixes)
        return _text(term[1:-1] if name.startswith("<") else name)

    def _valued(self, term: str) -> str:
        if term[0] != '"':
            return f'{{"@id": {self._name(term)}}}'
        # What N-Triples writes between the quotes is what JSON writes there.
        end = term.rindex('"') + 1
        text, kind = term[:end], term[end:]
        if kind.startswith("@"):
            return f'{{"@value": {text}, "@language": {_text(kind[1:])}}}'
        if kind and kind != f"^^<{XSD}string>":
            return f'{{"@value": {text}, "@type": {self._name(kind[2:])}}}'
        return f'{{"@value": {text}}}'


_text = json.JSONEncoder(ensure_ascii=False).encode

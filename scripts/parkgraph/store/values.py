"""Triples as any store can hold them: without blank nodes, and compared by value."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from parkgraph.names import BASE, XSD

GENID = BASE + ".well-known/genid/"
"""Blank nodes get IRIs here (RDF 1.1, 3.5), so that sending them twice adds nothing."""

HASH_LIMIT = 2_000_000
"""Graphs of more triples are compared by number and by predicate only: hashing needs them in memory."""


class Measure(NamedTuple):
    """What is compared.  predicates: IRI → number of its triples.  sha256: of the canonical N-Quads
    (RDFC-1.0) of the graph, values normalised; None when it is too large.
    """

    triples: int
    predicates: Mapping[str, int]
    sha256: str | None


def for_stores(triples: Iterable[Triple]) -> list[Triple]:
    """The triples with IRIs for blank nodes; of those that mean the same value only the first."""
    named = [Triple(*(_without_blank(term) for term in triple)) for triple in triples]  # type: ignore[arg-type]
    values = normalised_literals(triple.object for triple in named if isinstance(triple.object, Literal))
    kept: dict[Triple, Triple] = {}
    for triple in named:
        kept.setdefault(_by_value(triple, values), triple)
    return list(kept.values())


def measure(triples: Iterable[Triple]) -> Measure:
    """Number, histogram and hash of the triples, values normalised."""
    same = set(by_value(triples))
    counts = Counter(triple.predicate.value for triple in same)
    return Measure(len(same), dict(sorted(counts.items())), _hash(same) if len(same) <= HASH_LIMIT else None)


def normalised_literals(literals: Iterable[Literal]) -> dict[Literal, Literal]:
    """Each literal → the form that Oxigraph gives its value: `5400.0` → `5400`, `@zh-CN` → `@zh-cn`."""
    distinct = list(dict.fromkeys(literals))
    index = NamedNode("urn:x")
    store = Store()
    store.extend(Quad(NamedNode(f"urn:{number}"), index, literal) for number, literal in enumerate(distinct))
    found = {}
    for quad in store.quads_for_pattern(None, None, None):
        assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal)
        found[distinct[int(quad.subject.value.removeprefix("urn:"))]] = quad.object
    return found


def by_value(triples: Iterable[Triple]) -> list[Triple]:
    """The triples with every literal in the form that Oxigraph gives its value."""
    given = list(triples)
    values = normalised_literals(triple.object for triple in given if isinstance(triple.object, Literal))
    return [_by_value(triple, values) for triple in given]


def results_by_value(answer: bytes) -> bytes:
    """SPARQL results in JSON with every literal in the form that Oxigraph gives its value.

    Raises ValueError, KeyError or TypeError for what is no such answer, or not all of it.
    """
    results = json.loads(answer)
    if "boolean" in results:
        return answer
    cells = [
        cell for row in results["results"]["bindings"] for cell in row.values() if "literal" in cell["type"]
    ]
    terms = [_literal(cell) for cell in cells]
    values = normalised_literals(terms)
    for cell, term in zip(cells, terms, strict=True):
        value = values[term]
        cell.clear()
        cell.update({"type": "literal", "value": value.value})
        if value.language:
            cell["xml:lang"] = value.language
        else:
            cell["datatype"] = value.datatype.value
    return json.dumps(results).encode()


def _literal(cell: Mapping[str, str]) -> Literal:
    if cell.get("xml:lang"):
        return Literal(cell["value"], language=cell["xml:lang"])
    return Literal(cell["value"], datatype=NamedNode(cell.get("datatype", XSD + "string")))


def differences(wanted: Measure, found: Measure, *, at_least: bool = False) -> list[str]:
    """What of `wanted` is not in `found`, a line each: `triples 10 → 9`, `<predicate> 3 → 2`.

    at_least: more of something is no difference, and neither is another hash.
    """

    def differs(here: int, there: int) -> bool:
        return there < here if at_least else there != here

    lines = [f"triples {wanted.triples} → {found.triples}"] if differs(wanted.triples, found.triples) else []
    for predicate in sorted({*wanted.predicates, *found.predicates}):
        here, there = wanted.predicates.get(predicate, 0), found.predicates.get(predicate, 0)
        if differs(here, there):
            lines.append(f"<{predicate}> {here} → {there}")
    hashes = wanted.sha256, found.sha256
    if not at_least and not lines and None not in hashes and hashes[0] != hashes[1]:
        lines.append(f"sha256 {hashes[0]} → {hashes[1]}")
    return lines


def _without_blank(term: object) -> object:
    return NamedNode(GENID + term.value) if isinstance(term, BlankNode) else term


def _by_value(triple: Triple, values: Mapping[Literal, Literal]) -> Triple:
    if isinstance(triple.object, Literal):
        return Triple(triple.subject, triple.predicate, values[triple.object])
    return triple


def _hash(triples: Collection[Triple]) -> str:
    rows: Iterable[Triple] | Iterable[Quad] = triples
    if any(isinstance(term, BlankNode) for triple in triples for term in (triple.subject, triple.object)):
        dataset = Dataset(Quad(*triple) for triple in triples)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        rows = dataset
    # Without blank nodes the canonical form is the sorted lines; canonicalising costs ten times as much.
    written = serialize(rows, format=RdfFormat.N_QUADS) or b""
    return hashlib.sha256(b"".join(sorted(written.splitlines(keepends=True)))).hexdigest()

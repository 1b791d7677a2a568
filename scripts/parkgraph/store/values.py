"""Triples as any store can hold them: without blank nodes, and compared by value."""

from __future__ import annotations

import hashlib
import heapq
import itertools
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from typing import IO, NamedTuple

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from parkgraph.names import BASE, XSD

GENID = BASE + ".well-known/genid/"
"""Blank nodes get IRIs here (RDF 1.1, 3.5), so that sending them twice adds nothing."""

HASH_LIMIT = 2_000_000
"""Graphs of more triples are compared by number and by predicate only: to be hashed they are fetched, and
held in memory by the local Oxigraph that brings values into one form (some 0.4 GB a million)."""


_IN_MEMORY = 16 * 1024 * 1024  # bytes; more goes to the disk
_LINES = 200_000  # sorted at once


class Measure(NamedTuple):
    """What is compared.  predicates: IRI → number of its triples.  sha256: of the canonical N-Quads
    (RDFC-1.0) of the graph, values normalised; None when it is too large.
    """

    triples: int
    predicates: Mapping[str, int]
    sha256: str | None


def for_stores(triples: Iterable[Triple]) -> list[Triple]:
    """The triples with IRIs for blank nodes; of those that mean the same value only the first."""
    named = list(without_blanks(triples))
    values = normalised_literals(triple.object for triple in named if isinstance(triple.object, Literal))
    kept: dict[Triple, Triple] = {}
    for triple in named:
        kept.setdefault(_by_value(triple, values), triple)
    return list(kept.values())


def without_blanks(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, one by one, with IRIs for blank nodes."""
    for triple in triples:
        subject, object = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(object, BlankNode):
            yield Triple(_named(subject), triple.predicate, _named(object))  # type: ignore[arg-type]
        else:
            yield triple


def measure(triples: Iterable[Triple]) -> Measure:
    """Number, histogram and hash of the triples, values normalised."""
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in triples)
    return measure_store(store)


def measure_store(store: Store) -> Measure:
    """Number, histogram and hash of the default graph of a store of Oxigraph, which normalises values."""
    rows = store.query("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p")
    assert isinstance(rows, QuerySolutions)
    counts = {row["p"].value: int(row["n"].value) for row in rows}
    total = sum(counts.values())
    return Measure(total, dict(sorted(counts.items())), _hash(store) if total <= HASH_LIMIT else None)


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


def _named(term: object) -> object:
    return NamedNode(GENID + term.value) if isinstance(term, BlankNode) else term


def _by_value(triple: Triple, values: Mapping[Literal, Literal]) -> Triple:
    if isinstance(triple.object, Literal):
        return Triple(triple.subject, triple.predicate, values[triple.object])
    return triple


def _hash(store: Store) -> str:
    with tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
        store.dump(file, RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        file.seek(0)
        # A literal may hold these signs too; canonicalising is then needless, and does no harm.
        if any(line.startswith(b"_:") or b" _:" in line for line in file):
            dataset = Dataset(store)
            dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
            file.seek(0)
            file.truncate()
            serialize(dataset, file, RdfFormat.N_QUADS)
        file.seek(0)
        # Without blank nodes the canonical form is the sorted lines; canonicalising costs ten times as much.
        digest = hashlib.sha256()
        for line in _in_order(file):
            digest.update(line)
        return digest.hexdigest()


def _in_order(lines: Iterable[bytes]) -> Iterable[bytes]:
    """The lines sorted; of many only some at a time are in memory."""
    runs: list[IO[bytes]] = []
    left = iter(lines)
    while run := sorted(itertools.islice(left, _LINES)):
        if len(run) < _LINES and not runs:
            return run
        runs.append(tempfile.TemporaryFile())  # noqa: SIM115 (closed when it is gone)
        runs[-1].writelines(run)
        runs[-1].seek(0)
    return heapq.merge(*runs)

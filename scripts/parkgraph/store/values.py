"""Triples as any store can hold them: without blank nodes, and compared by value."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

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
    written = _lines(store)
    # A literal may hold these signs too; canonicalising is then needless, and does no harm.
    if any(line.startswith(b"_:") or b" _:" in line for line in written):
        dataset = Dataset(store)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        written = (serialize(dataset, format=RdfFormat.N_QUADS) or b"").splitlines(keepends=True)
    # Without blank nodes the canonical form is the sorted lines; canonicalising costs ten times as much.
    digest = hashlib.sha256()
    for line in sorted(written):
        digest.update(line)
    return digest.hexdigest()


def _lines(store: Store) -> list[bytes]:
    written = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    return written.splitlines(keepends=True)

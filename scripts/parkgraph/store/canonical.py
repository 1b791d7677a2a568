"""Triples as any store can hold them, in one form whichever way a store writes their values."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from io import BytesIO
from typing import NamedTuple

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    RdfFormat,
    Store,
    Triple,
    parse,
    serialize,
)

from parkgraph.names import BASE, XSD

GENID = BASE + ".well-known/genid/"
"""Blank nodes get IRIs here (RDF 1.1, 3.5), so that sending them twice adds nothing."""

HASH_LIMIT = 2_000_000
"""Graphs of more triples are compared by number and by predicate only: to be hashed they are fetched, and
held in memory (some 0.4 GB a million)."""

# What Oxigraph keeps as it is written, though others may write the same value in another way.
_REWRITTEN = re.compile(
    rb'"([^"\\]*)"\^\^<http://www\.w3\.org/2001/XMLSchema#(?:(hexBinary)|dateTime|dateTimeStamp)>'
)
_TAGGED = re.compile(rb'"@[A-Za-z0-9-]+ \.$')
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:Z|[+-]\d\d:\d\d)")


class Measure(NamedTuple):
    """What is compared.  predicates: IRI → number of its triples.  sha256: of the canonical N-Quads
    (RDFC-1.0) of the graph, values normalised; None when it is too large.
    """

    triples: int
    predicates: Mapping[str, int]
    sha256: str | None


class Payload:
    """One graph on its way.  size: in bytes.

    Blank nodes have IRIs; of triples that mean the same value only the first is sent.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        once = dict.fromkeys(without_blanks(triples))
        self.content = _without_repeats(serialize(once, format=RdfFormat.N_TRIPLES) or b"")
        self.size = len(self.content)
        # Made while the content is on its way: the engine works outside the interpreter's lock.
        with_one = ThreadPoolExecutor(1)
        self._measured = with_one.submit(self._measure)
        with_one.shutdown(wait=False)

    def __len__(self) -> int:
        return self.wanted.triples

    @property
    def wanted(self) -> Measure:
        """What the store must hold then."""
        return self._measured.result()[0]

    def _measure(self) -> tuple[Measure, str]:
        if self.content.count(b"\n") > HASH_LIMIT:
            return _counted(BytesIO(self.content), None), ""
        store = Store()
        store.bulk_load(self.content, RdfFormat.N_TRIPLES)
        return measure_store(store), _digest(_lines(self.content))

    def is_all_of(self, answer: bytes) -> bool:
        """Whether the N-Triples in `answer` are those that were sent, line by line, as they were sent or as
        Oxigraph writes their values.  Then they need not be compared by value."""
        return _digest(_lines(answer)) in (self.wanted.sha256, self._measured.result()[1])

    def piece(self, start: int, size: int) -> bytes:
        """Whole lines from the byte `start` on, at most `size` bytes but at least one; empty at the end.

        With `start` as the sum of what came before, the pieces together are the graph.
        """
        if start + size >= self.size:
            return self.content[start:]
        end = self.content.rfind(b"\n", start, start + size) + 1
        return self.content[start : end or self.content.find(b"\n", start + size) + 1]

    def quads(self, graph: str) -> Iterator[bytes]:
        """The lines of N-Quads of `graph`, one by one."""
        end = f"<{graph}> .\n".encode()
        return (line[:-2] + end for line in BytesIO(self.content))


def without_blanks(triples: Iterable[Triple]) -> Iterator[Triple]:
    """The triples, one by one, with IRIs for blank nodes."""
    for triple in triples:
        subject, object = triple.subject, triple.object
        if isinstance(subject, BlankNode) or isinstance(object, BlankNode):
            yield Triple(_named(subject), triple.predicate, _named(object))  # type: ignore[arg-type]
        else:
            yield triple


def measure_store(store: Store) -> Measure:
    """Number, histogram and hash of the default graph of a store of Oxigraph, which normalises values."""
    lines = _canonical(store)
    return _counted(lines, _digest(lines))


def _counted(lines: Iterable[bytes], digest: str | None) -> Measure:
    counts = Counter(line.split(b" ", 2)[1][1:-1].decode() for line in lines)
    return Measure(counts.total(), dict(sorted(counts.items())), digest)


def keys(triples: Iterable[Triple]) -> list[bytes]:
    """For each triple what it is compared by."""
    return [_value(f"{triple} .\n".encode()) for triple in by_value(triples)]


def by_value(triples: Iterable[Triple]) -> list[Triple]:
    """The triples with every literal in the form that Oxigraph gives its value."""
    given = list(triples)
    values = normalised_literals(triple.object for triple in given if isinstance(triple.object, Literal))
    return [
        Triple(triple.subject, triple.predicate, values[triple.object])
        if isinstance(triple.object, Literal)
        else triple
        for triple in given
    ]


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


def _literal(cell: Mapping[str, str]) -> Literal:
    if cell.get("xml:lang"):
        return Literal(cell["value"], language=cell["xml:lang"])
    return Literal(cell["value"], datatype=NamedNode(cell.get("datatype", XSD + "string")))


def _canonical(store: Store) -> list[bytes]:
    """The default graph as the sorted lines of canonical N-Quads."""
    text = store.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
    # Without blank nodes the canonical form is the sorted lines; canonicalising costs ten times as much. A
    # literal may hold these signs too: it is needless then, and does no harm.
    if text.startswith(b"_:") or b"\n_:" in text or b" _:" in text:
        dataset = Dataset(store)
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
        text = serialize(dataset, format=RdfFormat.N_QUADS) or b""
    return _lines(text)


def _lines(text: bytes) -> list[bytes]:
    return sorted(set(map(_value, text.splitlines(keepends=True))))


def _digest(lines: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(lines)).hexdigest()


def _without_repeats(text: bytes) -> bytes:
    """N-Triples without the lines that mean the same value as an earlier one."""
    alike = Counter(filter(None, map(_alike, BytesIO(text))))
    some = [line for line in BytesIO(text) if alike[_alike(line)] > 1]
    if not some:
        return text
    values = keys(quad.triple for quad in parse(b"".join(some), RdfFormat.N_TRIPLES))
    needless = {*some} - {*dict(zip(reversed(values), reversed(some), strict=True)).values()}
    return b"".join(line for line in BytesIO(text) if line not in needless) if needless else text


def _alike(line: bytes) -> bytes:
    """What lines have in common that may mean the same value: subject and predicate of typed literals, and
    texts that differ in capitals only, as their language tags may.  Nothing for any other line."""
    if b'"^^<' in line:
        return line[: line.index(b'"')]
    return line.lower() if _TAGGED.search(line) else b""


def _value(line: bytes) -> bytes:
    """The line of N-Triples with moments in UTC and hexBinary in capitals."""
    return _REWRITTEN.sub(_rewritten, line) if b"XMLSchema#" in line else line


def _rewritten(found: re.Match[bytes]) -> bytes:
    text = found[1].decode()
    if found[2]:
        value = text.upper()
    elif _MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text).astimezone(UTC)
        except (ValueError, OverflowError):  # 24:00:00, or no day at all
            return found[0]
        value = moment.replace(tzinfo=None).isoformat()
        value = (value.rstrip("0").rstrip(".") if "." in value else value) + "Z"
    else:
        return found[0]
    return found[0].replace(found[1], value.encode(), 1)

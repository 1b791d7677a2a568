"""The accepted graph, the changes that spoil it, and what the shapes must find in each.

accept.ttl conforms.  reject/<topic>.txt holds changes of it, each a block:
    ## NAME
    - TRIPLES             taken away, in Turtle on one line
    + TRIPLES             added
    > FOCUS PATH COMPONENT [SEVERITY] SHAPE      one line a finding; severity only when no violation; PATH `.`
                                                 where the shape has none, `()` where it is no property
A block without `>` must conform too: it stands at the edge of what is allowed.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import engines
from engines import SH, Found
from parkgraph.names import OWL, RDF, RDFS, SKOS, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)
PREFIXES = prefixes(ROOT.path)
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())

Expected = frozenset[tuple[str, ...]]
"""Findings as (focus, path, component, severity, shape), short."""


class Case(NamedTuple):
    """One change.  less, more: triples as N-Triples lines."""

    name: str
    topic: str
    less: frozenset[str]
    more: frozenset[str]
    expected: Expected

    @property
    def data(self) -> str:
        """The whole changed graph, as N-Triples."""
        return "".join(sorted(accepted() - self.less | self.more)) + context()


def shapes() -> Store:
    """The shapes of the data."""
    return engines.read(ROOT.paths("shapes", "prefixes"))


@cache
def accepted() -> frozenset[str]:
    """The accepted graph, as N-Triples lines."""
    return lines((HERE / "accept.ttl").read_text(encoding="utf-8"))


@cache
def context() -> str:
    """What the data lean on: how classes relate, and the codes of every list that the shapes name."""
    hierarchy = NamedNode(RDFS + "subClassOf")
    exclusive = {NamedNode(OWL + name) for name in ("disjointWith", "members")}
    exclusive |= {NamedNode(RDF + name) for name in ("first", "rest")}
    ontology, codes = engines.read(ROOT.paths("ontology")), engines.read(ROOT.paths("codes"))
    keep = {NamedNode(RDF + "type"), NamedNode(SKOS + "inScheme")}
    keep |= {NamedNode(PREFIXES["park"] + name) for name in ("ordinal", "memberClass")}
    labels = {NamedNode(SKOS + "prefLabel"), NamedNode(SKOS + "definition"), NamedNode(RDFS + "label")}
    used = "".join(accepted())
    schemes = {quad.object for quad in codes.quads_for_pattern(None, NamedNode(SKOS + "inScheme"), None)}
    wanted = {quad.subject for quad in codes if str(quad.subject) in used or quad.subject in schemes}
    for name in re.findall(r"[\w-]+:[\w-]+", "".join(_changes())):
        prefix, _, local = name.partition(":")
        wanted.add(NamedNode(PREFIXES.get(prefix, "x:") + local))
    quads = [q for q in codes if q.subject in wanted and q.predicate in keep | labels]
    quads += [q for q in ontology if q.predicate == hierarchy or q.predicate in exclusive]
    own = {line.partition(" ")[0] for line in accepted()}
    return "".join(sorted(_line(q) for q in quads if str(q.subject) not in own))


def lines(turtle: str) -> frozenset[str]:
    """Turtle with the known prefixes → N-Triples lines."""
    return frozenset(_line(quad) for quad in parse(HEADER + turtle, RdfFormat.TURTLE))


def _line(quad: Quad) -> str:
    return f"{quad.subject} {quad.predicate} {quad.object} .\n"


def _changes() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in sorted((HERE / "reject").glob("*.txt"))]


def cases() -> list[Case]:
    """Every change, in the order of the files."""
    found = []
    for file in sorted((HERE / "reject").glob("*.txt")):
        for block in re.split(r"^## ", file.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            name, _, rest = block.partition("\n")
            less, more = (
                lines("\n".join(re.findall(rf"^{re.escape(mark)} (.*)$", rest, re.MULTILINE)))
                for mark in "-+"
            )
            assert less <= accepted(), f"{name}: takes away what is not there"
            expected = frozenset(map(_expected, re.findall(r"^> (.*)$", rest, re.MULTILINE)))
            found.append(Case(name, file.stem, less, more, expected))
    return found


def _expected(line: str) -> tuple[str, ...]:
    focus, path, component, *severity, shape = line.split(" ")
    return focus, path, component, severity[0] if severity else "Violation", shape


def short(found: Found) -> tuple[str, ...]:
    """A finding as the files write it."""
    simple = found.path.startswith("<") and found.path.count("<") == 1
    path = _name(found.path) if simple else "()" if found.path else "."
    return _name(found.focus), path, found.component, found.severity, _name(found.shape)


def _name(term: str) -> str:
    return shorten(term[1:-1], PREFIXES) if term.startswith("<") else term


def shapes_name(term: object) -> str:
    """A shape as the files write it."""
    return _name(str(term))


def expanded(name: str) -> str:
    """The IRI of a short name."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def alone(graph: Store, nodes: set[str]) -> Store:
    """The shapes graph in which only `nodes` keep their targets."""
    targets = {
        f"<{SH}{name}>" for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
    }
    kept = Store()
    kept.extend(q for q in graph if not (str(q.predicate) in targets and str(q.subject) not in nodes))
    return kept

"""W3C's shapes of shapes: each rule of the syntax that they hold fires, on both engines, and has our words.

shacl-shacl.ttl is right.  shacl-shacl.txt holds what spoils it, each a block:
    ## NAME
    + TRIPLES added
    > FOCUS PATH COMPONENT      one line a finding: `.` where it has no path, `_` for a blank node
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import engines
import pytest
from parkgraph.lint.checks import read_checks
from parkgraph.lint.subject import SHSH, shacl_shacl
from parkgraph.names import RDF, expand, shorten
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from pyoxigraph import NamedNode, RdfFormat, Store, parse

HERE = Path(__file__).resolve().parent
ROOT = Root(HERE.parent.parent)
PREFIXES = prefixes(ROOT.path)
HEADER = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


class Case(NamedTuple):
    """One change.  more: what is added, in Turtle.  expected: (focus, path, component), short."""

    name: str
    more: str
    expected: set[tuple[str, str, str]]


def _cases() -> list[Case]:
    found = []
    text = (HERE / "shacl-shacl.txt").read_text(encoding="utf-8")
    for block in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        name, _, rest = block.partition("\n")
        expected = {tuple(line.split(" ")) for line in re.findall(r"^> (.*)$", rest, re.MULTILINE)}
        found.append(Case(name, "\n".join(re.findall(r"^\+ (.*)$", rest, re.MULTILINE)), expected))  # type: ignore[arg-type]
    return found


CASES = _cases()
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def _data(more: str = "") -> str:
    store = Store()
    right = (HERE / "shacl-shacl.ttl").read_text(encoding="utf-8")
    store.extend(parse(HEADER + right + more, RdfFormat.TURTLE))
    return engines.ntriples(store)


@cache
def _shapes() -> str:
    words = engines.read([file.path for file in ROOT.files("lint") if file.topic == "shacl"])
    ours = "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in words)
    return ours + "".join(f"{s} {p} {o} .\n" for s, p, o in shacl_shacl().triples)


@cache
def _fast() -> engines.shacl.Shapes:
    return engines.compiled(_shapes())


@cache
def _reference() -> engines.rdflib.Graph:
    return engines.rdflib_graph(_shapes())


def _short(found: set[engines.Found]) -> set[tuple[str, str, str]]:
    return {(_name(one.focus) or ".", _name(one.path) or ".", one.component) for one in found}


def _name(term: str) -> str:
    return shorten(term[1:-1], PREFIXES) if re.fullmatch(r"<[^>]*>", term) else "_" if term else ""


@every_case
def test_fires(case: Case) -> None:
    assert case.expected
    assert _short(engines.fast(_fast(), _data(case.more))) == case.expected


def test_is_silent_on_what_is_right() -> None:
    assert engines.fast(_fast(), _data()) == set()
    assert engines.reference(_reference(), engines.rdflib_graph(_data())) == set()


@every_case
def test_reference_agrees(case: Case) -> None:
    """On the nodes that have a name: pySHACL takes seconds for the whole graph."""
    named = {row for row in case.expected if row[0] != "_"}
    nodes = {engines.rdflib.URIRef(expand(focus, PREFIXES)) for focus, _, _ in named}
    data = engines.rdflib_graph(_data(case.more))
    assert _short(set(engines.reference_at(_reference(), data, nodes))) == named


def test_every_property_of_shacl_shacl_is_in_a_case() -> None:
    """Each property whose values it constrains gives a finding somewhere."""
    path = NamedNode(engines.SH + "path")
    constrained = {
        fact.object.value
        for fact in shacl_shacl().triples
        if fact.predicate == path and isinstance(fact.object, NamedNode)
    }
    helpers = {RDF + "first", RDF + "rest"} | {
        engines.SH + name
        for name in ("alternativePath", "inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
    }
    found = {row[1] for case in CASES for row in case.expected}
    assert {shorten(iri, PREFIXES) for iri in constrained - helpers} <= found


def test_every_shape_of_w3c_with_a_target_has_our_words() -> None:
    targeting = {
        str(fact.subject)[1:-1]
        for fact in shacl_shacl().triples
        if fact.predicate.value.startswith(engines.SH + "target")
    }
    described = {
        check.id.replace("shsh:", SHSH) for check in read_checks(ROOT) if check.id.startswith("shsh:")
    }
    assert described == targeting

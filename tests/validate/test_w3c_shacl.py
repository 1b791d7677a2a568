"""The W3C SHACL suite, Core and SPARQL, on both engines: the same findings, not only the same verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from parkgraph.graph.documents import SUBCLASS, Graph
from parkgraph.rdflib_terms import RdflibTerms
from parkgraph.read.turtle import Document, read_document
from parkgraph.validate.check import term
from parkgraph.validate.shapes import Shapes
from parkgraph.validate.wellformed import problems
from rdflib.namespace import SH

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
BASE = "http://suite/"

# pySHACL does not know $shapesGraph.
REFERENCE_LACKS = {"sparql/pre-binding/shapesGraph-001.ttl"}


class Entry(NamedTuple):
    name: str
    data: Path
    shapes: Path
    expected: Counter[tuple[str, ...]] | None  # None: the shapes graph must be refused


@pytest.fixture(scope="module")
def entries(suites_path: Path) -> list[Entry]:
    folder = suites_path / "w3c-shacl"
    return list(_read(folder, folder / "manifest.ttl"))


def _read(folder: Path, file: Path) -> Iterator[Entry]:
    base = BASE + file.relative_to(folder).as_posix()
    graph = read_document(file, base=base).graph  # not by rdflib's parser, which changes literals
    for included in graph.objects(None, MF.include):
        yield from _read(folder, folder / str(included).removeprefix(BASE))
    for listed in graph.objects(None, MF.entries):
        for entry in graph.items(listed):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            data, shapes = (
                folder / str(graph.value(action, kind)).removeprefix(BASE)
                for kind in (SHT.dataGraph, SHT.shapesGraph)
            )
            expected = None if result == SHT.Failure else Counter(_expected(graph, result))
            yield Entry(file.relative_to(folder).as_posix(), data, shapes, expected)


def _expected(graph: rdflib.Graph, report: rdflib.term.Node) -> Iterator[tuple[str, ...]]:
    for result in graph.objects(report, SH.result):
        values = (
            graph.value(result, name)
            for name in (
                SH.focusNode,
                SH.resultPath,
                SH.value,
                SH.sourceConstraintComponent,
                SH.resultSeverity,
                SH.sourceShape,
            )
        )
        yield tuple("" if v is None else "_:" if isinstance(v, rdflib.BNode) else v.n3() for v in values)


def _same_form(text: str | None) -> str:
    """As rdflib writes it; blank nodes and longer paths, whose names differ, are alike."""
    if text is None:
        return ""
    if text.startswith('"') or re.fullmatch(r"<[^<>]*>", text):
        n3: str = RdflibTerms()(term(text)).n3()
        return n3
    return "_:"


def load(path: Path, blank: str) -> Document:
    folder = next(parent for parent in path.parents if parent.name == "w3c-shacl")
    return read_document(path, base=BASE + path.relative_to(folder).as_posix(), blank=blank)


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_suite(entries: list[Entry], engine: str, run_engine) -> None:  # type: ignore[no-untyped-def]
    passed: Counter[str] = Counter()
    for entry in entries:
        shapes_document = load(entry.shapes, "s")
        shapes = Shapes(Graph([shapes_document]))
        broken = [problem for problem in problems(shapes) if problem.fault.severity == "violation"]
        if entry.expected is None:
            assert broken, f"{entry.name}: not refused"
            passed["refused"] += 1
            continue
        assert not broken, f"{entry.name}: {broken[0]}"
        if engine == "reference" and entry.name in REFERENCE_LACKS:
            continue
        classes = [fact for fact in shapes_document.triples if fact.predicate == SUBCLASS]
        found = Counter(
            (
                _same_form(result.focus),
                _same_form(result.path),
                _same_form(result.value),
                f"<{result.component}>",
                f"<{result.severity}>",
                _same_form(result.shape),
            )
            for result in run_engine(engine, Graph([load(entry.data, "d")], classes), shapes)
        )
        assert found == entry.expected, entry.name
        passed[entry.name.partition("/")[0]] += 1
    assert passed == {"core": 98, "sparql": 15 if engine == "fast" else 14, "refused": 7}

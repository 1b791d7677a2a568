"""The W3C SHACL suite, through the report graph: every result, as often as the suite counts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from parkgraph.read.turtle import Document
from parkgraph.show.findings import ReportContext
from parkgraph.show.reports import render
from parkgraph.validate.check import BrokenShapes, Options, check
from parkgraph.validate.inputs import Inputs
from parkgraph.validate.reference import rdflib_graph
from rdflib.namespace import SH

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
BASE = "http://suite/"
FIELDS = (
    SH.focusNode,
    SH.resultPath,
    SH.value,
    SH.sourceConstraintComponent,
    SH.resultSeverity,
    SH.sourceShape,
)


class Entry(NamedTuple):
    name: str
    data: Path
    shapes: Path
    expected: Counter[tuple[str, ...]] | None  # None: the shapes graph must be refused


def entries(folder: Path) -> Iterator[Entry]:
    for file in sorted(folder.rglob("*.ttl")):
        graph = rdflib_graph(load(folder, file).triples)  # not by rdflib's parser, which changes literals
        for entry in graph.subjects(rdflib.RDF.type, SHT.Validate):
            action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
            data, shapes = (
                folder / str(graph.value(action, kind)).removeprefix(BASE)
                for kind in (SHT.dataGraph, SHT.shapesGraph)
            )
            expected = None if result == SHT.Failure else results(graph, result)
            yield Entry(file.relative_to(folder).as_posix(), data, shapes, expected)


def results(graph: rdflib.Graph, report: object) -> Counter[tuple[str, ...]]:
    """The results of a report; blank nodes and longer paths, whose names differ, are alike."""
    return Counter(
        tuple(_form(graph.value(result, name)) for name in FIELDS)
        for result in graph.objects(report, SH.result)
    )


def _form(term: rdflib.term.Node | None) -> str:
    return "" if term is None else "_:" if isinstance(term, rdflib.BNode) else term.n3()


def load(folder: Path, path: Path, blank: str = "b") -> Document:
    name = path.relative_to(folder).as_posix()
    return Document(path.read_text(encoding="utf-8"), name=name, base=BASE + name, blank=blank)


@pytest.mark.parametrize("engine", ["fast", "reference"])
def test_suite(suites_path: Path, engine: str) -> None:
    folder = suites_path / "w3c-shacl"
    passed: Counter[str] = Counter()
    for entry in entries(folder):
        data, shapes = load(folder, entry.data, "d"), load(folder, entry.shapes, "s")
        try:
            report = check(Inputs((data,), (shapes,)), Options(engine=engine, allow_empty=True))  # type: ignore[arg-type]
        except BrokenShapes:
            assert entry.expected is None, entry.name
            passed["refused"] += 1
            continue
        assert entry.expected is not None, f"{entry.name}: not refused"
        text = render(ReportContext(report.findings), "turtle")
        graph = rdflib_graph(Document(text, name="report.ttl").triples)
        (node,) = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
        assert results(graph, node) == entry.expected, entry.name
        assert str(graph.value(node, SH.conforms)) == str(not entry.expected).lower(), entry.name
        assert not any("please report it" in note["en"] for note in report.notes), entry.name
        passed[entry.name.partition("/")[0]] += 1
    assert passed == {"core": 98, "sparql": 16, "refused": 7}

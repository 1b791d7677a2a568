"""Helpers: documents from texts, engines in this process (a process each would take minutes)."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from parkgraph.graph.documents import Graph
from parkgraph.names import SH
from parkgraph.read.turtle import Document
from parkgraph.validate.check import Report, check
from parkgraph.validate.engines import Engine, Reading, shapes_text
from parkgraph.validate.inputs import Inputs
from parkgraph.validate.results import Result
from parkgraph.validate.shapes import Shapes
from parkgraph.validate.vocabulary import DEFINING
from parkgraph.validate.worker import Job, lines

sys.path.insert(0, str(Path(__file__).resolve().parent))  # random_shacl

PREFIXES = """@prefix ex: <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
CORE = frozenset(DEFINING) - {SH + "SPARQLConstraintComponent"}
Run = Callable[..., list[Result]]


@pytest.fixture(autouse=True)
def _quiet_rdflib() -> None:
    # rdflib logs a traceback for every ill-formed literal, and the tests are full of them.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


@pytest.fixture
def run_engine(tmp_path: Path) -> Run:
    """Runs one engine in this process: (engine, data, shapes, targeting=None) → results as it tells them."""

    def run(
        engine: Engine, data: Graph, shapes: Shapes, targeting: Sequence[str] | None = None
    ) -> list[Result]:
        if targeting is None:
            targeting = [str(target.shape) for target in shapes.targets]
        data_file, shapes_file = tmp_path / "data.nt", tmp_path / f"{engine}.nt"
        data_file.write_text(data.ntriples(), encoding="utf-8")
        shapes_file.write_text(shapes_text(engine, shapes, targeting), encoding="utf-8")
        reading = Reading(shapes)
        told: list[Result] = []
        job = Job(
            engine=engine,
            data=str(data_file),
            shapes=str(shapes_file),
            limit=1_000_000,
            constraints=reading.several,
        )
        for line in lines(job):
            if "result" in line:
                told.append(reading.result(line["result"]))
        # A query may give a solution many times, and engines differ in how often they tell it.
        of_queries = {result.itself: result for result in told if result.component not in CORE}
        return [*(result for result in told if result.component in CORE), *of_queries.values()]

    return run


@pytest.fixture
def document() -> Callable[..., Document]:
    """A document from Turtle without prefixes: (text, name="d.ttl"); its own lines start after PREFIXES."""

    def make(text: str, name: str = "d.ttl") -> Document:
        return Document(PREFIXES + text, name=name, base=f"file:///x/{name}", blank=name[0])

    return make


@pytest.fixture
def validate(document: Callable[..., Document]) -> Callable[..., Report]:
    """Validates texts: (data, shapes, ontology=None, **options) → report."""

    def run(
        data: str | dict[str, str], shapes: str, ontology: str | None = None, **options: object
    ) -> Report:
        texts = {"d.ttl": data} if isinstance(data, str) else data
        inputs = Inputs(
            tuple(document(text, name) for name, text in texts.items()),
            (document(shapes, "s.ttl"),),
            (document(ontology, "o.ttl"),) if ontology else (),
        )
        return check(inputs, **options)  # type: ignore[arg-type]

    return run


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes Turtle files with prefixes into a folder, which becomes the current one: (name=text, …)."""
    monkeypatch.chdir(tmp_path)

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return tmp_path

    return write

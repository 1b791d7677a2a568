"""Helpers: documents from texts, engines in this process (a process each would take minutes)."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from parkgraph.cli.app import run
from parkgraph.read.turtle import Document
from parkgraph.validate.check import Options, Report, check
from parkgraph.validate.inputs import Inputs

sys.path.insert(0, str(Path(__file__).resolve().parent))  # random_shacl

PREFIXES = """@prefix ex: <http://e/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(autouse=True)
def _quiet_rdflib() -> None:
    # rdflib logs a traceback for every ill-formed literal, and the tests are full of them.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)


@pytest.fixture
def document() -> Callable[..., Document]:
    """A document from Turtle without prefixes: (text, name="d.ttl"); its own lines start after PREFIXES."""

    def make(text: str, name: str = "d.ttl") -> Document:
        return Document(PREFIXES + text, name=name, base=f"file:///x/{name}", blank=name[0])

    return make


@pytest.fixture
def validate(document: Callable[..., Document]) -> Callable[..., Report]:
    """Validates texts: (data, shapes, ontology=None, **options) → report."""

    def validate(
        data: str | dict[str, str], shapes: str, ontology: str | None = None, **options: object
    ) -> Report:
        texts = {"d.ttl": data} if isinstance(data, str) else data
        inputs = Inputs(
            tuple(document(text, name) for name, text in texts.items()),
            (document(shapes, "s.ttl"),),
            (document(ontology, "o.ttl"),) if ontology else (),
        )
        beside = {name: options.pop(name) for name in ("inferred", "explain") if name in options}
        return check(inputs, Options(**options), **beside)  # type: ignore[arg-type]

    return validate


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Writes Turtle files with prefixes into a folder, which becomes the current one: (name=text, …)."""
    monkeypatch.chdir(tmp_path)

    def write(**texts: str) -> Path:
        for name, text in texts.items():
            (tmp_path / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
        return tmp_path

    return write


class Command:
    """`parkgraph validate` in this process."""

    def __init__(self, capfd: pytest.CaptureFixture[str]) -> None:
        self.capfd = capfd

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        """Exit code, standard output, standard error."""
        self.capfd.readouterr()
        code = run(["validate", "--lang", "en", *arguments])
        return code, *self.capfd.readouterr()

    def found(self, *arguments: str) -> tuple[int, list[dict[str, Any]]]:
        """Exit code and findings."""
        code, out, _ = self(*arguments, "-f", "jsonl")
        return code, [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def command(capfd: pytest.CaptureFixture[str]) -> Command:
    return Command(capfd)

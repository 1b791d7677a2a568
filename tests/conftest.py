"""Fixtures every area shares."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, however long one takes: a failure is the change's doing.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

REPO = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def repo() -> Path:
    """The checkout's root."""
    return REPO


@pytest.fixture(scope="session")
def real_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the real graph that stays as it is while the tests run."""
    root = tmp_path_factory.mktemp("real")
    for folder in ("ontology", "kg", "queries"):
        shutil.copytree(REPO / folder, root / folder)
    return root


@pytest.fixture(scope="session")
def copies(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a graph of so many parks: the real one and copies of it."""

    def make(parks: int, errors: int = 0) -> Path:
        folder = tmp_path_factory.mktemp("copies") / "root"
        script = REPO / "scripts" / "benchmarks" / "copies.py"
        options = ["--parks", str(parks), "--errors", str(errors), "--root", str(real_root)]
        subprocess.run([sys.executable, str(script), str(folder), *options], check=True)
        return folder

    return make


@pytest.fixture(scope="session")
def article_path() -> Path:
    """The first source's text, which is not part of the repository; skips where it is absent."""
    path = REPO.parent / "shared" / "article" / "kunming-daily-2018-06-20.txt"
    if not path.is_file():
        pytest.skip("the article's text is not beside this checkout (../shared/article)")
    return path


@pytest.fixture(scope="session")
def suites_path() -> Path:
    """The folder of the W3C test suites; skips where it is absent."""
    path = REPO.parent / "shared" / "suites"
    if not path.is_dir():
        pytest.skip("the W3C suites are not beside this checkout (../shared/suites)")
    return path


@pytest.fixture(autouse=True, scope="session")
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    # Tests share one cache of their own, so that they neither use nor fill the user's.
    os.environ["PARKGRAPH_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ.pop("PARKGRAPH_ROOT", None)


SMALL_GRAPH = {
    "ontology/project.ttl": """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
park:Entity a owl:Class ; rdfs:label "实体"@zh , "entity"@en .
park:Project a owl:Class ; rdfs:subClassOf park:Entity ; rdfs:label "项目"@zh , "project"@en .
park:partOf a owl:ObjectProperty , owl:TransitiveProperty ; rdfs:label "属于"@zh , "part of"@en .
""",
    "ontology/prefixes.ttl": """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<https://w3id.org/parkgraph/ontology> sh:declare <https://w3id.org/parkgraph/ontology#prefix-project> .
<https://w3id.org/parkgraph/ontology#prefix-project> sh:prefix "project" ;
    sh:namespace "https://w3id.org/parkgraph/id/project/"^^xsd:anyURI .
""",
    "ontology/shapes/project.ttl": """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/parkgraph/shapes#Project> a sh:NodeShape ; sh:targetClass park:Project ;
    sh:property <https://w3id.org/parkgraph/shapes#Project-label> .
<https://w3id.org/parkgraph/shapes#Project-label> a sh:PropertyShape ; sh:path rdfs:label ; sh:minCount 1 ;
    sh:message "项目须有名称。"@zh , "A project has a name."@en .
""",
    "kg/project.ttl": """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix project: <https://w3id.org/parkgraph/id/project/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
project:a a park:Project ; rdfs:label "甲"@zh , "A"@en ; park:partOf project:b .
project:b a park:Project ; rdfs:label "乙"@zh , "B"@en ; park:partOf project:c .
project:c a park:Project ; rdfs:label "丙"@zh , "C"@en .
""",
}
"""A whole graph of three projects, each part of the next; file name → content."""


@pytest.fixture(scope="session")
def write_small_graph() -> Callable[[Path, Mapping[str, str | bytes]], Path]:
    """Writes SMALL_GRAPH, changed by the given files, into a folder and gives that folder."""

    def write(root: Path, changes: Mapping[str, str | bytes]) -> Path:
        for name, content in {**SMALL_GRAPH, **changes}.items():
            file = root / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return write


@pytest.fixture
def small_root(tmp_path: Path, write_small_graph: Callable[..., Path]) -> Callable[..., Path]:
    """As write_small_graph, into a folder of the test's own."""
    return lambda changes={}: write_small_graph(tmp_path / "graph", changes)


@pytest.fixture
def parkgraph(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs the command in a process of its own, from an empty folder; gives exit code, stdout, stderr."""

    def run(
        *args: str | Path, stdin: str = "", env: Mapping[str, str] = {}
    ) -> subprocess.CompletedProcess[str]:
        folder = tmp_path / "empty"
        folder.mkdir(exist_ok=True)
        return subprocess.run(
            [sys.executable, "-m", "parkgraph", *map(str, args)],
            cwd=folder,
            input=stdin,
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "LC_ALL": "C.UTF-8", **env},
            timeout=600,
        )

    return run

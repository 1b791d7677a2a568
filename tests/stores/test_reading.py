"""Validation and audit of what a store holds: the same findings, told of the graph and the node."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.evidence.audit import audit, audit_graph
from parkgraph.evidence.passages import described_in
from parkgraph.evidence.sources import namer
from parkgraph.evidence.text import load as load_text
from parkgraph.finding import Finding
from parkgraph.names import GRAPH_DATA, PARK, SOURCE
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.store.endpoint import connect
from parkgraph.store.remote import stored_graph
from store_servers import Server

Run = Callable[..., "subprocess.CompletedProcess[str]"]

NAMELESS = {
    "kg/project.ttl": """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix project: <https://w3id.org/parkgraph/id/project/> .
project:a a park:Project .
"""
}


def findings(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    """What `validate --format json` found, without places."""
    found = json.loads(done.stdout)["findings"]
    return sorted(
        ({name: one.get(name) for name in ("rule", "severity", "focus", "path", "value")} for one in found),
        key=str,
    )


def test_the_same_findings_as_of_the_files(parkgraph: Run, loaded: Server, real_root: Path) -> None:
    args = ("validate", "--root", real_root, "--format", "json")
    here, there = parkgraph(*args), parkgraph(*args, "--endpoint", loaded.url)
    assert here.returncode == there.returncode == 0, there.stderr
    assert findings(there) == findings(here)


@pytest.mark.parametrize(("lang", "said"), [("en", "A project has a name."), ("zh", "项目须有名称。")])
def test_a_finding_names_graph_and_node(
    parkgraph: Run, store: Server, small_root: Callable[..., Path], lang: str, said: str
) -> None:
    root = small_root(NAMELESS)
    assert parkgraph("load", "--unchecked", "--to", store.url, "--root", root).returncode == 0
    done = parkgraph("validate", "--endpoint", store.url, "--root", root, "--lang", lang)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"{GRAPH_DATA}\n")
    assert said in done.stdout and "project:a" in done.stdout
    one = parkgraph(
        "validate", "--endpoint", store.url, "--shapes", root / "ontology" / "shapes", "--format", "json"
    )
    assert one.returncode == 1 and len(findings(one)) == 1  # shapes may be named as ever


@pytest.mark.parametrize("args", [["kg"], ["--changed-only", "HEAD"]])
def test_what_goes_with_files_only(parkgraph: Run, small_root: Callable[..., Path], args: list[str]) -> None:
    done = parkgraph("validate", *args, "--endpoint", "http://127.0.0.1:9", "--root", small_root())
    assert (done.returncode, done.stdout) == (2, "") and "--endpoint" in done.stderr


def test_a_merged_store_is_validated_but_not_audited(
    parkgraph: Run, store: Server, small_root: Callable[..., Path]
) -> None:
    root = small_root(NAMELESS)
    assert parkgraph("load", "--unchecked", "--to", store.url, "--merged", "--root", root).returncode == 0
    assert parkgraph("validate", "--endpoint", store.url, "--root", root).returncode == 1
    done = parkgraph("audit", "--endpoint", store.url, "--root", root)
    assert done.returncode == 2 and "--merged" in done.stderr


def test_an_empty_store_is_told(parkgraph: Run, store: Server, small_root: Callable[..., Path]) -> None:
    for command in ("validate", "audit"):
        done = parkgraph(command, "--endpoint", store.url, "--root", small_root())
        assert (done.returncode, done.stdout) == (4, "") and "holds no parkgraph" in done.stderr


# --- audit ----------------------------------------------------------------------


def told(found: list[Finding]) -> list[tuple[object, ...]]:
    """Findings without places, but for those in a text."""
    return sorted(
        ((one.rule, one.severity, one.focus, one.value, str(one.messages)) for one in found), key=str
    )


def test_the_audit_is_that_of_the_files(loaded: Server, real_root: Path, article_path: Path) -> None:
    root, texts = Root(real_root), [load_text(str(article_path))]
    here = audit(root, texts)
    with connect(loaded.url, store="oxigraph", reading=True) as endpoint:
        graph = stored_graph(endpoint)
    there = audit_graph(graph, namer(prefixes(root.path)), described_in(GRAPH_DATA, graph), texts)
    assert there.counts == here.counts
    assert told(there.findings) == told(here.findings)
    (mine,), (theirs,) = here.sources, there.sources
    assert (theirs.passages, theirs.left_out) == (mine.passages, mine.left_out)


def test_evidence_that_is_wrong_in_the_store(
    parkgraph: Run, store: Server, small_root: Callable[..., Path]
) -> None:
    root = small_root({
        "kg/sources/one.ttl": f"""
@prefix park: <{PARK}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{SOURCE}one> a park:Source ; park:textLength 10 ; park:textSha256 "{"0" * 64}"^^xsd:hexBinary .
<https://w3id.org/parkgraph/id/project/a> park:evidence <{SOURCE}one/2-4> , <{SOURCE}one/8-12> .
""",
        "kg/sources/one.passages.ttl": f"""
@prefix park: <{PARK}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<{SOURCE}one/2-4> a park:Passage ; park:inSource <{SOURCE}one> ; park:start 2 ; park:end 5 ;
    park:sha256 "{"0" * 64}"^^xsd:hexBinary .
<{SOURCE}one/5-6> a park:Passage .
""",
    })  # fmt: skip
    assert parkgraph("load", "--unchecked", "--to", store.url, "--root", root).returncode == 0
    done = parkgraph("audit", "--endpoint", store.url, "--root", root, "--format", "json")
    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)["findings"]
    rules = {one["rule"] for one in found}
    assert rules == {"passage-past-end", "passages-outdated"}
    assert {one["file"] for one in found} == {GRAPH_DATA}

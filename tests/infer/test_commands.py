"""`parkgraph reason` and `parkgraph why`, and contradictions as findings."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.conformance import contradictions_in
from parkgraph.finding import Finding
from parkgraph.graph.assemble import asserted, closure_of, read_asserted, read_graph
from parkgraph.infer import explain_text
from parkgraph.names import ENTITY, PARK
from parkgraph.read.files import Root
from pyoxigraph import NamedNode, RdfFormat, Triple, parse

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeRoot = Callable[..., Path]

HEAD = """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix project: <https://w3id.org/parkgraph/id/project/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DISJOINT = {
    "ontology/place.ttl": HEAD
    + 'park:Place a owl:Class ; rdfs:label "场所"@zh , "place"@en ; owl:disjointWith park:Entity .',
    "kg/wrong.ttl": HEAD + "\nproject:c a park:Place .\n",
}


def _inferred(text: str, format: RdfFormat) -> set[Triple]:
    return {quad.triple for quad in parse(text, format)}


def test_reason_writes_what_follows_and_nothing_else(
    parkgraph: Run, small_root: MakeRoot, tmp_path: Path
) -> None:
    root = small_root()
    expected = set(closure_of(read_asserted(Root(root))).inferred)
    entity, part_of = NamedNode(PARK + "Entity"), NamedNode(PARK + "partOf")
    a, c = NamedNode(ENTITY + "project/a"), NamedNode(ENTITY + "project/c")
    assert Triple(a, part_of, c) in expected
    assert sum(triple.object == entity for triple in expected) == 3
    done = parkgraph("reason", "--root", root)
    assert done.returncode == 0, done.stderr
    assert _inferred(done.stdout, RdfFormat.TURTLE) == expected
    assert "triples that follow: 4" in done.stderr
    file = tmp_path / "inferred.nt"
    done = parkgraph("reason", "--root", root, "-o", file, "--quiet")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert _inferred(file.read_text(encoding="utf-8"), RdfFormat.N_TRIPLES) == expected


def test_reason_gives_the_same_bytes_each_time(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    assert parkgraph("reason", "--root", root).stdout == parkgraph("reason", "--root", root).stdout


def test_reason_refuses_an_unknown_format(parkgraph: Run, small_root: MakeRoot) -> None:
    assert parkgraph("reason", "--root", small_root(), "-o", "out.docx").returncode == 2
    assert parkgraph("reason", "--root", small_root(), "-f", "docx").returncode == 2


CONTRADICTION = {
    "en": """\
{root}/kg/wrong.ttl
  7:13     violation  nothing can be both a place and an entity, yet C is
       7 | project:c a park:Place .
         |             ^^^^^^^^^^
      node: project:c
      cax-dw
      C is a project: {root}/kg/project.ttl:7:13
      place and entity exclude each other: {root}/ontology/place.ttl:6:77
      every project is an entity: {root}/ontology/project.ttl:6:44
      fix: these cannot all be true: place and entity exclude each other; C is a place; every project is an \
entity; C is a project

1 violation
""",
    "zh": """\
{root}/kg/wrong.ttl
  7:13     违规  任何事物都不能既是场所又是实体，而丙如此
       7 | project:c a park:Place .
         |             ^^^^^^^^^^
      节点：project:c
      cax-dw
      丙是项目：{root}/kg/project.ttl:7:13
      场所与实体互斥：{root}/ontology/place.ttl:6:77
      凡项目皆为实体：{root}/ontology/project.ttl:6:44
      改法：以下各条不能同时为真：场所与实体互斥；丙是场所；凡项目皆为实体；丙是项目

1 项违规
""",
}


@pytest.mark.parametrize("lang", CONTRADICTION)
def test_a_contradiction_ends_reason_with_a_finding(
    parkgraph: Run, small_root: MakeRoot, tmp_path: Path, lang: str
) -> None:
    file, root = tmp_path / "inferred.nt", small_root(DISJOINT)
    done = parkgraph("reason", "--root", root, "-o", file, "--lang", lang)
    assert (done.returncode, done.stdout) == (1, CONTRADICTION[lang].format(root=root))
    assert not file.exists()


@pytest.mark.slow
def test_the_reference_engine_writes_the_same(parkgraph: Run, real_root: Path, small_root: MakeRoot) -> None:
    fast, reference = (
        parkgraph("reason", "--root", real_root, "--engine", engine) for engine in ("fast", "reference")
    )
    assert (reference.returncode, reference.stdout) == (0, fast.stdout)
    done = parkgraph("reason", "--root", small_root(DISJOINT), "--engine", "reference", "--lang", "en")
    assert done.returncode == 1
    assert "owlrl finds a contradiction: Disjoint classes" in done.stdout


def _found(root: Path) -> list[Finding]:
    documents = read_graph(Root(root))
    return contradictions_in(Root(root), documents, closure_of(asserted(documents)))


def test_a_contradiction_points_at_the_lines_behind_it(small_root: MakeRoot) -> None:
    (finding,) = _found(small_root(DISJOINT))
    assert finding.severity == "violation"
    assert finding.rule == "cax-dw"
    assert finding.focus == "project:c"
    places = {(place.file, place.line) for place in [finding.place, *finding.related]}
    assert ("kg/wrong.ttl", 7) in places
    assert ("kg/project.ttl", 7) in places
    assert ("ontology/place.ttl", 6) in places
    assert ("ontology/project.ttl", 6) in places
    assert len(places) == 4
    assert finding.file is not None and finding.file.startswith("kg/")
    notes = {place.note["en"] for place in finding.related if place.note}
    assert "every project is an entity" in notes
    assert finding.fix is not None
    assert finding.fix["en"].startswith("these cannot all be true: ")
    assert "C is a place" in finding.fix["en"]


def test_many_contradictions_are_all_told(small_root: MakeRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain_text, "TRACED", 2)
    wrong = HEAD + "project:a a park:Place . project:b a park:Place . project:c a park:Place ."
    found = _found(small_root({**DISJOINT, "kg/wrong.ttl": wrong}))
    assert [finding.focus for finding in found] == ["project:a", "project:b", "project:c"]
    assert [finding.file is not None for finding in found] == [True, True, False]
    assert all(finding.messages["zh"] and finding.messages["en"] for finding in found)


# why


def test_why_by_short_names(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("why", "project:a", "park:partOf", "project:c", "--root", small_root())
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("A: part of: C\nproject:a park:partOf project:c .\n")
    assert "(prp-trp)" in done.stdout
    assert "“part of” is transitive" in done.stdout


def test_why_by_labels_in_both_languages(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    by_name = parkgraph("why", "project:a", "park:partOf", "project:c", "--root", root, "--lang", "zh")
    by_label = parkgraph("why", "甲", "part of", "丙", "--root", root, "--lang", "zh")
    assert by_label.stdout == by_name.stdout
    assert "甲：属于：丙" in by_label.stdout


def test_why_with_a_full_iri_a_and_a_literal(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()
    done = parkgraph("why", f"<{ENTITY}project/a>", "a", f"{PARK}Entity", "--root", root)
    assert done.returncode == 0
    assert "(cax-sco)" in done.stdout
    done = parkgraph("why", "project:a", "rdfs:label", '"A"@en', "--root", root)
    assert done.returncode == 0
    assert "no evidence" in done.stdout


def test_why_as_json(parkgraph: Run, small_root: MakeRoot, tmp_path: Path) -> None:
    root = small_root()
    file = tmp_path / "why.json"
    done = parkgraph("why", "project:a", "a", "park:Entity", "-f", "json", "-o", file, "--root", root)
    assert (done.returncode, done.stdout) == (0, "")
    assert json.loads(file.read_text(encoding="utf-8"))["rule"] == "cax-sco"


def test_what_does_not_hold_is_said_with_what_does(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("why", "project:c", "park:partOf", "project:a", "--root", small_root())
    assert done.returncode == 1
    assert done.stdout == ""
    assert "neither stands in the graph nor follows" in done.stderr
    done = parkgraph("why", "project:a", "park:partOf", "project:a", "--root", small_root())
    assert "what holds there: project:b, project:c" in done.stderr


def test_an_unknown_name_is_answered_with_the_nearest(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("why", "project:a", "part off", "project:c", "--root", small_root())
    assert done.returncode == 2
    assert "nothing is called “part off”" in done.stderr
    assert "part of" in done.stderr.splitlines()[1]


@pytest.mark.parametrize(
    ("triple", "said", "near"),
    [
        (("projcet:a", "a", "park:Project"), "no prefix is called “projcet:”", "nearest: project:"),
        (("http://[bad", "a", "park:Project"), "not an IRI: “http://[bad”", "see parkgraph why --help"),
        (("zzz:a", "a", "park:Project"), "no prefix is called “zzz:”", "prefixes: park: rdf:"),
        (("project:aa", "a", "park:Project"), "says nothing of “project:aa”", "project:a"),
        (("project:a", "park:partof", "project:b"), "says nothing of “park:partof”", "nearest: park:partOf"),
        (("project:a", "a", f"<{PARK}Projet>"), "says nothing of “park:Projet”", "nearest: park:Project"),
    ],
)
def test_what_the_graph_never_heard_of_is_said_so(
    parkgraph: Run, small_root: MakeRoot, triple: tuple[str, str, str], said: str, near: str
) -> None:
    done = parkgraph("why", *triple, "--root", small_root(), "--lang", "en")
    assert (done.returncode, done.stdout) == (2, "")
    first, *more = done.stderr.splitlines()
    assert said in first
    assert near in more[0]


def test_terms_of_the_standards_are_known(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("why", "project:a", "a", "owl:Nothing", "--root", small_root())
    assert done.returncode == 1
    assert "neither stands in the graph nor follows" in done.stderr


def test_a_name_that_fits_several_is_not_guessed(parkgraph: Run, small_root: MakeRoot) -> None:
    more = HEAD + 'project:d a park:Project ; rdfs:label "甲"@zh , "D"@en .'
    done = parkgraph("why", "甲", "a", "park:Entity", "--root", small_root({"kg/more.ttl": more}))
    assert done.returncode == 2
    assert "project:a" in done.stderr and "project:d" in done.stderr

"""`parkgraph build`: whole or not at all, and the same bytes each time."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from parkgraph.cli.app import run
from parkgraph.conformance import check_graph
from parkgraph.describe import DATASET, DCAT, DCTERMS, PROV, SPDX, VOID
from parkgraph.names import GRAPH_DATA, RDF
from parkgraph.read.files import Root
from pyoxigraph import Literal, NamedNode, Store, parse

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeRoot = Callable[..., Path]

QUESTION = """\
#+ summary: {en: "Which projects are there?", zh: "有哪些项目？"}
#+ description: {en: "All of them.", zh: "全部项目。"}
#+ columns:
#+   project: {en: project, zh: 项目}
PREFIX park: <https://w3id.org/parkgraph/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?project ?projectLabel WHERE {
  VALUES ?lang { "zh" }
  ?project a park:Project ; rdfs:label ?projectLabel .
  FILTER(LANG(?projectLabel) = ?lang)
} ORDER BY ?project
"""

# The evidence rule is not what is tested here, so the small graph's projects get what the audit asks for.
EVIDENCED = {
    "ontology/source.ttl": """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
park:NewsArticle a owl:Class . park:TextPassage a owl:Class . park:Section a owl:Class .
park:evidence a owl:ObjectProperty . park:inSection a owl:ObjectProperty .
park:paragraph a owl:DatatypeProperty .
park:inSource a owl:ObjectProperty .
park:ordinal a owl:DatatypeProperty . park:start a owl:DatatypeProperty . park:end a owl:DatatypeProperty .
park:textLength a owl:DatatypeProperty . park:textSha256 a owl:DatatypeProperty .
park:sha256 a owl:DatatypeProperty .
""",
    "queries/project/all-projects.rq": QUESTION,
    "kg/project.ttl": """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix project: <https://w3id.org/parkgraph/id/project/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix passage: <https://w3id.org/parkgraph/source/paper/> .
project:a a park:Project ; rdfs:label "甲"@zh , "A"@en ; park:partOf project:b ; park:evidence passage:0-4 .
project:b a park:Project ; rdfs:label "乙"@zh , "B"@en ; park:partOf project:c ; park:evidence passage:0-4 .
project:c a park:Project ; rdfs:label "丙"@zh , "C"@en ; park:evidence passage:5-9 .
""",
}


TEXT = "甲乙丙项目开工建设。\n"
SOURCE = f"""
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix source: <https://w3id.org/parkgraph/source/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
source:paper a park:NewsArticle ; rdfs:label "报"@zh , "paper"@en ; park:textLength {len(TEXT)} ;
    park:textSha256 "{hashlib.sha256(TEXT.encode()).hexdigest().upper()}"^^xsd:hexBinary .
<https://w3id.org/parkgraph/source/paper/section/all> a park:Section ; park:inSource source:paper ;
    park:ordinal 1 ; park:start 0 ; park:end {len(TEXT)} ; rdfs:label "全文"@zh , "whole text"@en .
"""


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, write_small_graph: Callable[..., Path]) -> Path:
    """A small graph with one source, whose passages file is generated from the text."""
    root = tmp_path_factory.mktemp("template") / "graph"
    write_small_graph(root, {"kg/sources/paper.ttl": SOURCE, "paper.txt": TEXT, **EVIDENCED})
    cite = ["cite", "--root", str(root), "--write", "--article", str(root / "paper.txt")]
    subprocess.run([sys.executable, "-m", "parkgraph", *cite], check=True, capture_output=True)
    return root


@pytest.fixture
def evidenced(template: Path, tmp_path: Path) -> MakeRoot:
    """A copy of the template, changed by the given files."""

    def make(changes: Mapping[str, str | bytes] = {}) -> Path:
        root = Path(shutil.copytree(template, tmp_path / "graph"))
        for name, content in changes.items():
            (root / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def described(out: Path) -> dict[tuple[str, str], list[str]]:
    """(subject, predicate) → values of what void.ttl says."""
    found: dict[tuple[str, str], list[str]] = {}
    for quad in parse(path=out / "void.ttl"):
        assert isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal)
        found.setdefault((quad.subject.value, quad.predicate.value), []).append(quad.object.value)
    return found


def recount(out: Path) -> None:
    """Every number of void.ttl is what the files hold; every file is there with its size and digest."""
    void = described(out)
    store = Store()
    store.extend(parse(path=out / "parkgraph.nq"))
    graphs = {
        graph: {quad.triple for quad in store.quads_for_pattern(None, None, None, NamedNode(graph))}
        for graph in void[DATASET, VOID + "subset"]
    }
    assert {quad.graph_name for quad in store} == {NamedNode(graph) for graph in graphs}
    for node, triples in {**graphs, DATASET: {quad.triple for quad in store}}.items():
        subjects = {triple.subject for triple in triples}
        types = Counter(triple.object.value for triple in triples if triple.predicate.value == RDF + "type")
        uses = Counter(triple.predicate.value for triple in triples)
        told = {
            "triples": len(triples),
            "entities": sum(isinstance(subject, NamedNode) for subject in subjects),
            "distinctSubjects": len(subjects),
            "distinctObjects": len({triple.object for triple in triples}),
            "properties": len(uses),
            "classes": len(types),
        }
        assert {name: void[node, VOID + name] for name in told} == {n: [str(told[n])] for n in told}
        for one, counted, number in (("class", types, "entities"), ("property", uses, "triples")):
            parts = void.get((node, f"{VOID}{one}Partition"), [])
            if node != DATASET:
                assert {void[part, VOID + one][0]: void[part, VOID + number] for part in parts} == {
                    name: [str(count)] for name, count in counted.items()
                }

    files = contents(out)
    told_files = {iri.removeprefix(DATASET + "/file/") for iri in void[DATASET, DCAT + "distribution"]}
    assert told_files == files.keys() - {"void.ttl"}
    for name in told_files:
        file = f"{DATASET}/file/{name}"
        assert void[file, DCAT + "byteSize"] == [str(len(files[name]))]
        assert void[file + "#sha256", SPDX + "checksumValue"] == [hashlib.sha256(files[name]).hexdigest()]
    assert void[DATASET, PROV + "wasDerivedFrom"]


def test_everything_is_written(parkgraph: Run, evidenced: MakeRoot, tmp_path: Path) -> None:
    root, out = evidenced(), tmp_path / "out" / "dist"
    out.parent.mkdir()
    done = parkgraph("build", "--root", root, "-o", out, "--lang", "en")
    assert done.returncode == 0, done.stderr + done.stdout
    assert set(contents(out)) == {
        "parkgraph.ttl", "parkgraph.nq", "parkgraph.jsonld", "void.ttl", "questions.ttl",
        "answers/all-projects.en.csv", "answers/all-projects.zh.csv",
    }  # fmt: skip
    assert [path.name for path in out.parent.iterdir()] == ["dist"]
    assert "1 question answered, 3 rows" in done.stderr
    assert "\r" not in done.stderr  # progress is for terminals
    assert (out / "answers/all-projects.en.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "project,project (IRI)",
        "A,https://w3id.org/parkgraph/id/project/a",
        "B,https://w3id.org/parkgraph/id/project/b",
        "C,https://w3id.org/parkgraph/id/project/c",
    ]

    # The formats agree, and the counts can be recounted.
    store = Store()
    store.extend(parse(path=out / "parkgraph.nq"))
    turtle = {quad.triple for quad in parse(path=out / "parkgraph.ttl")}
    assert turtle == {quad.triple for quad in parse(path=out / "parkgraph.jsonld")}
    assert len(turtle) < len(store)

    recount(out)
    void = described(out)
    assert void[GRAPH_DATA + "/class/park-Project", VOID + "entities"] == ["3"]
    assert void[GRAPH_DATA + "/property/park-partOf", VOID + "triples"] == ["2"]


def test_same_bytes_each_time(parkgraph: Run, evidenced: MakeRoot, tmp_path: Path) -> None:
    # Another folder, another time zone, another order of hashes; with a warning.
    roots = [evidenced()]
    shape = roots[0] / "ontology/shapes/project.ttl"
    text = shape.read_text(encoding="utf-8")
    shape.write_text(
        text.replace("sh:minCount 1", "sh:minCount 3 ; sh:severity sh:Warning"), encoding="utf-8"
    )
    roots += [Path(shutil.copytree(roots[0], tmp_path / f"elsewhere{number}")) for number in range(2)]
    built = []
    for number, root in enumerate(roots):
        env = {"PYTHONHASHSEED": str(number), "TZ": ("UTC", "Asia/Shanghai", "America/New_York")[number]}
        out = tmp_path / f"dist{number}"
        done = parkgraph("build", "--root", root, "-o", out, env=env)
        assert done.returncode == 0, done.stderr + done.stdout
        built.append(contents(out))
    assert built[0] == built[1] == built[2]


def test_source_date(parkgraph: Run, evidenced: MakeRoot, tmp_path: Path) -> None:
    root, out = evidenced(), tmp_path / "dist"
    env = {"SOURCE_DATE_EPOCH": "1529452800"}
    assert parkgraph("build", "--root", root, "-o", out, env=env).returncode == 0
    dates = [
        quad.object
        for quad in parse(path=out / "void.ttl")
        if quad.predicate == NamedNode(DCTERMS + "modified")
    ]
    assert [date.value for date in dates] == ["2018-06-20T00:00:00Z"]  # type: ignore[union-attr]
    done = parkgraph("build", "--root", root, "-o", tmp_path / "no", env={"SOURCE_DATE_EPOCH": "soon"})
    assert done.returncode == 2
    assert not (tmp_path / "no").exists()


def test_a_build_replaces_the_one_before(parkgraph: Run, evidenced: MakeRoot, tmp_path: Path) -> None:
    root, out = evidenced(), tmp_path / "dist"
    assert parkgraph("build", "--root", root, "-o", out).returncode == 0
    (root / "queries/project/all-projects.rq").rename(root / "queries/project/projects.rq")
    text = (root / "queries/project/projects.rq").read_text(encoding="utf-8")
    (root / "queries/project/projects.rq").write_text(
        text.replace("all-projects", "projects"), encoding="utf-8"
    )
    assert parkgraph("build", "--root", root, "-o", out).returncode == 0
    assert [path.name for path in (out / "answers").iterdir() if "all" in path.name] == []


NO_NAME = EVIDENCED["kg/project.ttl"].replace('rdfs:label "丙"@zh , "C"@en ; ', "")
CONTRADICTION = """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
park:Entity owl:disjointWith park:Project .
"""


@pytest.mark.parametrize(
    ("changes", "code", "says"),
    [
        ({"kg/project.ttl": NO_NAME}, 1, "A project has a name."),
        ({"ontology/disjoint.ttl": CONTRADICTION}, 1, "cax-dw"),
        ({"kg/project.ttl": EVIDENCED["kg/project.ttl"].replace("5-9", "5-99")}, 1, "5-99"),
        ({"kg/project.ttl": "project:a a park:Project ."}, 3, "kg/project.ttl:1:1: the prefix project:"),
        ({"kg/project.ttl": b"\xff\xfe"}, 3, "UTF-16"),
        ({"kg/project.ttl": b"\xff"}, 3, "not UTF-8"),
        ({"kg/project.ttl": ""}, 3, "empty"),
        ({"queries/project/all-projects.rq": "SELECT"}, 3, "queries/project/all-projects.rq"),
    ],
)  # fmt: skip
def test_what_is_wrong_leaves_nothing_behind(
    capfd: pytest.CaptureFixture[str],
    evidenced: MakeRoot,
    tmp_path: Path,
    changes: dict[str, str | bytes],
    code: int,
    says: str,
) -> None:
    root, out = evidenced(changes), tmp_path / "out" / "dist"
    out.parent.mkdir()
    assert run(["build", "--root", str(root), "-o", str(out), "--lang", "en"]) == code
    said = capfd.readouterr()
    assert says in said.out + said.err
    assert "Traceback" not in said.err
    assert list(out.parent.iterdir()) == []


@pytest.mark.parametrize(("content", "code"), [(NO_NAME, 1), (b"\xff", 3)])
def test_what_is_wrong_leaves_the_build_before(
    evidenced: MakeRoot, tmp_path: Path, content: str | bytes, code: int
) -> None:
    root, out = evidenced({"kg/project.ttl": content}), tmp_path / "out" / "dist"
    (out / "answers").mkdir(parents=True)
    (out / "void.ttl").write_text("old", encoding="utf-8")
    assert run(["build", "--root", str(root), "-o", str(out)]) == code
    assert contents(out.parent) == {"dist/void.ttl": b"old"}


def test_a_folder_with_other_things_is_not_touched(
    capfd: pytest.CaptureFixture[str], evidenced: MakeRoot, tmp_path: Path
) -> None:
    root, out = evidenced(), tmp_path / "mine"
    out.mkdir()
    (out / "thesis.docx").write_text("years of work", encoding="utf-8")
    for place in (out, out / "thesis.docx", "/dev/null/dist"):
        assert run(["build", "--root", str(root), "-o", str(place)]) == 2
    assert "thesis.docx" in capfd.readouterr().err
    assert contents(out) == {"thesis.docx": b"years of work"}


def test_the_real_graph_builds(parkgraph: Run, real_root: Path, tmp_path: Path) -> None:
    out, cache = tmp_path / "dist", tmp_path / "cache"
    done = parkgraph("build", "--root", real_root, "-o", out, env={"PARKGRAPH_CACHE": str(cache)})
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(list(cache.glob("*.search"))) == 1  # what questions in words are found by
    answers = {path.name for path in (out / "answers").iterdir()}
    questions = {path.stem for path in (real_root / "queries").glob("*/*.rq")}
    assert answers == {f"{name}.{lang}.csv" for name in questions for lang in ("en", "zh")}
    recount(out)


PASSAGES = "kg/sources/kunming-daily-2018-06-20.passages.ttl"


@pytest.mark.parametrize(
    ("file", "old", "new", "rule"),
    [
        ("kg/project.ttl", " ;\n    park:evidence passage:73-98 .", " .", "evidence"),  # of a statement
        ("kg/project.ttl", "passage:73-98", "passage:5952-5953", "passage-past-end"),
        ("kg/project.ttl", "passage:73-98", "passage:98-73", "passage-empty"),
        ("kg/project.ttl", "passage:73-98", "passage:74-98", "evidence"),  # not generated yet
        (
            "kg/sources/kunming-daily-2018-06-20.passages.ttl",
            "park:start 73 ;",
            "park:start 99 ;",
            "passages-outdated",
        ),
        ("kg/sources/kunming-daily-2018-06-20.passages.ttl", "do not edit", "edit", "passages-outdated"),
    ],
)
def test_a_fault_is_told_once(
    real_root: Path, tmp_path: Path, file: str, old: str, new: str, rule: str
) -> None:
    root = tmp_path / "root"
    shutil.copytree(real_root, root)
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    checked = check_graph(Root(root))
    assert not checked.conforms
    violations = [found for found in checked.findings if found.severity == "violation"]
    assert [found.rule.rpartition("#")[2] for found in violations] == [rule]

"""`parkgraph export`: one file, any format, the same bytes each time."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY
from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat, Store, parse

Run = Callable[..., subprocess.CompletedProcess[str]]
MakeRoot = Callable[..., Path]

SUFFIXES = ["ttl", "nt", "nq", "trig", "rdf", "jsonld"]
LIST = '@prefix p: <http://p/> . p:x p:list ( 1 [ p:deep 5400.0 ] "中文"@zh ) .'


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_every_format_holds_the_whole_graph(
    parkgraph: Run, small_root: MakeRoot, tmp_path: Path, suffix: str
) -> None:
    root = small_root({"ontology/list.ttl": LIST})
    one, two = tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"
    for file in (one, two):
        done = parkgraph("export", "--unchecked", "--root", root, "-o", file)
        assert done.returncode == 0, done.stderr
    assert one.read_bytes() == two.read_bytes()

    store = Store()
    store.extend(parse(path=one))
    wanted = sum(
        len(list(parse(path=root / name)))
        for name in ("ontology/project.ttl", "ontology/list.ttl", "kg/project.ttl")
    )
    assert len(store) == wanted
    graphs = {graph.value for graph in store.named_graphs()}
    assert graphs == ({GRAPH_ONTOLOGY, GRAPH_DATA} if suffix in ("nq", "trig", "jsonld") else set())
    assert "5400.0" in one.read_text(encoding="utf-8")


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "rdf"])
def test_formats_say_the_same_of_the_real_graph(
    parkgraph: Run, real_root: Path, tmp_path: Path, suffix: str
) -> None:
    files = [tmp_path / "graph.nt", tmp_path / f"graph.{suffix}"]
    for file in files:
        assert parkgraph("export", "--unchecked", "--root", real_root, "--merge", "-o", file).returncode == 0
    plain, other = (Dataset(parse(path=file)) for file in files)
    for dataset in (plain, other):
        dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    assert plain == other


def test_json_ld_is_readable(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("export", "--unchecked", "--root", small_root(), "-f", "jsonld", "--merge")
    document = json.loads(done.stdout)
    assert document["@context"]["project"] == "https://w3id.org/parkgraph/id/project/"
    (project,) = (node for node in document["@graph"] if node["@id"] == "project:a")
    assert project["@type"] == "park:Project"
    assert project["park:partOf"] == {"@id": "project:b"}


def test_merge_and_choice_of_graphs(parkgraph: Run, small_root: MakeRoot) -> None:
    root = small_root()

    def quads(*args: str) -> list[str]:
        done = parkgraph("export", "--unchecked", "--root", root, "-f", "nq", *args)
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    assert not any("/graph/" in line for line in quads("--merge"))
    assert all(line.endswith(f"<{GRAPH_INFERRED}> .") for line in quads("--graphs", "inferred"))
    assert len(quads("--graphs", "all")) == sum(
        len(quads("--graphs", name)) for name in ("ontology", "data", "shapes", "inferred")
    )


def test_standard_output_is_turtle(parkgraph: Run, small_root: MakeRoot) -> None:
    done = parkgraph("export", "--unchecked", "--root", small_root())
    assert list(parse(done.stdout, RdfFormat.TURTLE))
    assert "@prefix project:" in done.stdout
    assert "@prefix sh:" not in done.stdout  # not used there


def test_failure_leaves_the_old_file(parkgraph: Run, small_root: MakeRoot, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "graph.ttl").write_text("old", encoding="utf-8")
    done = parkgraph(
        "export", "--unchecked", "--root", small_root({"kg/bad.ttl": b"\xff"}), "-o", out / "graph.ttl"
    )
    assert done.returncode == 3
    assert [path.read_text(encoding="utf-8") for path in out.iterdir()] == ["old"]


@pytest.mark.parametrize(
    "command", [("export", "--unchecked"), ("reason",), ("query", "-e", "CONSTRUCT WHERE { ?s ?p ?o }")]
)
def test_a_file_of_the_graph_is_not_written_over(
    parkgraph: Run, small_root: MakeRoot, command: tuple[str, ...]
) -> None:
    root = small_root()
    file, link = root / "kg" / "project.ttl", root / "link.ttl"
    link.symlink_to(file)
    before = file.read_bytes()
    for name in (file, link):
        done = parkgraph(*command, "-o", name, "--root", root, "--lang", "en")
        assert (done.returncode, done.stdout) == (2, "")
        assert "is read by this command: the output would replace it" in done.stderr
    assert file.read_bytes() == before


def test_a_graph_that_build_refuses_is_not_handed_on(
    parkgraph: Run, small_root: Callable[..., Path], tmp_path: Path
) -> None:
    head = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    head += "@prefix park: <https://w3id.org/parkgraph/ontology#> .\n"
    disjoint = head + "park:Place a owl:Class ; owl:disjointWith park:Project ."
    wrong = head + "<https://w3id.org/parkgraph/id/project/c> a park:Place ."
    root, file = small_root({"ontology/place.ttl": disjoint, "kg/wrong.ttl": wrong}), tmp_path / "graph.ttl"
    for command in (
        ("export", "-o", file),
        ("export", "--bulk", tmp_path / "bulk"),
        ("load", "--to", "http://127.0.0.1:9", "--dry-run"),
    ):
        done = parkgraph(*command, "--root", root)
        assert (done.returncode, done.stdout) == (1, ""), done.stderr
        assert "kg/wrong.ttl" in done.stderr and "cax-dw" in done.stderr
        assert done.stderr.splitlines()[-2:] == [
            "the data do not conform: nothing is written or sent",
            "  mend what is said above, or give --unchecked",
        ]
        assert not file.exists() and not (tmp_path / "bulk").exists()
        assert parkgraph(*command, "--root", root, "--unchecked").returncode == 0
        file.unlink(missing_ok=True)
        shutil.rmtree(tmp_path / "bulk", ignore_errors=True)

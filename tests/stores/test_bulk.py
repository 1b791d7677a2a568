"""`export --bulk`: the same bytes, all or nothing, every triple once; and Oxigraph's own loader takes it."""

from __future__ import annotations

import configparser
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Usage
from parkgraph.export import GRAPHS, collect
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_METADATA, OWL, PARK, SOURCE
from parkgraph.read.files import Root
from parkgraph.store.bulk import SHARED, export_bulk, parts_of
from parkgraph.store.canonical import Payload
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse
from store_content import content as graphs
from store_servers import oxigraph

Run = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = "projects-serving-industry"
CHOSEN = ("--graphs", ",".join(GRAPHS))


def export(parkgraph: Run, root: Path, folder: Path, *options: str) -> Path:
    """The folder, written."""
    done = parkgraph("export", "--unchecked", "--root", root, "--bulk", folder, *options)
    assert done.returncode == 0, done.stderr
    return folder


def content(folder: Path) -> dict[str, bytes]:
    """Name → bytes of every file."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def quads(folder: Path) -> list[Quad]:
    """All that the N-Quads files hold, twice what stands twice."""
    return [
        quad
        for file in sorted((folder / "quads").glob("*.nq.gz"))
        for quad in parse(gzip.decompress(file.read_bytes()), RdfFormat.N_QUADS)
    ]


def wanted(root: Path) -> dict[str, set[Triple]]:
    """Graph → the triples that `load` would send."""
    return {
        graph: {quad.triple for quad in parse(Payload(found).content, RdfFormat.N_TRIPLES)}
        for graph, found in collect(Root(root), GRAPHS).items()
    }


@pytest.fixture(scope="module")
def whole(real_root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real graph, in one part a graph."""
    folder = tmp_path_factory.mktemp("bulk") / "whole"
    export_bulk(collect(Root(real_root), GRAPHS), folder)
    return folder


@pytest.fixture(scope="module")
def many(copies: Callable[..., Path]) -> Path:
    """A root with the real park and a copy of it."""
    return copies(2)


@pytest.fixture(scope="module")
def split(many: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two parks, a graph a source."""
    folder = tmp_path_factory.mktemp("bulk") / "split"
    export_bulk(collect(Root(many), GRAPHS), folder, split=True)
    return folder


def test_the_files_hold_what_load_would_send(whole: Path, real_root: Path) -> None:
    found = quads(whole)
    held = wanted(real_root)
    assert len(found) == sum(map(len, held.values()))
    assert {(quad.triple, quad.graph_name.value) for quad in found} == {
        (triple, graph) for graph, triples in held.items() for triple in triples
    }


def test_the_same_bytes_again_and_in_the_place_of_the_first(
    parkgraph: Run, real_root: Path, whole: Path, tmp_path: Path
) -> None:
    first = content(whole)
    assert content(export(parkgraph, real_root, tmp_path / "other", *CHOSEN)) == first
    assert content(export(parkgraph, real_root, whole, *CHOSEN)) == first
    assert [path.name for path in whole.parent.iterdir()] == ["whole"]


def test_the_manifest_names_every_file(whole: Path) -> None:
    files = content(whole)
    manifest = json.loads(files.pop("manifest.json"))
    assert {entry["name"] for entry in manifest["files"]} == set(files)
    for entry in manifest["files"]:
        held = files[entry["name"]]
        assert (entry["bytes"], entry["sha256"]) == (len(held), hashlib.sha256(held).hexdigest())
        if "triples" in entry:
            lines = gzip.decompress(held).splitlines()
            assert len(lines) == entry["triples"]
            assert all(line.endswith(f"<{entry['graph']}> .".encode()) for line in lines)
            assert files[entry["name"].replace(".gz", ".graph")].decode() == entry["graph"] + "\n"
    counted: dict[str, int] = {}
    for entry in manifest["files"]:
        if "triples" in entry:
            counted[entry["graph"]] = counted.get(entry["graph"], 0) + entry["triples"]
    assert counted == manifest["triples"]


def test_small_parts(parkgraph: Run, real_root: Path, whole: Path, tmp_path: Path) -> None:
    folder = export(parkgraph, real_root, tmp_path / "small", "--part-size", "0.25")
    sizes = [len(gzip.decompress(file.read_bytes())) for file in (folder / "quads").glob("*.nq.gz")]
    assert len(sizes) > 8 and max(sizes) <= 256 * 1024
    found = [quad for quad in quads(folder) if quad.graph_name.value != GRAPH_METADATA]
    assert sorted(map(str, found)) == sorted(map(str, quads(whole)))
    assert len(found) < len(quads(folder))  # what describes the graph comes with it


def test_each_triple_is_in_one_part(split: Path, many: Path) -> None:
    found, held = quads(split), wanted(many)
    assert sorted(str(quad.triple) for quad in found) == sorted(
        str(triple) for triples in held.values() for triple in triples
    )
    for graph in (GRAPH_DATA, GRAPH_INFERRED):
        parts: dict[str, set[Triple]] = {}
        for quad in found:
            if quad.graph_name.value.startswith(graph):
                parts.setdefault(quad.graph_name.value, set()).add(quad.triple)
        assert f"{graph}/{COPY}" in parts and f"{graph}/kunming-daily-2018-06-20" in parts
        assert set().union(*parts.values()) == held[graph]
    names = {path.name for path in (split / "quads").glob(f"data.{COPY}.*")}
    assert names == {f"data.{COPY}.0001.nq.gz", f"data.{COPY}.0001.nq.graph"}


COPY = "kunming-daily-2018-06-20-park-2"


def node(name: str) -> NamedNode:
    """A thing."""
    return NamedNode(f"https://example.org/{name}")


EVIDENCE, WITHIN, ABOUT = (NamedNode(PARK + name) for name in ("evidence", "inSource", "about"))


def cited(subject: str, passage: str, source: NamedNode) -> list[Triple]:
    """A thing with evidence; the thing comes first, as it may in a file."""
    return [Triple(node(subject), EVIDENCE, node(passage)), Triple(node(passage), WITHIN, source)]


def test_a_thing_belongs_to_the_source_of_its_evidence() -> None:
    one, odd, shared = NamedNode(SOURCE + "one"), node("a?b=c/d"), NamedNode(SOURCE + SHARED)
    found = parts_of([*cited("a", "p1", one), *cited("b", "p2", odd), *cited("c", "p3", shared)])
    assert found[node("a")] == found[node("p1")] == found[one] == "one"
    # A name that means something else, or cannot stand in a file name, is replaced.
    assert found[node("b")].isalnum()
    assert found[node("c")] == found[shared] not in (SHARED, "")


def test_what_several_parts_speak_of_is_shared_with_all_it_refers_to() -> None:
    one, two = NamedNode(SOURCE + "one"), NamedNode(SOURCE + "two")
    found = parts_of(
        [
            *cited("indicator", "p1", one),
            *cited("system", "p2", one),
            *cited("figure", "p3", one),
            *cited("other-figure", "q1", two),
            *cited("both", "p4", one),
            *cited("both", "q2", two),
            Triple(node("lost"), EVIDENCE, node("nowhere")),
            Triple(node("indicator"), ABOUT, node("system")),
            Triple(node("figure"), ABOUT, node("indicator")),
            Triple(node("other-figure"), ABOUT, node("indicator")),
            *cited("reason", "p5", one),
            Triple(node("reason"), NamedNode(OWL + "annotatedSource"), node("indicator")),
        ]
    )
    assert found == {node("figure"): "one", node("p3"): "one", node("other-figure"): "two", node("q1"): "two"}


def test_what_others_put_there_stays(parkgraph: Run, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    export_bulk(graphs("old"), folder)
    (folder / "notes.txt").write_text("mine")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "manifest.json").write_text('{"kind": "another", "files": []}')
    (tmp_path / "file").write_text("x")
    before = content(tmp_path)
    for name, said in (("folder", "notes.txt"), ("full", "manifest.json"), ("file", "is a file")):
        with pytest.raises(Usage) as error:
            export_bulk(graphs("new"), tmp_path / name)
        assert said in str(error.value) and error.value.text("zh") != str(error.value)
    with pytest.raises(Usage):
        export_bulk(graphs("new"), tmp_path / "file" / "below")
    assert content(tmp_path) == before
    (folder / "notes.txt").unlink()
    export_bulk(graphs("new"), folder)
    assert len(quads(folder)) == 60 and "new" in str(quads(folder)[0])


def test_no_room_leaves_the_old(whole: Path, real_root: Path) -> None:
    before = content(whole)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    done = subprocess.run(
        [sys.executable, "-m", "parkgraph", "export", "--unchecked", "--root", real_root, "--bulk", whole],
        preexec_fn=small_files, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2 and "cannot write" in done.stderr and "Traceback" not in done.stderr
    assert content(whole) == before
    assert [path.name for path in whole.parent.iterdir()] == ["whole"]


@pytest.mark.parametrize(
    "options",
    [
        ["--split", "source"],
        ["--part-size", "1"],
        ["--bulk", "there", "-o", "x.ttl"],
        ["--bulk", "there", "--merge"],
        ["--bulk", "there", "--split", "park"],
        ["--bulk", "there", "--part-size", "0"],
        ["--bulk", "there", "--graphs", "everything"],
    ],
)
def test_wrong_usage(parkgraph: Run, real_root: Path, tmp_path: Path, options: list[str]) -> None:
    done = parkgraph("export", "--unchecked", "--root", real_root, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "there").exists()


def test_the_scripts_can_be_read(whole: Path) -> None:
    scripts = sorted(whole.glob("*.sh"))
    assert len(scripts) == 5
    for script in scripts:
        assert os.access(script, os.X_OK)
        subprocess.run(["bash", "-n", script], check=True)
        missing = subprocess.run([script], capture_output=True, text=True)
        assert script.name == "load-virtuoso.sh" or (missing.returncode and "usage: " in missing.stderr)
    request = json.loads((whole / "neptune.json").read_bytes())
    assert request["format"] == "nquads" and request["source"].startswith("s3://")
    unfilled = subprocess.run([whole / "load-neptune.sh", "host"], capture_output=True, text=True)
    assert unfilled.returncode == 2 and "neptune.json" in unfilled.stderr
    qlever = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation())
    qlever.read(whole / "Qleverfile", encoding="utf-8")
    assert qlever["data"]["FORMAT"] == "nq"
    assert sorted(whole.glob(qlever["index"]["INPUT_FILES"])) == sorted((whole / "quads").glob("*.nq.gz"))


@pytest.mark.parametrize("which", ["whole", "split"])
def test_oxigraph_loads_it(
    parkgraph: Run, request: pytest.FixtureRequest, real_root: Path, tmp_path: Path, which: str
) -> None:
    folder = request.getfixturevalue(which)
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.exists():
        pytest.skip("the wheel oxigraph is not installed")
    script, env = folder / "load-oxigraph.sh", {**os.environ, "OXIGRAPH": str(binary)}
    for _ in range(2):  # twice adds nothing
        subprocess.run([script, tmp_path / "store"], env=env, check=True, capture_output=True)
    server = oxigraph(tmp_path / "store")
    try:
        receipt = folder / "receipt.json"
        done = parkgraph("verify", "--endpoint", server.url, "--receipt", receipt)
        assert done.returncode == 0, done.stdout + done.stderr
        if which == "whole":
            there = parkgraph("ask", QUESTION, "--root", real_root, "--endpoint", server.url)
            assert there.stdout == parkgraph("ask", QUESTION, "--root", real_root).stdout
    finally:
        server.stop()

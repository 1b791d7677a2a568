"""The cache of the assembled graph: always right, whatever happens to it."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.graph import cache
from parkgraph.graph.assemble import assemble
from parkgraph.graph.cache import cache_folder, content_key, open_graph
from parkgraph.names import ENTITY
from parkgraph.read.files import Root
from pyoxigraph import NamedNode, Store

MakeRoot = Callable[..., Path]

OTHER = """
@prefix park: <https://w3id.org/parkgraph/ontology#> .
@prefix project: <https://w3id.org/parkgraph/id/project/> .
project:e a park:Project ; park:partOf project:a .
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PARKGRAPH_CACHE", str(folder))
    return folder


def graphs(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.nq"))


def content(store: Store) -> set[str]:
    return {str(quad) for quad in store}


def names_project(store: Store, slug: str) -> bool:
    return any(store.quads_for_pattern(NamedNode(f"{ENTITY}project/{slug}"), None, None, None))


def rewrite(entry: Path, written: bytes) -> None:
    """Makes a whole entry that says something else."""
    entry.write_bytes(b"# parkgraph sha256=" + hashlib.sha256(written).hexdigest().encode() + b"\n" + written)


def test_second_time_comes_from_the_cache(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root())
    first = open_graph(root)
    (entry,) = graphs(folder)
    written = entry.read_bytes()
    os.utime(entry, (1, 1))
    assert content(open_graph(root)) == content(first)
    assert entry.read_bytes() == written
    assert entry.stat().st_mtime > 1  # its use was noted


def test_what_is_in_the_entry_is_what_is_read(small_root: MakeRoot, folder: Path) -> None:
    # Shows that the second opening really reads the entry: a well-formed entry with one triple gives one.
    root = Root(small_root())
    open_graph(root)
    (entry,) = graphs(folder)
    rewrite(entry, b"<http://a> <http://b> <http://c> <http://d> .\n")
    assert len(open_graph(root)) == 1


def test_after_a_change_all_is_inferred_anew(small_root: MakeRoot, folder: Path) -> None:
    path = small_root({"kg/other.ttl": OTHER})
    assert names_project(open_graph(Root(path)), "e")
    (path / "kg/other.ttl").write_text(OTHER.replace("project:a", "project:b"), encoding="utf-8")
    assert content(open_graph(Root(path))) == content(assemble(Root(path)))
    (path / "kg/other.ttl").unlink()
    assert not names_project(open_graph(Root(path)), "e")


def test_a_file_that_changes_meanwhile_is_not_kept_as_it_was(
    small_root: MakeRoot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = small_root()

    def late(root: Root) -> Store:
        (path / "kg/other.ttl").write_text(OTHER, encoding="utf-8")  # after the key was made
        return assemble(root)

    with monkeypatch.context() as patched:
        patched.setattr(cache, "assemble", late)
        open_graph(Root(path))
    assert graphs(folder) == []
    assert names_project(open_graph(Root(path)), "e")


def test_a_change_of_any_file_is_seen(small_root: MakeRoot, folder: Path) -> None:
    path = small_root()
    root = Root(path)
    assert not names_project(open_graph(root), "d")
    before = (path / "kg/project.ttl").stat()
    text = (path / "kg/project.ttl").read_text(encoding="utf-8")
    (path / "kg/project.ttl").write_text(text.replace("project:c", "project:d"), encoding="utf-8")
    os.utime(path / "kg/project.ttl", ns=(before.st_atime_ns, before.st_mtime_ns))  # as an archive tool does
    assert names_project(open_graph(root), "d")
    assert len(graphs(folder)) == 2


def test_key_depends_on_every_input(small_root: MakeRoot, folder: Path) -> None:
    path = small_root()
    keys = {content_key(Root(path))}
    for name in (
        "ontology/project.ttl",
        "ontology/prefixes.ttl",
        "ontology/shapes/project.ttl",
        "kg/project.ttl",
    ):
        with open(path / name, "a", encoding="utf-8") as stream:
            stream.write("# changed\n")
        keys.add(content_key(Root(path)))
    (path / "kg/more.ttl").write_text("# new\n", encoding="utf-8")
    keys.add(content_key(Root(path)))
    (path / "kg/more.ttl").rename(path / "kg/other.ttl")
    keys.add(content_key(Root(path)))
    assert len(keys) == 7


@pytest.mark.parametrize("damage", ["empty", "half", "one bit", "other text", "folder"])
def test_a_damaged_entry_is_made_anew(small_root: MakeRoot, folder: Path, damage: str) -> None:
    root = Root(small_root())
    whole = content(open_graph(root))
    (entry,) = graphs(folder)
    written = entry.read_bytes()
    if damage == "folder":
        entry.unlink()
        entry.mkdir()
    else:
        flipped = bytearray(written)
        flipped[len(written) // 2] ^= 1
        damaged = {"empty": b"", "half": written[: len(written) // 2], "one bit": bytes(flipped),
                   "other text": b"\xff not a graph"}[damage]  # fmt: skip
        entry.write_bytes(damaged)
    assert content(open_graph(root)) == whole
    if damage != "folder":
        assert sorted(entry.read_bytes().splitlines()[1:]) == sorted(written.splitlines()[1:])  # whole again
    assert not list(folder.glob(".*"))


def test_the_cache_may_be_deleted(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root())
    whole = content(open_graph(root))
    shutil.rmtree(folder)
    assert content(open_graph(root)) == whole


def test_no_cache_where_none_can_be(small_root: MakeRoot, folder: Path) -> None:
    folder.write_text("a file stands where the folder should be", encoding="utf-8")
    assert names_project(open_graph(Root(small_root())), "a")
    assert folder.read_text(encoding="utf-8").startswith("a file")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read and write everything"
)
@pytest.mark.parametrize("mode", [0o000, 0o500])
def test_no_permission(small_root: MakeRoot, folder: Path, mode: int) -> None:
    folder.mkdir()
    folder.chmod(mode)
    try:
        assert names_project(open_graph(Root(small_root())), "a")
    finally:
        folder.chmod(0o700)
    assert list(folder.iterdir()) == []


def test_a_bad_input_leaves_nothing(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root({"kg/broken.ttl": "no turtle"}))
    with pytest.raises(Unreadable):
        open_graph(root)
    assert graphs(folder) == []


def test_two_processes_at_once(small_root: MakeRoot, folder: Path) -> None:
    path = small_root()
    program = (
        "import sys; from pathlib import Path; from parkgraph.graph.cache import open_graph; "
        "from parkgraph.read.files import Root; sys.stdin.read(1); "
        "print(len(open_graph(Root(Path(sys.argv[1])))))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        for _ in range(4)
    ]
    counts = {process.communicate(b"x")[0] for process in running}
    assert [process.returncode for process in running] == [0, 0, 0, 0]
    assert len(counts) == 1
    assert len(graphs(folder)) == 1
    assert not list(folder.glob(".*"))


def test_the_graphs_used_last_are_kept(
    small_root: MakeRoot, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "KEPT", 2)
    folder.mkdir()
    stays = [folder / "thesis.nq", folder / ".now.part", folder / ("0" * 64 + ".txt")]
    goes = [folder / ".left.part"]
    for file in (*stays, *goes):
        file.touch()
    os.utime(folder / ".left.part", (1000, 1000))  # of a process that died
    made = []
    for used in range(1, 4):
        root = Root(small_root({"kg/other.ttl": OTHER + "#" * used}))
        open_graph(root)
        made.append(folder / f"{content_key(root)}.nq")
        os.utime(made[-1], (used, used))
    assert sorted(folder.iterdir()) == sorted([*stays, *made[1:]])


@pytest.mark.parametrize(
    ("platform", "variables", "wanted"),
    [
        ("linux", {"PARKGRAPH_CACHE": "/a"}, "/a"),
        ("linux", {"XDG_CACHE_HOME": "/x"}, "/x/parkgraph"),
        ("linux", {"HOME": "/home/u"}, "/home/u/.cache/parkgraph"),
        ("darwin", {"HOME": "/Users/u"}, "/Users/u/Library/Caches/parkgraph"),
        ("win32", {"LOCALAPPDATA": "/l"}, "/l/parkgraph"),
    ],
)
def test_place(
    platform: str, variables: dict[str, str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PARKGRAPH_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", platform)
    assert cache_folder() == Path(wanted)

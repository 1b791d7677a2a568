"""The cache of the assembled graph: always right, whatever happens to it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import Unreadable
from parkgraph.graph import cache
from parkgraph.graph.cache import content_key, open_graph
from parkgraph.names import ENTITY
from parkgraph.read.files import Root
from pyoxigraph import NamedNode, Store

MakeRoot = Callable[..., Path]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PARKGRAPH_CACHE", str(folder))
    return folder


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def content(store: Store) -> set[str]:
    return {str(quad) for quad in store}


def names_project(store: Store, slug: str) -> bool:
    return any(store.quads_for_pattern(NamedNode(f"{ENTITY}project/{slug}"), None, None, None))


def test_second_time_comes_from_the_cache(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root())
    first = open_graph(root)
    (entry,) = entries(folder)
    written = entry.read_bytes()
    os.utime(entry, (1, 1))
    assert content(open_graph(root)) == content(first)
    assert entry.read_bytes() == written
    assert entry.stat().st_mtime > 1  # its use was noted


def test_what_is_in_the_entry_is_what_is_read(small_root: MakeRoot, folder: Path) -> None:
    # Shows that the second opening really reads the entry: a well-formed entry with one triple gives one.
    import hashlib

    root = Root(small_root())
    open_graph(root)
    (entry,) = entries(folder)
    quads = b"<http://a> <http://b> <http://c> <http://d> .\n"
    entry.write_bytes(
        b"# parkgraph graph sha256=" + hashlib.sha256(quads).hexdigest().encode() + b"\n" + quads
    )
    assert len(open_graph(root)) == 1


def test_a_change_of_any_file_is_seen(small_root: MakeRoot, folder: Path) -> None:
    path = small_root()
    root = Root(path)
    assert not names_project(open_graph(root), "d")
    before = (path / "kg/project.ttl").stat()
    text = (path / "kg/project.ttl").read_text(encoding="utf-8")
    (path / "kg/project.ttl").write_text(text.replace("project:c", "project:d"), encoding="utf-8")
    os.utime(path / "kg/project.ttl", ns=(before.st_atime_ns, before.st_mtime_ns))  # as an archive tool does
    assert names_project(open_graph(root), "d")
    assert len(entries(folder)) == 2


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
    (entry,) = entries(folder)
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
        assert cache._load(entry) is not None  # it is whole again
    assert [path.suffix for path in entries(folder)] == [".nq"]


def test_the_cache_may_be_deleted(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root())
    whole = content(open_graph(root))
    entries(folder)[0].unlink()
    folder.rmdir()
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
    assert entries(folder) == []


def test_a_bad_input_leaves_nothing(small_root: MakeRoot, folder: Path) -> None:
    root = Root(small_root({"kg/broken.ttl": "no turtle"}))
    with pytest.raises(Unreadable):
        open_graph(root)
    assert not folder.exists() or entries(folder) == []


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
    (entry,) = entries(folder)
    assert cache._load(entry) is not None


def test_old_entries_go(small_root: MakeRoot, folder: Path) -> None:
    folder.mkdir()
    old = []
    for number in range(cache.KEPT_ENTRIES + 2):
        old.append(folder / f"{number}.nq")
        old[-1].write_bytes(b"")
        os.utime(old[-1], (1000 + number, 1000 + number))
    abandoned = folder / ".left.part"
    abandoned.write_bytes(b"")
    os.utime(abandoned, (1000, 1000))
    at_work = folder / ".now.part"
    at_work.write_bytes(b"")
    open_graph(Root(small_root()))
    left = set(entries(folder))
    assert at_work in left and abandoned not in left
    assert len(left) == cache.KEPT_ENTRIES + 1
    assert old[-1] in left and old[0] not in left


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
    assert cache.cache_folder() == Path(wanted)

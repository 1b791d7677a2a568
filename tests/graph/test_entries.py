"""Files in the cache folder: whole or not there, and not too many."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest
from parkgraph.graph import entries
from parkgraph.graph.entries import cache_folder, keep, kept, prune


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("PARKGRAPH_CACHE", str(folder))
    return folder


def name_of(what: str) -> str:
    return hashlib.sha256(what.encode()).hexdigest() + ".nt"


def make(what: str, size: int, used: int) -> Path:
    keep(name_of(what), lambda stream: stream.write(b"x" * size))
    path = cache_folder() / name_of(what)
    os.utime(path, (used, used))
    return path


def test_what_is_kept_is_found(folder: Path) -> None:
    assert kept(name_of("a")) is None
    keep(name_of("a"), lambda stream: stream.write("一二\n三".encode()))
    path = kept(name_of("a"))
    assert path is not None
    assert path.read_bytes().partition(b"\n")[2] == "一二\n三".encode()
    assert [file.name for file in folder.iterdir()] == [name_of("a")]


@pytest.mark.parametrize("size", [0, 1, entries._CHUNK, entries._CHUNK + 1])
def test_any_size_will_do(folder: Path, size: int) -> None:
    path = make("a", size, 1)
    assert kept(name_of("a")) == path
    path.write_bytes(path.read_bytes() + b"y")
    assert kept(name_of("a")) is None


def test_a_failure_while_writing_leaves_nothing(folder: Path) -> None:
    def full(stream: object) -> None:
        raise OSError(28, "No space left on device")

    keep(name_of("a"), full)
    assert list(folder.iterdir()) == []


def test_the_oldest_go_when_there_is_too_much(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "KEPT_BYTES", 1000)
    first, second, third = (make(what, 400, used) for used, what in enumerate("abc"))
    prune()
    assert not first.exists() and second.exists() and third.exists()
    kept(name_of("b"))  # used now, so c is the oldest
    make("d", 400, 10**10)
    prune()
    assert second.exists() and not third.exists()


def test_the_newest_stays_however_large(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "KEPT_BYTES", 1000)
    old, new = make("a", 10, 1), make("b", 5000, 2)
    prune()
    assert new.exists() and not old.exists()


def test_what_the_cache_did_not_write_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entries, "KEPT_BYTES", 10)
    folder.mkdir()
    mine, abandoned, at_work = folder / "thesis.docx", folder / ".left.part", folder / ".now.part"
    for file in (mine, abandoned, at_work):
        file.write_bytes(b"x" * 100)
    os.utime(mine, (1, 1))
    os.utime(abandoned, (1000, 1000))
    prune()
    assert mine.exists() and at_work.exists() and not abandoned.exists()


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

"""Finding the graph's files, and reading their bytes."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from parkgraph.errors import ParkgraphError, Unreadable, Usage
from parkgraph.read.files import Root, find_root, is_installed, read_text


def test_files_by_role_and_topic(tmp_path: Path) -> None:
    roles = {
        "ontology/prefixes.ttl": ("prefixes", "prefixes"),
        "ontology/park.ttl": ("ontology", "park"),
        "ontology/codes/industry.ttl": ("codes", "industry"),
        "ontology/shapes/project.ttl": ("shapes", "project"),
        "ontology/shapes/lint/labels.ttl": ("lint", "labels"),
        "kg/project.ttl": ("data", "project"),
        "kg/sources/paper.ttl": ("data", "source"),
        "kg/sources/paper.coverage.ttl": ("data", "source"),
        "kg/sources/paper.passages.ttl": ("passages", "source"),
        "queries/project/all.rq": ("query", "project"),
    }
    for name in [*roles, "kg/notes.txt", "queries/README.md"]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    files = Root(tmp_path).files()
    assert {file.name: (file.role, file.topic) for file in files} == roles
    assert [file.name for file in files] == sorted(roles)
    assert Root(tmp_path).paths("shapes", "query") == [
        tmp_path / "ontology/shapes/project.ttl",
        tmp_path / "queries/project/all.rq",
    ]


@pytest.mark.parametrize("name", ["kg/project.ttl", "ontology/shapes/a.ttl", "queries/project/all.rq"])
def test_a_folder_called_like_a_file_is_not_read_as_a_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir(parents=True)
    with pytest.raises(Unreadable, match="this is a folder, a file is needed") as caught:
        Root(tmp_path).files()
    assert caught.value.file == str(tmp_path / name)


def test_root_is_what_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("one", "two"):
        (tmp_path / name / "kg").mkdir(parents=True)
        (tmp_path / name / "kg" / "park.ttl").touch()
    monkeypatch.setenv("PARKGRAPH_ROOT", str(tmp_path / "one"))
    assert find_root().path == tmp_path / "one"
    assert find_root(tmp_path / "two").path == tmp_path / "two"
    with pytest.raises(Usage, match="no such folder"):
        find_root(tmp_path / "three")
    (tmp_path / "three" / "kg").mkdir(parents=True)
    with pytest.raises(Usage, match="holds no graph"):
        find_root(tmp_path / "three")
    with pytest.raises(Usage, match="empty"):
        find_root("")


def test_root_is_the_nearest_folder_upward_that_holds_a_graph(
    monkeypatch: pytest.MonkeyPatch, repo: Path, tmp_path: Path, write_small_graph: Callable[..., Path]
) -> None:
    monkeypatch.delenv("PARKGRAPH_ROOT", raising=False)
    outer = write_small_graph(tmp_path / "outer", {})
    inner = write_small_graph(outer / "deep" / "inner", {})
    monkeypatch.chdir(inner / "kg")
    assert find_root().path == inner
    (inner / "kg" / "project.ttl").unlink()
    (inner / "kg").rmdir()  # ontology/ alone is no graph
    monkeypatch.chdir(inner / "ontology")
    assert find_root().path == outer
    assert find_root(near=repo / "kg" / "project.ttl").path == repo
    monkeypatch.setenv("PARKGRAPH_ROOT", str(repo))
    assert find_root().path == repo
    assert find_root(outer).path == outer
    monkeypatch.delenv("PARKGRAPH_ROOT")
    monkeypatch.chdir(tmp_path)
    assert find_root().path == repo  # of an editable installation: the checkout


def test_what_lies_in_an_installed_package(tmp_path: Path, repo: Path) -> None:
    assert is_installed(tmp_path / "lib" / "site-packages" / "parkgraph" / "data" / "kg" / "x.ttl")
    assert not is_installed(tmp_path / "x.ttl")
    assert not is_installed(repo / "kg" / "park.ttl")


def _bad(path: Path, kind: str) -> None:
    contents = {
        "not UTF-8": 'ok\n"中'.encode() + b"\xff",
        "UTF-16": "x".encode("utf-16"),
        "empty": b"",
        "blank": b" \n\t\n",
    }
    if kind == "directory":
        path.mkdir()
    elif kind != "missing":
        path.write_bytes(contents[kind])


@pytest.mark.parametrize(
    ("kind", "says", "place"),
    [
        ("missing", "no such file", (None, None)),
        ("directory", "folder", (None, None)),
        ("not UTF-8", "not UTF-8: byte 0xFF at offset 7", (2, 3)),
        ("UTF-16", "UTF-16", (1, 1)),
        ("empty", "empty", (None, None)),
        ("blank", "empty", (None, None)),
    ],
)
def test_bad_bytes(tmp_path: Path, kind: str, says: str, place: tuple[int | None, int | None]) -> None:
    path = tmp_path / "数据.ttl"
    _bad(path, kind)
    with pytest.raises(Unreadable) as caught:
        read_text(path)
    error = caught.value
    assert says in error.text("en")
    assert (error.line, error.column) == place
    assert error.file == str(path)
    assert error.exit_code == 3
    assert error.fix
    assert any("\u4e00" <= character <= "\u9fff" for character in error.text("zh").replace(str(path), ""))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_would_wait_or_never_end_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.ttl"
    if kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    with pytest.raises(Unreadable, match="not a regular file") as caught:
        read_text(path)
    assert caught.value.file == str(path)


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="no /dev/fd here")
def test_what_the_shell_hands_over_is_read() -> None:
    reader, writer = os.pipe()
    os.write(writer, "文".encode())
    os.close(writer)
    try:
        assert read_text(f"/dev/fd/{reader}") == "文"
    finally:
        os.close(reader)


def test_size_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.ttl"
    path.write_text("# " + "x" * 98, encoding="utf-8")
    monkeypatch.setenv("PARKGRAPH_MAX_BYTES", "100")
    assert len(read_text(path)) == 100
    monkeypatch.setenv("PARKGRAPH_MAX_BYTES", "99")
    with pytest.raises(Unreadable, match="larger than the limit of 99 B"):
        read_text(path)
    monkeypatch.setenv("PARKGRAPH_MAX_BYTES", "many")
    with pytest.raises(Usage):
        read_text(path)


def test_hundred_megabytes_are_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.ttl"
    with open(path, "wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(Unreadable, match="larger than the limit of 64 MiB"):
        read_text(path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "secret.ttl"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(Unreadable, match="no permission"):
        read_text(path)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read everything"
)
@pytest.mark.parametrize("folder", ["kg", "kg/sources", "queries", "queries/project", "."])
def test_a_closed_folder_is_not_an_empty_one(tmp_path: Path, folder: str) -> None:
    for name in ("kg/sources/a.ttl", "queries/project/all.rq"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    (tmp_path / folder).chmod(0)
    try:
        with pytest.raises(Unreadable, match="folder cannot be read"):
            Root(tmp_path).files()
    finally:
        (tmp_path / folder).chmod(0o700)


def test_line_ends_stay(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_bytes(b"a\r\nb\rc\n")
    assert read_text(path) == "a\r\nb\rc\n"


def test_error_without_place_says_only_the_message() -> None:
    assert ParkgraphError("wrong").text() == "wrong"
    assert ParkgraphError({"zh": "错", "en": "wrong"}, line=2, column=3).text("zh") == "2:3: 错"

"""A file appears whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest
from parkgraph.errors import Usage
from parkgraph.show.output import opened, terminal_width


def test_writes_a_file(tmp_path: Path) -> None:
    with opened(tmp_path / "x.csv") as stream:
        stream.write("中".encode())
    assert (tmp_path / "x.csv").read_text("utf-8") == "中"
    assert os.listdir(tmp_path) == ["x.csv"]


def test_an_error_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    file.write_text("old")
    with pytest.raises(RuntimeError), opened(file) as stream:
        stream.write(b"half")
        raise RuntimeError
    assert file.read_text() == "old"
    assert os.listdir(tmp_path) == ["x.csv"]


def test_nobody_sees_half_a_file(tmp_path: Path) -> None:
    file = tmp_path / "x.csv"
    with opened(file) as stream:
        stream.write(b"half")
        stream.flush()
        assert not file.exists()


def test_keeps_the_mode_of_the_old_file_and_the_usual_one_of_a_new(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("")
    old.chmod(0o640)
    (tmp_path / "usual").write_text("")
    for file in (old, new):
        with opened(file) as stream:
            stream.write(b"x")
    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_writes_through_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    link.symlink_to(target)
    with opened(link) as stream:
        stream.write(b"new")
    assert link.is_symlink() and target.read_text() == "new"


def test_writes_into_a_device(tmp_path: Path) -> None:
    with opened("/dev/null") as stream:
        stream.write(b"x")
    assert not Path("/dev/null").is_file()


@pytest.mark.parametrize("place", ["missing/x.csv", "."])
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path, place: str) -> None:
    with pytest.raises(Usage, match="cannot write"), opened(tmp_path / place):
        pass
    assert os.listdir(tmp_path) == []


def test_dash_is_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with opened("-") as stream:
        stream.write(b"out")
    assert capfdbinary.readouterr().out == b"out"


def test_width_without_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open(tmp_path / "x", "wb") as stream:
        monkeypatch.delenv("COLUMNS", raising=False)
        assert terminal_width(stream) == 80
        monkeypatch.setenv("COLUMNS", "120")
        assert terminal_width(stream) == 120
        monkeypatch.setenv("COLUMNS", "zero")
        assert terminal_width(stream) == 80


@pytest.mark.skipif(not os.path.isdir("/dev/fd"), reason="no /dev/fd here")
def test_writes_into_a_pipe_that_the_shell_hands_over() -> None:
    reader, writer = os.pipe()
    try:
        with opened(f"/dev/fd/{writer}") as stream:
            stream.write(b"x")
        os.close(writer)
        assert os.read(reader, 10) == b"x"
    finally:
        os.close(reader)


def test_a_reader_that_goes_away_is_no_wrong_place() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    try:
        with pytest.raises(BrokenPipeError), opened(f"/dev/fd/{writer}") as stream:
            stream.write(b"x")
            stream.flush()
    finally:
        os.close(writer)

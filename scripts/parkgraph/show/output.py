"""Where output goes: standard output, a file or a folder; each appears whole or not at all."""

from __future__ import annotations

import codecs
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from parkgraph.errors import Usage, system_said
from parkgraph.messages import _
from parkgraph.read.files import is_installed

Ours = Callable[[str], bool]
"""Whether a file already there (its path from the folder, with `/`) may go."""


@contextmanager
def opened(path: str | Path | None) -> Iterator[BinaryIO]:
    """A binary stream to write to: standard output for None or `-`, otherwise the file.

    The file is written beside its place and moved there when all went well; on any error the old one stays.
    Raises Usage when its folder is missing, it is a folder, or writing is not allowed.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        raw, encoding = sys.stdout.buffer, sys.stdout.encoding
        # We write UTF-8; a terminal of another encoding gets that one.
        same = encoding.replace("-", "").lower() == "utf8"
        yield raw if same else cast(BinaryIO, codecs.EncodedFile(raw, "utf-8", encoding, "backslashreplace"))
        raw.flush()
        return
    target = Path(os.path.realpath(path))  # a link keeps pointing at the file it points at
    check_file(path)
    device = os.path.exists(path) and not os.path.isfile(path)  # /dev/null, a pipe: nothing to move
    temporary = target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")
    try:
        stream = open(path, "wb") if device else open(temporary, "xb")  # noqa: SIM115 (closed below)
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with stream:
            yield stream
        if device:
            return
        try:
            if target.exists():
                os.chmod(temporary, target.stat().st_mode)
            os.replace(temporary, target)
        except OSError as error:
            raise _unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def write_all(files: Mapping[Path, bytes]) -> None:
    """Writes several files; where one cannot be written, those before it get back what they held."""
    before: dict[Path, bytes | None] = {}
    for path in files:
        path.parent.mkdir(parents=True, exist_ok=True)
        check_file(path)
    try:
        for path, content in files.items():
            held = path.read_bytes() if path.exists() else None
            with opened(path) as stream:
                stream.write(content)
            before[path] = held
    except BaseException:
        for path, held in before.items():
            path.unlink() if held is None else path.write_bytes(held)
        raise


@contextmanager
def whole_folder(folder: Path, ours: Ours) -> Iterator[Path]:
    """A new folder to write into, which takes the place of `folder` when all went well.

    Raises Usage as `check_folder`, and when the folder cannot be written; it is then as it was.
    """
    check_folder(folder, ours)
    place = Path(os.path.realpath(folder))
    mark = os.urandom(4).hex()
    new, old = (place.with_name(f"{place.name}.{word}.{mark}") for word in ("tmp", "old"))
    try:
        new.mkdir(parents=True)
        yield new
        if place.exists():
            place.rename(old)
        try:
            new.rename(place)
        except OSError:
            if old.exists():
                old.rename(place)
            raise
    except OSError as error:
        raise _unwritable(folder, error) from None
    finally:
        for path in (new, old):
            shutil.rmtree(path, ignore_errors=True)


def check_file(path: str | Path) -> None:
    """Raises Usage when no file can be at `path`: its folder is missing, or it is a folder itself."""
    target = Path(os.path.realpath(path))
    _refuse_installed(path)
    try:
        there = os.path.exists(path) or target.parent.is_dir()  # /dev/stdout may lead to nothing with a name
        reason = errno.EISDIR if target.is_dir() else None if there else errno.ENOENT
    except OSError as error:
        raise _unwritable(path, error) from None
    if reason is not None:
        raise _unwritable(path, OSError(reason, os.strerror(reason)))


def check_folder(folder: Path, ours: Ours) -> None:
    """Raises Usage when `folder` is no folder, holds files of others, or lies in an installed package."""
    _refuse_installed(folder)
    if os.path.isdir(folder):
        found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
        foreign = sorted(name for name in found if not ours(name))
        if foreign:
            listed = {"folder": folder, "foreign": foreign[:3]}
            raise Usage(
                _("{folder} holds what parkgraph did not write there: {foreign}", **listed),
                fix=_("name another folder, or empty this one"),
            )
    elif os.path.lexists(folder):
        raise Usage(_("{folder} is a file, not a folder", folder=folder), fix=_("name another folder"))


def _refuse_installed(path: str | Path) -> None:
    if is_installed(path):
        raise Usage(
            _("{path} lies in an installed package, where nothing is written", path=path),
            fix=_("work on a copy of the graph: go to its folder, or name it with --root"),
        )


def _unwritable(path: str | Path, error: OSError) -> Usage:
    return Usage(
        _("cannot write {path}: {reason}", path=path, reason=system_said(error)),
        fix=_("name a place in a folder that exists, where you may write and where there is room"),
    )


def format_for(
    given: str | None,
    file: str | Path | None,
    otherwise: str,
    known: Sequence[str],
    suffixes: Mapping[str, str],
) -> str:
    """The format `given` by its name or a suffix, else the one that the file's suffix says, else `otherwise`.

    known: all formats.  suffixes: those that are no format's name → format.  Raises Usage.
    """
    if not given and (file is None or str(file) == "-"):
        return otherwise
    word = (given or Path(file or "").suffix.removeprefix(".")).lower()
    found = suffixes.get(word, word)
    if found in known:
        return found
    if given:
        fix = _("one of: {known}", known=", ".join(known))
        raise Usage(_("unknown format: {given}", given=given), fix=fix)
    listed = " ".join(f".{suffix}" for suffix in suffixes)
    fix = _("add --format, or use one of the suffixes {known}", known=listed)
    raise Usage(_("the format of {file} cannot be told from its name", file=file), fix=fix)


def terminal_width(stream: BinaryIO) -> int:
    """Columns of the terminal behind `stream`; $COLUMNS where it is set; 80 where there is no terminal."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80

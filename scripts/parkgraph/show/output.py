"""Where output goes: standard output or a file, which appears whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from parkgraph.errors import Usage
from parkgraph.messages import _
from parkgraph.read.files import is_installed


@contextmanager
def opened(path: str | Path | None) -> Iterator[BinaryIO]:
    """A binary stream to write to: standard output for None or `-`, otherwise the file.

    The file is written beside its place and moved there when all went well; on any error the old one stays.
    Raises Usage when its folder is missing, it is a folder, or writing is not allowed.
    """
    if path is None or str(path) == "-":
        sys.stdout.flush()
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(os.path.realpath(path))  # a link keeps pointing at the file it points at
    check_place(path)
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
        if target.exists():
            os.chmod(temporary, target.stat().st_mode)
        try:
            os.replace(temporary, target)
        except OSError as error:
            raise _unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def check_place(path: str | Path) -> None:
    """Raises Usage when no file can be at `path`: its folder is missing, or it is a folder itself."""
    target = Path(os.path.realpath(path))
    refuse_installed(path)
    try:
        there = os.path.exists(path) or target.parent.is_dir()  # /dev/stdout may lead to nothing with a name
        reason = errno.EISDIR if target.is_dir() else None if there else errno.ENOENT
    except OSError as error:
        raise _unwritable(path, error) from None
    if reason is not None:
        raise _unwritable(path, OSError(reason, os.strerror(reason)))


def refuse_installed(path: str | Path) -> None:
    """Raises Usage when `path` lies in an installed package."""
    if is_installed(path):
        raise Usage(
            _("{path} lies in an installed package, where nothing is written", path=path),
            fix=_("work on a copy of the graph: go to its folder, or name it with --root"),
        )


def _unwritable(path: str | Path, error: OSError) -> Usage:
    reason = error.strerror or str(error)
    return Usage(
        _("cannot write {path}: {reason}", path=path, reason=reason),
        fix=_("name a file in a folder that exists and that you may write to"),
    )


def terminal_width(stream: BinaryIO) -> int:
    """Columns of the terminal behind `stream`; $COLUMNS where it is set; 80 where there is no terminal."""
    given = os.environ.get("COLUMNS", "")
    if given.isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80

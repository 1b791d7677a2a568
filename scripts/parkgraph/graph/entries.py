"""Files kept under the user's cache folder.

The name of each, its suffix apart, is a digest of everything that it was made from, so it can't be out of
date. Its first line, a comment, is the digest of the rest, so a damaged one is seen. Entries are written
beside their place and moved there, so processes never see half of one, and may be deleted at any time. A
cache that cannot be written makes the next start slower, nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

KEPT_BYTES = 1024 * 1024 * 1024
"""Bytes of all entries together; beyond them the ones not used longest go first."""

_ABANDONED_AFTER = 3600  # seconds; a temporary file this old belongs to no running process
_MARK = b"# parkgraph sha256="
_DIGEST = 64  # characters
_FIRST_LINE = len(_MARK) + _DIGEST + 1
_CHUNK = 1024 * 1024


def cache_folder() -> Path:
    """$PARKGRAPH_CACHE, else `parkgraph` in the platform's cache folder. It need not exist."""
    given = os.environ.get("PARKGRAPH_CACHE")
    if given:
        return Path(given).expanduser()
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "parkgraph"


def kept(name: str) -> Path | None:
    """The file of the entry `name`, when there is one and it is whole.

    Notes that it was used.  Its first line is no part of what was written.
    """
    path = cache_folder() / name
    try:
        with open(path, "rb") as stream:
            first = stream.readline(_FIRST_LINE)
            if first != _mark(stream):
                return None
    except OSError:
        return None
    with contextlib.suppress(OSError):
        os.utime(path)  # the pruning goes by this
    return path


def keep(name: str, write: Callable[[BinaryIO], object]) -> None:
    """Makes the entry `name` of what `write` writes to the stream that it is given.

    Whatever the file system has against it is passed over in silence.
    """
    folder = cache_folder()
    temporary = folder / f".{os.urandom(8).hex()}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(temporary, "x+b") as stream:
            stream.write(_MARK + b"0" * _DIGEST + b"\n")
            write(stream)
            stream.seek(_FIRST_LINE)
            mark = _mark(stream)
            stream.seek(0)
            stream.write(mark)
        os.replace(temporary, folder / name)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink()


def prune() -> None:
    """Removes what is too much, and what processes that died left; never the entry written or used last."""
    entries, left = [], KEPT_BYTES
    try:
        with os.scandir(cache_folder()) as found:
            for file in found:
                about = file.stat(follow_symlinks=False)
                if len(file.name.partition(".")[0]) == _DIGEST:
                    entries.append((about.st_mtime, about.st_size, file.path))
                elif file.name.endswith(".part") and about.st_mtime < time.time() - _ABANDONED_AFTER:
                    os.unlink(file)
    except OSError:
        return  # no folder, or another process prunes at this moment
    for number, (_, size, path) in enumerate(sorted(entries, reverse=True)):
        left -= size
        if left < 0 and number:
            with contextlib.suppress(OSError):
                os.unlink(path)


def _mark(stream: BinaryIO) -> bytes:
    """The first line for what is left of `stream`."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
    return _MARK + digest.hexdigest().encode() + b"\n"

"""The assembled and inferred graph, kept in the user's cache folder.

Its entry is one N-Quads file, named by a digest of everything it depends on: every input file's name and
bytes, the rules, the code that reads and infers, the engines' versions. So it can't be out of date; no time
stamp is trusted. Its first line, a comment, is the digest of the rest, so a damaged one is made anew. Entries
are written beside their place and moved there, so processes never see half of one, and may be deleted at any
time. A cache that cannot be written makes the next start slower, nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder
from io import BufferedRandom, BufferedReader
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from parkgraph import __version__
from parkgraph.graph.assemble import GRAPH_OF, assemble
from parkgraph.read.files import PACKAGE, Root, read_bytes, rules_file

KEPT = 8
"""Graphs that are kept; beyond them the ones not used longest go."""

_ROOMS = ("read", "graph", "infer")
_ABANDONED_AFTER = 3600  # seconds; a temporary file this old belongs to no running process
_MARK = b"# parkgraph sha256="
_DIGEST = 64  # characters
_FIRST_LINE = len(_MARK) + _DIGEST + 1


def open_graph(root: Root) -> Store:
    """The store with all four named graphs (see `assemble`), from the cache when it holds this content.

    Raises Unreadable when an input file is not what it should be; never because of the cache.
    """
    key = content_key(root)
    entry = cache_folder() / f"{key}.nq"
    store = _kept(entry)
    if store is None:
        store = assemble(root)
        if content_key(root) == key:  # no file was changed meanwhile
            with suppress(OSError):
                _keep(entry, store)
                _prune(entry.parent)
    return store


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


# --- the key -------------------------------------------------------------------


def content_key(root: Root) -> str:
    """A digest of everything the assembled graph depends on.  Raises Unreadable for a file it can't read."""
    digest = hashlib.sha256(_code_digest())
    for file in root.files(*GRAPH_OF):
        digest.update(_named(file.name, read_bytes(file.path, name=file.name)))
    return digest.hexdigest()


@cache
def _code_digest() -> bytes:
    """A digest of the program's version, the engines', the rules, and the modules that read and infer."""
    digest = hashlib.sha256(f"{__version__} {pyoxigraph.__version__} {_nemo_version()}".encode())
    digest.update(read_bytes(rules_file()))
    modules = [
        f"{room}/{name}" for room in _ROOMS for name in sorted(os.listdir(os.path.join(PACKAGE, room)))
        if name.endswith(".py")
    ]  # fmt: skip
    for name in ("names.py", *modules):
        digest.update(_named(name, read_bytes(os.path.join(PACKAGE, name))))
    return digest.digest()


def _named(name: str, content: bytes) -> bytes:
    return name.encode() + b"\0" + hashlib.sha256(content).digest()


def _nemo_version() -> str:
    # The folder's name tells it; importlib.metadata would cost as much as loading the graph.
    spec = PathFinder.find_spec("nmo_python")
    if spec is None or spec.origin is None:
        return ""
    packages = os.path.dirname(os.path.dirname(spec.origin))
    return " ".join(name for name in os.listdir(packages) if name.startswith("nemo_python-"))


# --- entries -------------------------------------------------------------------


def _kept(entry: Path) -> Store | None:
    """The graph of `entry`, when there is one and it is whole.  Notes that it was used."""
    with suppress(OSError):  # another process may remove it just now
        with open(entry, "rb") as stream:
            if stream.readline(_FIRST_LINE) != _mark(stream):
                return None
        store = Store()
        # The digest says these are the bytes we wrote, so the IRIs need no second check.
        store.load(path=entry, format=RdfFormat.N_QUADS, lenient=True)
        with suppress(OSError):
            os.utime(entry)
        return store
    return None


def _keep(entry: Path, store: Store) -> None:
    entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = entry.parent / f".{os.urandom(8).hex()}.part"
    try:
        with open(temporary, "x+b") as stream:
            stream.write(_MARK + b"0" * _DIGEST + b"\n")
            store.dump(stream, RdfFormat.N_QUADS)
            stream.seek(_FIRST_LINE)
            mark = _mark(stream)
            stream.seek(0)
            stream.write(mark)
        os.replace(temporary, entry)
    finally:
        temporary.unlink(missing_ok=True)


def _mark(stream: BufferedReader | BufferedRandom) -> bytes:
    """The first line for what is left of `stream`."""
    return _MARK + hashlib.file_digest(stream, "sha256").hexdigest().encode() + b"\n"


def _prune(folder: Path) -> None:
    """Removes all but the graphs used last, and what processes that died left."""
    graphs = sorted(folder.glob(f"{'?' * _DIGEST}.nq"), key=lambda file: file.stat().st_mtime)
    abandoned = [
        file for file in folder.glob(".*.part") if file.stat().st_mtime < time.time() - _ABANDONED_AFTER
    ]
    for file in (*graphs[:-KEPT], *abandoned):
        file.unlink(missing_ok=True)

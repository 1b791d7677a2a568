"""The assembled and inferred graph, kept under the user's cache folder.

An entry is one N-Quads file. Its name is the digest of everything it depends on (every input file's name
and bytes, the rules, this package's own reading and inferring code, the engines' versions), so it can't be
out of date; its first line is the digest of the rest, so a damaged one is seen and made anew. Entries are
written beside their place and moved there, so processes never see half of one, and may be deleted at any
time.

The content is read and hashed on every start: that takes milliseconds, and no time stamp is trusted.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
from pyoxigraph import RdfFormat, Store

from parkgraph import __version__
from parkgraph.infer.rules import rules_file
from parkgraph.read.files import Root, read_bytes

KEPT_ENTRIES = 8
"""How many graphs stay in the cache; the ones not used longest go first."""

_ABANDONED_AFTER = 3600  # seconds; a temporary file this old belongs to no running process
_MARK = b"# parkgraph graph sha256="
_PACKAGE = Path(__file__).resolve().parent.parent
_CODE = ("names.py", "read/*.py", "graph/*.py", "infer/*.py")


def open_graph(root: Root) -> Store:
    """The store with all four named graphs (see `assemble`), from the cache when it holds this content.

    Raises Unreadable when an input file is not what it should be; never because of the cache.
    """
    entry = cache_folder() / f"{content_key(root)}.nq"
    store = _load(entry)
    if store is None:
        from parkgraph.graph.assemble import assemble

        store = assemble(root)
        _save(store, entry)
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


def content_key(root: Root) -> str:
    """A digest of everything the assembled graph depends on.  Raises Unreadable for a file it can't read."""
    digest = hashlib.sha256(f"{__version__} {pyoxigraph.__version__} {_nemo_version()}".encode())
    for name, path in _inputs(root):
        content = hashlib.sha256(read_bytes(path, name=name)).digest()
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def _inputs(root: Root) -> Iterator[tuple[str, Path]]:
    for file in root.files("prefixes", "ontology", "codes", "shapes", "data", "passages"):
        yield file.name, file.path
    yield "rules", rules_file()
    for pattern in _CODE:
        for path in sorted(_PACKAGE.glob(pattern)):
            yield path.relative_to(_PACKAGE).as_posix(), path


def _nemo_version() -> str:
    # The folder's name tells it; importlib.metadata would cost as much as loading the graph.
    spec = importlib.util.find_spec("nmo_python")
    if spec is None or spec.origin is None:
        return ""
    return " ".join(path.name for path in Path(spec.origin).parent.parent.glob("nemo_python-*.dist-info"))


def _load(entry: Path) -> Store | None:
    try:
        content = entry.read_bytes()
    except OSError:
        return None
    head, _, quads = content.partition(b"\n")
    if head != _MARK + hashlib.sha256(quads).hexdigest().encode():
        return None
    store = Store()
    # The digest says these are the bytes we wrote, so the IRIs need no second check.
    store.load(quads, RdfFormat.N_QUADS, lenient=True)
    with contextlib.suppress(OSError):
        os.utime(entry)  # used now: the pruning goes by this
    return store


def _save(store: Store, entry: Path) -> None:
    quads = store.dump(format=RdfFormat.N_QUADS)
    assert quads is not None
    temporary = entry.with_name(f".{os.urandom(8).hex()}.part")
    try:
        entry.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(temporary, "xb") as stream:
            stream.write(_MARK + hashlib.sha256(quads).hexdigest().encode() + b"\n" + quads)
        os.replace(temporary, entry)
        _prune(entry.parent)
    except OSError:  # no room or no permission: the next start is slower, nothing else
        with contextlib.suppress(OSError):
            temporary.unlink()


def _prune(folder: Path) -> None:
    def last_use(path: Path) -> float:
        try:
            return path.stat().st_mtime
        except OSError:
            return 0.0

    old = sorted(folder.glob("*.nq"), key=last_use, reverse=True)[KEPT_ENTRIES:]
    old += [path for path in folder.glob(".*.part") if last_use(path) < time.time() - _ABANDONED_AFTER]
    for path in old:
        with contextlib.suppress(OSError):
            path.unlink()

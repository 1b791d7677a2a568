"""The assembled and inferred graph, and the triples of every file of it, kept in the cache.

The graph's entry is one N-Quads file, named by a digest of everything it depends on: every input file's name
and bytes, the rules, the code that reads and infers, the engines' versions. When it is not there, the files
whose own entries are (N-Triples, named by the file's name and bytes and the code) are not parsed again; what
follows from them all is inferred anew.

The content is read and hashed on every start: that takes milliseconds, and no time stamp is trusted.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder

import pyoxigraph
from pyoxigraph import RdfFormat, Store, Triple

from parkgraph import __version__
from parkgraph.graph import entries
from parkgraph.graph.assemble import assemble, triples_in
from parkgraph.read.files import PACKAGE, Role, Root, SourceFile, read_bytes, rules_file

_ROLES: tuple[Role, ...] = ("prefixes", "ontology", "codes", "shapes", "data", "passages")
_READING = ("names.py", "read", "graph")
_ALL = (*_READING, "infer")


def open_graph(root: Root) -> Store:
    """The store with all four named graphs (see `assemble`), from the cache when it holds this content.

    Raises Unreadable when an input file is not what it should be; never because of the cache.
    """
    key = content_key(root)
    store = _kept_graph(f"{key}.nq")
    if store is None:
        store = assemble(root, _read)
        if content_key(root) == key:  # no file was changed meanwhile
            entries.keep(f"{key}.nq", lambda stream: store.dump(stream, RdfFormat.N_QUADS))
            entries.prune()
    return store


def content_key(root: Root) -> str:
    """A digest of everything the assembled graph depends on.  Raises Unreadable for a file it can't read."""
    digest = hashlib.sha256(code_digest(*_ALL))
    digest.update(_nemo_version().encode() + read_bytes(rules_file()))
    for file in root.files(*_ROLES):
        digest.update(_named(file.name, read_bytes(file.path, name=file.name)))
    return digest.hexdigest()


@cache
def code_digest(*places: str) -> bytes:
    """A digest of the program's version, Oxigraph's, and of modules: `places` are files and rooms."""
    digest = hashlib.sha256(f"{__version__} {pyoxigraph.__version__}".encode())
    for name in _modules(places):
        digest.update(_named(name, read_bytes(os.path.join(PACKAGE, name))))
    return digest.digest()


def _modules(places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        if place.endswith(".py"):
            yield place
        else:
            names = os.listdir(os.path.join(PACKAGE, place))
            yield from (f"{place}/{name}" for name in sorted(names) if name.endswith(".py"))


def _named(name: str, content: bytes) -> bytes:
    return name.encode() + b"\0" + hashlib.sha256(content).digest()


def _nemo_version() -> str:
    # The folder's name tells it; importlib.metadata would cost as much as loading the graph.
    spec = PathFinder.find_spec("nmo_python")
    if spec is None or spec.origin is None:
        return ""
    packages = os.path.dirname(os.path.dirname(spec.origin))
    return " ".join(name for name in os.listdir(packages) if name.startswith("nemo_python-"))


def _kept_graph(name: str) -> Store | None:
    path = entries.kept(name)
    if path is None:
        return None
    store = Store()
    with suppress(OSError):  # another process may remove it just now
        # The digest says these are the bytes we wrote, so the IRIs need no second check.
        store.load(path=path, format=RdfFormat.N_QUADS, lenient=True)
        return store
    return None


def _read(file: SourceFile) -> list[Triple]:
    """As `assemble.read_triples`; what is kept is not parsed."""
    content = read_bytes(file.path, name=file.name)
    name = hashlib.sha256(code_digest(*_READING) + _named(file.name, content)).hexdigest() + ".nt"
    path = entries.kept(name)
    if path is not None:
        with suppress(OSError):  # another process may remove it just now
            kept = pyoxigraph.parse(path=path, format=RdfFormat.N_TRIPLES, lenient=True)
            return [quad.triple for quad in kept]
    triples = triples_in(content, file.name)
    entries.keep(name, lambda stream: pyoxigraph.serialize(triples, stream, RdfFormat.N_TRIPLES))
    return triples

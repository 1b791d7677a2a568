"""What differs between triple stores: paths, compression, size of one request, how graphs are moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from parkgraph.errors import Usage
from parkgraph.messages import _

_MIB = 1024 * 1024


class Profile(NamedTuple):
    """One kind of store.  query, update, graphs: paths after the store's URL (graphs: Graph Store Protocol,
    None where the server has none).  sign: what its answers carry in the header `Server`.  reads: where
    everybody may read a graph by that protocol, when it is another path than graphs.  sends: parameters
    that make writing a staging graph quicker; it may stay half-written then.  chunk: bytes of one request.
    gzip: takes compressed bodies.  moves: its MOVE is sound.  answers: it gives the saved questions the
    answers of the reference.  tested: run against the real server by this project's tests; the others
    follow their documentation.  lazy: it confirms before it has written to the disk.
    """

    title: str
    query: str
    update: str
    graphs: str | None
    sign: str = ""
    reads: str = ""
    sends: tuple[tuple[str, str], ...] = ()
    chunk: int = 16 * _MIB
    gzip: bool = False
    moves: bool = False
    answers: bool = False
    tested: bool = False
    lazy: bool = False


PROFILES: Mapping[str, Profile] = {
    "oxigraph": Profile(
        "Oxigraph", "/query", "/update", "/store", "oxigraph",
        sends=(("no_transaction", ""),), gzip=True, moves=True, answers=True, tested=True,
    ),
    # Virtuoso 7.2.5 finds no labels in most of the saved questions; see docs/stores.md.
    "virtuoso": Profile(
        "Virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth", "virtuoso",
        reads="/sparql-graph-crud", moves=True, tested=True, lazy=True,
    ),
    # MOVE onto a graph that exists lost triples in Fuseki 5.6.0 with TDB2; see docs/stores.md.
    "fuseki": Profile(
        "Apache Jena Fuseki", "/query", "/update", "/data", "fuseki", gzip=True, answers=True, tested=True
    ),
    "graphdb": Profile("GraphDB", "", "/statements", "/rdf-graphs/service", "graphdb"),
    "rdf4j": Profile("RDF4J Server", "", "/statements", "/rdf-graphs/service"),
    "blazegraph": Profile("Blazegraph", "", "", None, chunk=1 * _MIB),
    "stardog": Profile("Stardog", "/query", "/update", "", "stardog"),
    "neptune": Profile("Amazon Neptune", "/sparql", "/sparql", "/sparql/gsp/", "neptune"),
    "qlever": Profile("QLever", "", "", None, "qlever", chunk=4 * _MIB),
    "generic": Profile("SPARQL 1.1", "", "", None, chunk=1 * _MIB),
}  # fmt: skip
"""Name of `--store` → profile."""


def profile_named(name: str) -> Profile:
    """The profile called `name`.  Raises Usage."""
    if name not in PROFILES:
        known = ", ".join(PROFILES)
        raise Usage(
            _("unknown store: {name}", name=name),
            fix=_("one of: {known}", known=known),
        )
    return PROFILES[name]


def base_url(url: str) -> str:
    """The store's URL without a slash at its end.

    Raises Usage when it is none, or holds a password: what stands on a command line is seen by others.
    """
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        parts, port_fits = urlsplit(""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_fits or parts.query:
        raise Usage(
            _("not the URL of a store: {shown}", shown=_shown(url)),
            fix=_("e.g. http://127.0.0.1:7878"),
        )
    if parts.username is not None or parts.password is not None:
        raise Usage(
            _("no user or password in the URL"),
            fix=_("put them into PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, or into ~/.netrc"),
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


def _shown(url: str) -> str:
    """`url` for a message; nothing before an @, which may be a password."""
    return "…@" + url.rpartition("@")[2] if "@" in url else url


def trimmed(base: str, profile: Profile) -> str:
    """`base` without the profile's own path, so that `http://host:7878/query` means the store too."""
    for path in (profile.query, profile.update, profile.graphs):
        if path and base.endswith(path.rstrip("/")):
            return base.removesuffix(path.rstrip("/"))
    return base


def recognised(headers: Mapping[str, str]) -> str | None:
    """The name of the profile whose server answers with these headers (names in lower case)."""
    server = headers.get("server", "").lower()
    if "fuseki-request-id" in headers:
        return "fuseki"
    return next((name for name, one in PROFILES.items() if one.sign and one.sign in server), None)

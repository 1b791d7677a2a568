"""What differs between triple stores: paths, compression, size of one request, how graphs are moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit, urlunsplit

from parkgraph.errors import Usage
from parkgraph.messages import Message, _

_MIB = 1024 * 1024


class Profile(NamedTuple):
    """One kind of store.  query, update, graphs: paths after the store's URL (graphs: Graph Store Protocol,
    None where the server has none).  quads: where it adds N-Quads, all of a request or nothing.
    sign: what its answers carry in the header `Server`.  reads: where everybody may read a graph by that
    protocol, when it is another path than graphs.  sends: parameters that make writing a staging graph
    quicker; it may stay half-written then.  chunk: bytes of one request.  gzip: takes compressed bodies.
    moves: its MOVE is sound.  answers: it gives the saved questions the answers of the reference.
    tested: run against the real server by this project's tests.  lazy: it confirms before it has written to
    the disk.  writes, keeps: the setting by which it takes what is sent, and gives it back as it was.
    """

    title: str
    query: str
    update: str
    graphs: str | None
    quads: str | None = None
    sign: str = ""
    reads: str = ""
    sends: tuple[tuple[str, str], ...] = ()
    chunk: int = 16 * _MIB
    gzip: bool = False
    moves: bool = False
    answers: bool = False
    tested: bool = False
    lazy: bool = False
    writes: Message | None = None
    keeps: Message | None = None


PROFILES: Mapping[str, Profile] = {
    "oxigraph": Profile(
        "Oxigraph", "/query", "/update", "/store", "/store", "oxigraph",
        sends=(("no_transaction", ""),), gzip=True, moves=True, answers=True, tested=True,
        writes=_("it takes data when it is started with `oxigraph serve`, not serve-read-only"),
    ),
    # Virtuoso 7.2.5 finds no labels in most of the saved questions; see docs/stores.md.
    "virtuoso": Profile(
        "Virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud-auth", None, "virtuoso",
        reads="/sparql-graph-crud", moves=True, tested=True, lazy=True,
        writes=_("its user needs the role SPARQL_UPDATE: GRANT SPARQL_UPDATE TO … in isql"),
    ),
    # MOVE onto a graph that exists lost triples in Fuseki 5.6.0 with TDB2; see docs/stores.md.
    "fuseki": Profile(
        "Apache Jena Fuseki", "/query", "/update", "/data", "/data", "fuseki",
        gzip=True, answers=True, tested=True,
        writes=_("it takes data when it is started with --update, or its configuration has fuseki:gsp-rw"),
    ),
    "rdf4j": Profile("RDF4J Server", "", "/statements", "/rdf-graphs/service", "/statements", tested=True),
    "blazegraph": Profile(
        "Blazegraph", "", "", None, chunk=1 * _MIB,
        keeps=_("make the namespace with com.bigdata.rdf.store.AbstractTripleStore.inlineDateTimes=false"),
    ),
    "generic": Profile("SPARQL 1.1", "", "", None, chunk=1 * _MIB),
}  # fmt: skip
"""Name of `--store` → profile."""

_PATHS = ("query", "update", "graphs")


def profile_named(name: str) -> Profile:
    """The profile called `name`; generic may be followed by paths: `generic:query=/query,update=/update`.

    Raises Usage.
    """
    kind, __, options = name.partition(":")
    given: dict[str, Any] = dict(one.partition("=")[::2] for one in options.split(",") if one)
    if kind not in PROFILES or (given and kind != "generic") or not given.keys() <= {*_PATHS}:
        known = _(
            "one of: {known}; generic takes paths: generic:query=/query,update=/update,graphs=/data",
            known=", ".join(PROFILES),
        )
        raise Usage(_("unknown store: {name}", name=name), fix=known)
    return PROFILES[kind]._replace(**given)


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
            # Before an @ may stand a password.
            _("not the URL of a store: {shown}", shown="…@" + url.rpartition("@")[2] if "@" in url else url),
            fix=_("e.g. http://127.0.0.1:7878"),
        )
    if parts.username is not None or parts.password is not None:
        raise Usage(
            _("no user or password in the URL"),
            fix=_("put them into PARKGRAPH_STORE_USER and PARKGRAPH_STORE_PASSWORD, or into ~/.netrc"),
        )
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/"), "", ""))


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

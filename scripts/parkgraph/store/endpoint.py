"""One store as the rest sees it: its graphs read, written, measured and moved."""

from __future__ import annotations

import calendar
import contextlib
import gzip
import re
import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
)

from parkgraph.errors import Remote, Usage
from parkgraph.messages import Quoted, _
from parkgraph.store.canonical import HASH_LIMIT, Measure, Payload, measure_store, results_by_value
from parkgraph.store.http import Answer, Http, Parameters, Refused, find_login, is_local
from parkgraph.store.profiles import Profile, base_url, profile_named, recognised, trimmed

DEFAULT_TIMEOUT = 600.0
"""Seconds for one call."""

READ_TIMEOUT = 60.0
"""Seconds for one call of those who only ask."""

FORGOTTEN_AFTER = 24 * 3600
"""Seconds after which the next load removes the staging graphs of one that never ended."""

_MARK = "?staging="  # stands between a graph's IRI and the mark of a load in the IRI of its staging graph
_TIME = "%Y%m%dT%H%M%SZ"
_STAGING = re.compile(r".*" + re.escape(_MARK) + r"(\d{8}T\d{6}Z)-[0-9a-f]{8}")

_NTRIPLES, _NQUADS = "application/n-triples", "application/n-quads"
_TRIPLES = f"{_NTRIPLES}, text/turtle;q=0.5"
_RESULTS = "application/sparql-results+json"
_SMALLEST = 64 * 1024  # bytes; a server that refuses this much is refused in turn


def staging_of(graphs: Iterable[str]) -> dict[str, str]:
    """Graph → its staging graph, for a load that begins now."""
    mark = f"{time.strftime(_TIME, time.gmtime())}-{secrets.token_hex(4)}"
    return {graph: f"{graph}{_MARK}{mark}" for graph in graphs}


def is_forgotten(staging: str) -> bool:
    """Whether its load began so long ago that it cannot still run."""
    named = _STAGING.fullmatch(staging)
    with contextlib.suppress(ValueError):  # the name of no moment
        begun = calendar.timegm(time.strptime(named[1], _TIME)) if named else time.time()
        return time.time() - begun > FORGOTTEN_AFTER
    return False


@contextmanager
def connect(
    url: str, *, store: str | None = None, user: str | None = None, timeout: float = DEFAULT_TIMEOUT,
    reading: bool = False,
) -> Iterator[Endpoint]:  # fmt: skip
    """The store at `url`.

    store: name of its profile; without one the server is asked.  user: whose password to ask for.
    timeout: seconds for one call.  reading: a server of unknown kind will do, at its query address.
    Raises Usage, Remote.
    """
    if not 0 < timeout <= threading.TIMEOUT_MAX:
        raise Usage(_("not a time limit: {timeout:g} s", timeout=timeout))
    base = base_url(url)
    login = find_login(urlsplit(base).hostname or "", user)
    with Http(base, login, timeout=timeout) as http:
        name = store or _recognise(http, reading)
        yield Endpoint(http, name, profile_named(name))


def _recognise(http: Http, reading: bool) -> str:
    for path in ("", "/query", "/sparql"):
        try:
            headers = http.call("GET", http.base + path, params=[("query", "ASK {}")]).headers
        except Refused as refused:
            if refused.status in (401, 403):
                raise
            continue
        found = recognised(headers)
        if found:
            return found
    # These two run in a server of their user's choice, whose name is in the headers.
    root, __, repository = http.base.partition("/repositories")
    for name, path, sign in (
        ("rdf4j", root + "/protocol", rb"\s*\d+\s*"),
        ("blazegraph", http.base, rb"(?s).*bigdata.*"),  # what the service says of itself
    ):
        with contextlib.suppress(Refused):
            if re.fullmatch(sign, http.call("GET", path).body):
                if name == "rdf4j" and not repository.strip("/"):
                    raise Usage(
                        _("{base} is an RDF4J server, and names no repository", base=http.base),
                        fix=_("give the address of one: {root}/repositories/NAME", root=root),
                    )
                return name
    if reading:
        return "generic"
    raise Usage(
        _("what kind of store {base} is cannot be told", base=http.base),
        fix=_("name it with --store; generic does for most that take SPARQL 1.1"),
    )


class Endpoint:
    """A store and its profile.  Every method raises Remote."""

    def __init__(self, http: Http, name: str, profile: Profile) -> None:
        self.http = http
        self.name = name
        self.profile = profile
        self.base = trimmed(http.base, profile)

    @property
    def exposed(self) -> bool:
        """Whether a login would go through a network unencrypted."""
        return urlsplit(self.base).scheme == "http" and not is_local(self.base)

    # --- reading --------------------------------------------------------------

    def query(self, text: str, graphs: Sequence[str] = ()) -> QuerySolutions | QueryBoolean:
        """What the store answers to a SELECT or ASK, literals by value.

        graphs: IRIs that make up the default graph.
        """
        answer = self._ask(text, graphs, _RESULTS)
        try:
            return parse_query_results(results_by_value(answer.body), QueryResultsFormat.JSON)
        except (SyntaxError, ValueError, KeyError, TypeError) as error:
            raise self._gibberish(str(error)) from None

    def construct(self, text: str, graphs: Sequence[str] = ()) -> list[Triple]:
        """What the store answers to a CONSTRUCT or DESCRIBE, literals by value."""
        return [quad.triple for quad in self._loaded(self._ask(text, graphs, _TRIPLES))]

    def measure(self, graph: str, sent: Payload | None = None) -> Measure:
        """Number, histogram and, up to HASH_LIMIT, hash of what the graph holds.

        sent: what it should hold, which is the answer when the store gives back just that.
        """
        given = None
        if sent is not None and sent.wanted.sha256 is not None:
            given = self._fetched(graph)
            if _is_plain(given) and sent.is_all_of(given.body):
                return sent.wanted
        counted = self.counted(graph)
        if counted.triples > HASH_LIMIT:
            return counted
        return measure_store(self._whole(graph, counted, given))

    def counted(self, graph: str) -> Measure:
        """Number and histogram, as the store itself counts them."""
        text = f"SELECT ?p (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} GROUP BY ?p"
        found = self.query(text)
        predicates = {}
        for row in found if isinstance(found, QuerySolutions) else ():
            predicate, number = row["p"], row["n"]
            if isinstance(predicate, NamedNode) and isinstance(number, Literal):
                predicates[predicate.value] = int(number.value)
        return Measure(sum(predicates.values()), dict(sorted(predicates.items())), None)

    def graph(self, graph: str) -> list[Triple]:
        """All triples of one graph, by value.  Raises Remote when the store gives back only a part."""
        found = self._whole(graph, self.counted(graph))
        return [quad.triple for quad in found]

    def ntriples(self, graph: str) -> str:
        """One graph as N-Triples, by value, in an order that stays.  Raises as `graph`."""
        found = self._whole(graph, self.counted(graph))
        written = found.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) or b""
        return b"".join(sorted(written.splitlines(keepends=True))).decode()

    def _whole(self, graph: str, counted: Measure, given: Answer | None = None) -> Store:
        """The graph as the default graph of a local store, in which `counted` triples are.

        By the Graph Store Protocol where that gives all of it, else in pages.  given: what that gave.
        """
        wanted = counted.triples
        found = self._loaded(given or self._fetched(graph)) if wanted else Store()
        if len(found) < wanted:
            self._add_pages(graph, found, wanted)
        if len(found) < wanted:
            told = {"base": self.base, "n": len(found), "wanted": wanted, "graph": graph}
            said = _("{base} gives back only {n} of the {wanted} triples of {graph}", **told)
            fix = _("raise its limit on the size of answers (Virtuoso: ResultSetMaxRows)")
            raise Remote(said, fix=fix)
        return found

    def _fetched(self, graph: str) -> Answer:
        """What one request gives of the graph."""
        if self.profile.graphs is not None:
            url = self.base + (self.profile.reads or self.profile.graphs)
            with contextlib.suppress(Refused):  # not every reader may use this way
                headers = {"Accept": _TRIPLES}
                return self.http.call("GET", url, params=[("graph", graph)], headers=headers)
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
        return self._ask(text, (), _TRIPLES)

    def _add_pages(self, graph: str, found: Store, wanted: int) -> None:
        """Adds what the store cut off (Virtuoso does after ResultSetMaxRows), in pages of what it gave.

        No order is asked for: stores refuse to sort much, and whether all came is known from the number.
        """
        size, start = len(found), 0
        while size and len(found) < wanted and start < wanted + size:
            text = f"SELECT ?s ?p ?o WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT {size} OFFSET {start}"
            text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {{ {text} }} }}"
            found.extend(Quad(*triple) for triple in self.construct(text))
            start += size

    def holds(self, graph: str) -> bool:
        """Whether the store has any triple in the graph."""
        return bool(self.query(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"))

    def staging_left(self, graphs: Iterable[str]) -> list[str]:
        """Staging graphs of `graphs` that an earlier load, or one that runs now, has in the store."""
        names = " ".join(f'"{graph}{_MARK}"' for graph in graphs)
        found = self.query(
            f"SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} VALUES ?start {{ {names} }} "
            "FILTER(STRSTARTS(STR(?g), ?start)) }"
        )
        rows = found if isinstance(found, QuerySolutions) else ()
        return sorted(row["g"].value for row in rows if isinstance(row["g"], NamedNode))

    # --- writing --------------------------------------------------------------

    def put(self, graph: str, content: Payload) -> Iterator[int]:
        """Makes `content` that of the graph; gives the number of bytes sent so far.

        Repeating it changes nothing. A server that finds a request too large gets smaller ones.
        """
        sent, size = 0, self.profile.chunk
        while piece := content.piece(sent, size):
            try:
                self._send(graph, piece, first=sent == 0)
            except Refused as refused:
                if refused.status != 413 or len(piece) <= _SMALLEST:
                    raise
                size = len(piece) // 2
                continue
            sent += len(piece)
            yield sent

    def post(self, graphs: Mapping[str, Payload]) -> None:
        """Adds all graphs in one request, which the store does whole or not at all."""
        body = b"".join(line for graph, content in graphs.items() for line in content.quads(graph))
        assert self.profile.quads is not None
        self._sent("POST", self.base + self.profile.quads, _NQUADS, body, [], repeatable=False)

    def drop(self, graphs: Iterable[str]) -> None:
        """Removes the graphs; those that don't exist too."""
        self.update("; ".join(_dropping(graph) for graph in graphs))

    def move(self, pairs: Mapping[str, str], emptied: Iterable[str] = ()) -> None:
        """Puts every staging graph in the place of its target, in one request.

        pairs: target → staging.  emptied: graphs to remove in the same request.  Raises Uncertain when the
        connection breaks.
        """
        steps = [self._moving(staging, target) for target, staging in pairs.items()]
        steps += [_dropping(graph) for graph in emptied]
        self.update("; ".join(steps), repeatable=False)

    def add(self, pairs: Mapping[str, str]) -> None:
        """Adds every staging graph to its target (target → staging), in one request; the staging stays."""
        self.update("; ".join(_copying(staging, target) for target, staging in pairs.items()))

    def update(self, text: str, *, repeatable: bool = True) -> None:
        """Runs a SPARQL Update."""
        kind = {"Content-Type": "application/sparql-update; charset=utf-8"}
        url = self.base + self.profile.update
        self.http.call("POST", url, body=text.encode(), headers=kind, repeatable=repeatable)

    # --- inside ---------------------------------------------------------------

    def _send(self, graph: str, piece: bytes, *, first: bool) -> None:
        if self.profile.graphs is None:
            start = f"{_dropping(graph)}; " if first else ""
            self.update(f"{start}INSERT DATA {{ GRAPH <{graph}> {{\n{piece.decode()}}} }}")
            return
        params = [("graph", graph), *self.profile.sends]
        self._sent("PUT" if first else "POST", self.base + self.profile.graphs, _NTRIPLES, piece, params)

    def _sent(
        self, method: str, url: str, kind: str, body: bytes, params: Parameters, *, repeatable: bool = True
    ) -> None:
        headers = {"Content-Type": kind}
        if self.profile.gzip and not is_local(self.base):
            headers["Content-Encoding"] = "gzip"
            body = gzip.compress(body, compresslevel=1, mtime=0)
        self.http.call(method, url, params=params, body=body, headers=headers, repeatable=repeatable)

    def _moving(self, staging: str, target: str) -> str:
        if self.profile.moves:
            return f"MOVE GRAPH <{staging}> TO GRAPH <{target}>"
        # The last step fails, and all with it, when there is no staging graph any more.
        return "; ".join([_dropping(target), _copying(staging, target), f"DROP GRAPH <{staging}>"])

    def _ask(self, text: str, graphs: Sequence[str], accept: str) -> Answer:
        form = [("query", text), *(("default-graph-uri", graph) for graph in graphs)]
        url = self.base + self.profile.query
        return self.http.call("POST", url, form=form, headers={"Accept": accept})

    def _loaded(self, answer: Answer) -> Store:
        store = Store()
        try:
            store.bulk_load(answer.body, RdfFormat.N_TRIPLES if _is_plain(answer) else RdfFormat.TURTLE)
        except SyntaxError as error:
            raise self._gibberish(str(error)) from None
        return store

    def _gibberish(self, said: str) -> Remote:
        base, quoted = self.base, Quoted(said)
        told = _("{base} answered what cannot be read, or only a part: {said}", base=base, said=quoted)
        return Remote(told, fix=_("is this the address of a SPARQL store? --store names its kind"))


def _is_plain(answer: Answer) -> bool:
    """Whether it is N-Triples."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip()
    return kind in (_NTRIPLES, "text/plain", "")


def _dropping(graph: str) -> str:
    return f"DROP SILENT GRAPH <{graph}>"


def _copying(staging: str, target: str) -> str:
    return f"INSERT {{ GRAPH <{target}> {{ ?s ?p ?o }} }} WHERE {{ GRAPH <{staging}> {{ ?s ?p ?o }} }}"

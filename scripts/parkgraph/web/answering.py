"""What a worker of the server does: pages, questions, queries and graphs, as status, media type and bytes.

Which form or language a client wants most is found by Accept and Accept-Language (RFC 9110, 12.5).
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

from pyoxigraph import NamedNode, QueryBoolean, QueryTriples, RdfFormat, parse

from parkgraph import __version__
from parkgraph.api import Graph
from parkgraph.errors import ParkgraphError, Usage
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.sandbox import no_new_files
from parkgraph.graph.sparql import check_query, is_keyword, query_errors, tokens
from parkgraph.messages import _
from parkgraph.show.results import Result, Table, Triples, write
from parkgraph.web.content import GRAPHS as NAMED
from parkgraph.web.overview import Given
from parkgraph.web.page import environment
from parkgraph.web.site import Site
from parkgraph.web.workers import Limits, Work

GRAPHS = {
    "text/turtle": "ttl",
    "application/n-triples": "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
"""Media type → format of triples; the first is given to who takes any."""
ROWS = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media type → format of rows."""
PAGE = {"text/html": "html", "application/xhtml+xml": "html"}

MEDIA = {format: media for media, format in [*reversed(ROWS.items()), *reversed(GRAPHS.items())]}
"""Format → its media type."""

_CALLED = {"rdf": "xml", "jsonld": "json"}  # what a format of triples is called where results are written


class Reply(NamedTuple):
    """status: of HTTP.  type: media type."""

    status: int
    type: str
    body: bytes


def load(graph: Graph, limits: Limits) -> Work:
    """Reads the graph, and gives what a worker does: `work(name, …)` calls the method of that name."""
    answering = Answering(Site(graph, live=True), limits)
    answering.site.graph.finder.find("park", limit=1)  # its index is made once, for all workers
    return lambda name, *given: getattr(answering, name)(*given)


class Answering:
    """Answers requests on one site."""

    def __init__(self, site: Site, limits: Limits) -> None:
        self.site = site
        self.limits = limits

    def about(self) -> tuple[str, set[str], Mapping[str, str]]:
        """The digest of the graph, the places of things, the ids of the questions with their forms."""
        forms: dict[str, str] = {one.id: one.form for one in self.site.questions.values()}
        return self.site.digest, set(self.site.addresses.iri_at), forms

    def page(self, path: str, given: Given) -> Reply | None:
        """A page or a file of the site; None when nothing is there."""
        file = self.site.file(path, given)
        return file and Reply(200, file.type, file.content)

    def there(self, bare: str) -> str | None:
        """Where the page of what has this bare place is, from the folder of a language."""
        return self.site.there(bare)

    def missing(self, path: str) -> Reply:
        """The page that offers the nearest things."""
        words = path.rstrip("/").rpartition("/")[2].replace("-", " ").removesuffix(".html")
        try:
            hits = self.site.graph.find(words, kind="thing", limit=5)
        except ParkgraphError:
            hits = []
        page = self.site.missing([hit.name.iri for hit in hits])
        return Reply(404, "text/html; charset=utf-8", page.encode())

    def question(self, id: str, given: Given, lang: str, format: str) -> Reply:
        """The answer to a saved question.  given: its parameters, and basis.  Raises Usage."""
        asked = self.site.questions[id]
        parameters = {name: values for name, values in given.items() if name != "basis"}
        if asked.language in parameters:
            lang = parameters.pop(asked.language)[-1]
        answer = self.site.graph.ask(
            asked, lang=lang, basis=given.get("basis", ()), limit=self.limits.rows + 1, **parameters  # type: ignore[arg-type]
        )  # fmt: skip
        offered = GRAPHS if answer.kind == "triples" else ROWS
        if format not in offered.values():
            formats = sorted({*offered.values()})
            raise Usage(_("{id} is given as {formats}", id=id, formats=formats))
        self._few(len(answer))
        return self._written(answer.result, format, lang=answer.lang)

    def sparql(
        self, text: str, default: Sequence[str], named: Sequence[str], rows: str, triples: str
    ) -> Reply:
        """The answer to a query.

        default, named: graphs of the data set that the request names.  rows, triples: formats, "" where the
        client takes none for this kind of answer.  Raises Usage, Unreadable."""
        check_query(text, self.site.prefixes, dataset=True)
        chosen: dict[str, Any] = {"default_graph": QUESTION_GRAPHS}
        if default or named:
            given = {"default_graph": default, "named_graphs": named}
            chosen = {name: [self._graph(iri) for iri in iris] for name, iris in given.items()}
        elif any(is_keyword(token, "FROM") for token in tokens(text)):  # the query names its graphs itself
            chosen = {}
        with query_errors(text), no_new_files():
            found = self.site.store.query(text, prefixes=self.site.prefixes, **chosen)
            rest = () if isinstance(found, QueryBoolean) else found
            some: list[Any] = [*islice(rest, self.limits.rows + 1)]
        self._few(len(some))
        format = triples if isinstance(found, QueryTriples) else rows
        if not format:
            raise NotAcceptable(_("none of the media types that are asked for can be given"))
        if isinstance(found, QueryBoolean):
            return self._written(bool(found), format)
        if isinstance(found, QueryTriples):
            return self._written(Triples(some), format)
        columns = [variable.value for variable in found.variables]
        return self._written(Table(columns, [*map(tuple, some)]), format, named=True)

    def graph(self, iri: str, format: str) -> Reply | None:
        """A named graph, or the three of the questions together for ""; None when there is none."""
        graphs = [self._graph(iri).value] if iri else NAMED
        triples = [quad.triple for one in graphs for quad in self.site.quads(one)]
        return self._written(Triples(triples), format) if triples or not iri else None

    def service(self, url: str, format: str) -> Reply:
        """The description of the endpoint at `url` (SPARQL 1.1 Service Description)."""
        text = (
            environment("en").get_template("service.ttl").render(url=self._graph(url), sizes=self.site.sizes)
        )
        return self._written(Triples(quad.triple for quad in parse(text, RdfFormat.TURTLE)), format)

    def tool(self, name: str, given: Mapping[str, Any]) -> Any:
        """What a tool for assistants gives.  Raises ParkgraphError."""
        return getattr(self._tools, name)(**given)

    @cached_property
    def _tools(self) -> Any:
        from parkgraph.mcp import Tools

        return Tools(self.site.graph)

    def openapi(self) -> Reply:
        """The description of the calls."""
        template = environment("en").get_template("openapi.json")
        described = json.loads(template.render(site=self.site, version=__version__, graphs=GRAPHS, rows=ROWS))
        return Reply(200, "application/json", json.dumps(described, ensure_ascii=False).encode())

    def _graph(self, iri: str) -> NamedNode:
        try:
            return NamedNode(iri)
        except ValueError:
            raise Usage(_("not an IRI: {said}", said=iri[:200])) from None

    def _few(self, rows: int) -> None:
        if rows > self.limits.rows:
            raise Usage(_("more than {n} rows: ask for fewer with LIMIT", n=self.limits.rows))

    def _written(self, result: Result, format: str, **options: Any) -> Reply:
        stream = io.BytesIO()
        prefixes = self.site.prefixes
        write(result, _CALLED.get(format, format), stream, prefixes=prefixes, **options)
        body = stream.getvalue()
        if len(body) > self.limits.size:
            raise Usage(_("the answer has more than {n} bytes: ask for less", n=self.limits.size))
        return Reply(200, MEDIA[format], body)


class NotAcceptable(ParkgraphError):
    """The client takes none of the forms that the answer has."""

    status = 406


def best(header: str, offered: Sequence[str]) -> str | None:
    """The one of `offered` media types or languages that fits best; earlier ones win. None when none fits."""
    wanted = list(map(_range, header.split(","))) if header.strip() else [("*", 1.0)]
    ranked = [(-_weight(one, wanted), at, one) for at, one in enumerate(offered)]
    weight, __, chosen = min(ranked)
    return chosen if weight < 0 else None


def _range(text: str) -> tuple[str, float]:
    name, *parameters = (part.strip().lower() for part in text.split(";"))
    weight = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                weight = min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                weight = 0.0
    return name, weight


def _weight(one: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Of the most specific range that fits: a type itself, `text/*` or `zh-CN` for zh, then all."""
    found = (-1, 0.0)
    for name, weight in wanted:
        if name == one:
            rank = 2
        elif (name.endswith("/*") and one.startswith(name[:-1])) or name.startswith(one + "-"):
            rank = 1
        elif name in ("*", "*/*"):
            rank = 0
        else:
            continue
        found = max(found, (rank, weight))
    return found[1]

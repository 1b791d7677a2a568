"""The pages live, with SPARQL 1.1 Protocol, Graph Store Protocol for reading, linked data and REST (ASGI)."""

from __future__ import annotations

import asyncio
import difflib
import hashlib
import json
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from parkgraph.api import Graph
from parkgraph.errors import ParkgraphError, Remote, Unreadable
from parkgraph.messages import LANGS, Text, _, in_language
from parkgraph.names import BASE
from parkgraph.web.answering import GRAPHS, PAGE, ROWS, Reply, best, load
from parkgraph.web.page import policy
from parkgraph.web.site import ASSETS, TYPES
from parkgraph.web.workers import Busy, Late, Limits, Workers

_CACHE = 64 * 1024 * 1024  # bytes of answers that are remembered
_RETRY = "2"  # seconds
_HEADERS = {
    "Content-Security-Policy": policy("graph") + "; frame-ancestors 'none'",  # also of the worker
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
}
_FORM = "application/x-www-form-urlencoded"
_QUERY = "application/sparql-query"
_FILES = (".ttl", ".jsonld", ".nt", ".rdf", ".gz", ".js", ".txt")  # of the site, beside pages
_FORMATS = {**ROWS, **GRAPHS, **PAGE}


class Refused(ParkgraphError):
    """A request that cannot be answered.  status: of HTTP.  headers: to send with it."""

    def __init__(
        self, status: int, message: Text, headers: dict[str, str] | None = None, *, fix: Text | None = None
    ) -> None:
        super().__init__(message, fix=fix)
        self.status, self.headers = status, headers or {}


def application(graph: Graph, limits: Limits | None = None, *, assistants: bool = False) -> Starlette:
    """The server's application.

    graph: not read yet; that is done in a process of its own.  assistants: with their tools at `/mcp`.
    To be made before there are threads."""
    limits = limits or Limits()
    server, beside = Server(Workers(lambda: load(graph, limits), limits), limits), None
    if assistants:
        from parkgraph.mcp import http_app

        beside = http_app(graph, do=server.tool)
    addresses = {
        "/sparql": server.guarded(server.sparql, ("GET", "HEAD", "POST")),
        "/graph-store": server.guarded(server.graph_store),
        "/graph/{name}": server.guarded(server.named_graph),
        "/api/openapi.json": server.guarded(lambda request: server.reply(request, "openapi")),
        "/api/questions": server.guarded(lambda request: server.reply(request, "openapi")),
        "/api/questions/{id}": server.guarded(server.question),
        "/assets/{name}": server.guarded(server.asset),
        "/": server.guarded(server.home),
        "/{path:path}": server.guarded(server.page),
    }
    methods = ["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"]
    routes = [Route(path, handler, methods=methods) for path, handler in addresses.items()]
    routes = [*(beside.routes if beside else ()), *routes]
    application = Starlette(routes=routes, lifespan=beside.router.lifespan_context if beside else None)
    application.state.server = server
    return application


class Server:
    """Answers requests: from memory what was answered before, the rest by a worker."""

    def __init__(self, workers: Workers, limits: Limits) -> None:
        self.workers = workers
        self.limits = limits
        self._digest = ""
        self._kept: OrderedDict[Any, Reply] = OrderedDict()
        self._size = 0

    # --- Frame ------------------------------------------------------------------------------------------

    def guarded(
        self, handler: Callable[[Request], Awaitable[Response]], methods: Sequence[str] = ("GET", "HEAD")
    ) -> Callable[..., Awaitable[Response]]:
        """The handler with what is wrong told as a problem (RFC 9457), and headers for every reply."""

        async def handle(request: Request) -> Response:
            try:
                if request.method == "OPTIONS":
                    allowed = {"Allow": "GET, HEAD, POST", "Access-Control-Allow-Methods": "GET, HEAD, POST",
                               "Access-Control-Allow-Headers": "Accept, Content-Type"}  # fmt: skip
                    return Response(status_code=204, headers=_HEADERS | allowed)
                if request.method not in methods:
                    text = _("only {methods}: the graph is read-only", methods=list(methods))
                    raise Refused(405, text, {"Allow": ", ".join(methods)})
                response = await handler(request)
                for name, value in _HEADERS.items():
                    response.headers.setdefault(name, value)
                return response
            except (ClientDisconnect, asyncio.CancelledError):
                return Response(status_code=499)  # nobody reads it
            except (Busy, Late) as error:
                return _problem(request, Refused(503, self._why(error), {"Retry-After": _RETRY}))
            except ParkgraphError as error:
                return _problem(request, error)

        return handle

    async def reply(self, request: Request, *work: Any) -> Response:
        """What a worker gives for `work`, which always gives something."""
        found = await self.find(request, *work)
        assert found is not None
        return found

    async def find(self, request: Request, *work: Any) -> Response | None:
        """What a worker gives for `work`, or was given before; None where it gives nothing.

        A client that has the answer already is told so; one that leaves stops the worker."""
        key = json.dumps(work, sort_keys=True)
        tag = f'W/"{(await self.digest())[:12]}-{hashlib.sha256(key.encode()).hexdigest()[:12]}"'
        headers = {"ETag": tag, "Vary": "Accept, Accept-Language", "Cache-Control": "no-cache"}
        if key in self._kept:
            self._kept.move_to_end(key)
            if tag in request.headers.get("if-none-match", ""):
                return Response(status_code=304, headers=headers)
            found: Reply | None = self._kept[key]
        else:
            found = await self.workers.do(*work, gone=_gone(request))
            if found is not None and found.status == 200:
                self._keep(key, found)
        if found is None:
            return None
        return Response(found.body, found.status, headers, found.type)

    def _keep(self, key: str, reply: Reply) -> None:
        self._size += len(reply.body) if key not in self._kept else 0
        self._kept[key] = reply
        while self._size > _CACHE:
            __, old = self._kept.popitem(last=False)
            self._size -= len(old.body)

    async def digest(self) -> str:
        """Of the graph."""
        if not self._digest:
            self._digest, self._folders, self._questions = await self.workers.do("about")
        return self._digest

    async def tool(self, name: str, given: dict[str, Any]) -> Any:
        """What a tool for assistants gives, by a worker.  Raises ParkgraphError."""
        try:
            return await self.workers.do("tool", name, given)
        except (Busy, Late) as error:
            raise Remote(self._why(error)) from None

    def _why(self, error: Busy | Late) -> Text:
        if isinstance(error, Busy):
            return _("too much to do just now")
        return _("stopped: it took longer than {s:g} s, or too much memory", s=self.limits.seconds)

    # --- Pages and linked data ----------------------------------------------------------------------------

    async def home(self, request: Request) -> Response:
        """To the home page in the reader's language."""
        return RedirectResponse(f"/{_lang(request)}/index.html", 303, {"Vary": "Accept-Language"})

    async def asset(self, request: Request) -> Response:
        """A script, the style sheet or the engine."""
        file = ASSETS / request.path_params["name"]
        if file.parent != ASSETS or not file.is_file():
            return Response(status_code=404)
        kind = TYPES.get(file.suffix, "application/octet-stream")
        return Response(file.read_bytes(), headers={"Cache-Control": "no-cache"}, media_type=kind)

    async def page(self, request: Request) -> Response:
        """A page or a file; at the address of a thing, the form that the client wants most."""
        path = request.path_params["path"]
        await self.digest()
        bare = path.removesuffix("index.html").rstrip("/")
        if path.partition("/")[0] not in LANGS and not path.endswith(_FILES):
            moved = await self._negotiated(request, bare)
            if moved is not None:
                return moved
        elif path.partition("/")[0] in LANGS and not path.endswith(".html"):
            path = f"{bare}.html" if "/" in bare else f"{bare}/index.html"
        found = await self.find(
            request, "page", path, _given(request.scope["query_string"]) if path.endswith(".html") else {}
        )
        if found is not None:
            name = path.partition("/")[2].removesuffix(".html")
            found.headers["Content-Security-Policy"] = f"{policy(name)}; frame-ancestors 'none'"
            return found
        wanted = best(request.headers.get("accept", ""), [*PAGE, *GRAPHS])
        if wanted in PAGE:
            reply = await self.workers.do("missing", path)
            return Response(reply.body, 404, media_type=reply.type)
        raise Refused(404, _("nothing is at /{path}", path=path[:200]))

    async def _negotiated(self, request: Request, bare: str) -> Response | None:
        """From the address of a thing, a passage or a page to its form; None where there is none."""
        there = quote(f"{bare}.html") if f"{bare}/" in self._folders else await self.workers.do("there", bare)
        if there is None:
            return None
        wanted = best(request.headers.get("accept", ""), [*PAGE, *GRAPHS])
        if wanted is None:
            raise Refused(406, _("offered: {types}", types=["text/html", *GRAPHS]))
        where, folder = f"/{_lang(request)}/{there}", there.partition(".html")[0] + "/"
        if wanted not in PAGE and unquote(folder) in self._folders:
            where = f"/{folder}data.{GRAPHS[wanted]}"
        return RedirectResponse(where, 303, {"Vary": "Accept, Accept-Language", **_HEADERS})

    # --- Protocols --------------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        """SPARQL 1.1 Protocol, query operation; without a query the service description."""
        given = _given(request.scope["query_string"])
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind not in (_FORM, _QUERY):
                raise Refused(415, _("a query comes as {types}", types=[_FORM, _QUERY]))
            body = await self._body(request)
            for name, values in (_given(body) if kind == _FORM else {"query": [_utf8(body)]}).items():
                given.setdefault(name, []).extend(values)
        queries = given.get("query", [])
        if "update" in given:
            raise Refused(403, _("the graph is read-only: no updates"))
        accept = request.headers.get("accept", "")
        if not queries and request.method != "POST":
            if best(accept, [*GRAPHS, *PAGE]) in PAGE:
                return RedirectResponse(f"/{_lang(request)}/sparql.html", 303)
            here = str(request.url.replace(query=""))
            return await self.reply(request, "service", here, _format(accept, GRAPHS))
        if len(queries) != 1:
            raise Refused(400, _("there must be one query, and there are {n}", n=len(queries)))
        if len(queries[0].encode()) > self.limits.length:
            raise Refused(413, _("the query is longer than {n} bytes", n=self.limits.length))
        wanted = given.get("format", [""])[-1]
        rows, triples = (
            wanted if wanted in offered.values() else offered.get(best(accept, list(offered)) or "", "")
            for offered in (ROWS, GRAPHS)
        )
        default, named = (given.get(f"{kind}-graph-uri", []) for kind in ("default", "named"))
        return await self.reply(request, "sparql", queries[0], default, named, rows, triples)

    async def graph_store(self, request: Request) -> Response:
        """Graph Store HTTP Protocol, reading, the graph named in the query string."""
        given = _given(request.scope["query_string"])
        graphs = [*given.get("graph", []), *[""] * ("default" in given)]
        if len(graphs) != 1:
            raise Refused(400, _("name one graph: ?default or ?graph=IRI"))
        return await self._graph(request, graphs[0])

    async def named_graph(self, request: Request) -> Response:
        """The same at the address of the graph itself."""
        if request.path_params["name"] == "index.html":
            return RedirectResponse(f"/{_lang(request)}/graph.html", 303)
        return await self._graph(request, f"{BASE}graph/{request.path_params['name']}")

    async def _graph(self, request: Request, iri: str) -> Response:
        format = _format(request.headers.get("accept", ""), GRAPHS)
        found = await self.find(request, "graph", iri, format)
        if found is None:
            raise Refused(404, _("there is no graph {iri}", iri=iri[:200]))
        return found

    async def question(self, request: Request) -> Response:
        """The answer to a saved question."""
        given = _given(request.scope["query_string"])
        format = given.pop("format", [""])[-1]
        lang = given.pop("lang", [_lang(request)])[-1]
        if format and format not in _FORMATS.values():
            raise Refused(400, _("unknown format: {given}", given=format))
        id = request.path_params["id"]
        await self.digest()
        if id not in self._questions:
            near = [f"/api/questions/{one}" for one in difflib.get_close_matches(id, self._questions, 3, 0.4)]
            raise Refused(
                404, _("unknown question: {said}", said=id[:200]), fix=_("nearest: {shown}", shown=near)
            )
        offered = {**(GRAPHS if self._questions[id] == "CONSTRUCT" else ROWS), **PAGE}
        format = format or _format(request.headers.get("accept", ""), offered)
        data = "ttl" if self._questions[id] == "CONSTRUCT" else "json"
        found = await self.reply(request, "question", id, given, lang, data if format == "html" else format)
        if format == "html":  # what is wrong with a value was told just now
            return await self.reply(request, "page", f"{lang}/question/{id}.html", given)
        return found

    async def _body(self, request: Request) -> bytes:
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > 3 * self.limits.length + 10_000:
                raise Refused(413, _("the query is longer than {n} bytes", n=self.limits.length))
        return body


async def _gone(request: Request) -> None:
    """Ends when the client has left; the request's body has been read before."""
    if request.method != "POST":
        await request.body()
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _problem(request: Request, error: ParkgraphError) -> Response:
    wrong = isinstance(error, Unreadable) or error.exit_code == 2
    lang, status = _lang(request), getattr(error, "status", 400 if wrong else 500)
    said = {"type": "about:blank", "title": in_language(error.message, lang), "status": status}
    if error.fix is not None:
        said["detail"] = in_language(error.fix, lang)
    if error.line is not None:
        said |= {"line": error.line, "column": error.column}
    body = json.dumps(said, ensure_ascii=False)
    return Response(body, status, _HEADERS | getattr(error, "headers", {}), "application/problem+json")


def _lang(request: Request) -> str:
    given = dict(parse_qsl(request.scope["query_string"].decode("ascii", "replace"))).get("lang")
    return given if given in LANGS else best(request.headers.get("accept-language", ""), LANGS) or "zh"


def _format(accept: str, offered: dict[str, str]) -> str:
    wanted = best(accept, list(offered))
    if wanted is None:
        raise Refused(406, _("offered: {types}", types=list(offered)))
    return offered[wanted]


def _utf8(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        raise Refused(400, _("the request is not UTF-8")) from None


def _given(content: bytes) -> dict[str, list[str]]:
    """Fields of a form or a query string.  Raises Refused for bytes that are not UTF-8."""
    given: dict[str, list[str]] = {}
    try:
        fields = parse_qsl(
            content.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=1000
        )
    except ValueError:
        raise Refused(400, _("the request is not UTF-8, or has too many fields")) from None
    for name, value in fields:
        given.setdefault(name, []).append(value)
    return given

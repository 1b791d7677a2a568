"""`parkgraph serve`, `site` and `mcp`: the pages live or as a folder; the graph for assistants."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from parkgraph.cli import settings
from parkgraph.cli.parser import DIR, NAME, URL, Parser
from parkgraph.errors import Usage
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Serve the pages of the graph, with a SPARQL endpoint, linked data and a call for each question."
    )
    here = _("listen here; 127.0.0.1 is this machine alone")
    parser.option("--host", metavar=NAME, default="127.0.0.1", help=here)
    parser.whole("--port", most=65535, default=8000, help=_("port"))
    parser.seconds("--timeout", 10.0, _("what a request may take"))
    for name, default, help in (
        ("--max-rows", 100_000, _("rows of an answer")),
        ("--max-bytes", 33_554_432, _("bytes of an answer")),
        ("--max-length", 100_000, _("bytes of a query")),
        ("--jobs", max(2, os.cpu_count() or 1), _("requests at once, each in a process of its own")),
    ):
        parser.whole(name, least=1, default=default, help=help)
    parser.option("--draft", metavar=DIR, help=_("decide on this proposal of parkgraph draft, at /draft"))


def run(args: Namespace) -> None:
    """Serves until it is interrupted."""
    settings.need("jinja2", "starlette", "uvicorn", extra="web")
    if not hasattr(os, "fork"):
        raise Usage(_("serve needs a system that can fork: Linux, macOS or WSL"))
    import uvicorn

    from parkgraph.web.server import application
    from parkgraph.web.site import check_built
    from parkgraph.web.workers import Limits

    check_built()
    graph = settings.graph()
    limits = Limits(args.timeout, args.max_rows, args.max_bytes, args.max_length, args.jobs)
    app = application(graph, limits, assistants=bool(find_spec("mcp")))
    address = f"http://{args.host}:{args.port}/"
    if args.draft:
        from parkgraph.draft.review import LOOPBACK, open_draft, routes

        if args.host not in LOOPBACK:
            raise Usage(_("--draft is for this machine alone"), fix=_("leave --host as it is"))
        app.router.routes[:0] = routes(open_draft(graph.root, Path(args.draft)), graph.lang)
        address += "draft"
    settings.notice(_("serving at {address} – Ctrl-C ends it", address=address))
    try:
        uvicorn.run(app, host=args.host, port=args.port, log_level="warning", access_log=False)
    finally:
        app.state.server.workers.close()


def site_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Write the pages of the graph as a folder that any web host can serve, and a browser can open."
    )
    parser.output(_("the folder to write; replaced as a whole"), metavar=DIR, default="site")
    parser.option("--url", metavar=URL, default="", help=_("where the site will stand, for search engines"))
    said = _("a SPARQL endpoint with this graph; the pages ask it where the graph is too large for a browser")
    parser.option("--endpoint", metavar=URL, default="", help=said)
    parser.article(_("the text of a source; may be repeated"))
    said = _(
        "with --article: write the words of the cited passages into the pages, for everyone to read; "
        "you answer for the right to do so"
    )
    parser.flag("--publish-text", said)


def site_run(args: Namespace) -> None:
    """Writes the folder."""
    if bool(args.article) != args.publish_text:
        raise Usage(
            _("--article and --publish-text go together"),
            fix=_(
                "without them the pages hold no words of a source, and a reader can open a copy of the text; "
                "with them the words are published"
            ),
        )
    settings.need("jinja2", extra="web")
    from parkgraph.ask.rows import read_articles
    from parkgraph.web.site import Site, write_site

    base, endpoint = _address("--url", args.url), _address("--endpoint", args.endpoint)
    graph = settings.graph()
    texts = read_articles(args.article, graph.root, graph.store)
    site = Site(graph, base=base and base.rstrip("/") + "/", texts=texts, endpoint=endpoint)
    done = write_site(site, Path(args.output), say=settings.notice)
    size = f"{done.size / 1e6:.1f}"
    settings.notice(_("{folder}: {files} files, {size} MB", folder=args.output, files=done.files, size=size))


def _address(option: str, given: str) -> str:
    """The address that an option names, "" for none.  Raises Usage when it is not one of the web."""
    parts = urlsplit(given)
    if given and (parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment):
        raise Usage(_("{option} is not an address of the web: {given}", option=option, given=given))
    return given


def mcp_options(parser: Parser) -> None:
    """Declares options."""
    parser.about = _(
        "Lets assistants ask the graph, by the Model Context Protocol over standard input and output: seven "
        "tools that read, each with the evidence. `parkgraph serve` offers the same over HTTP. docs/mcp.md "
        "shows how clients are set up."
    )
    parser.article(_("the text of a source: adds the words themselves; may be repeated"))


def mcp_run(args: Namespace) -> None:
    """Serves until the client closes its end."""
    settings.need("mcp", extra="mcp")
    from parkgraph.mcp import make_server

    graph = settings.graph()
    graph.finder  # noqa: B018  (made before the first call, so that it does not wait)
    graph.things(args.article)  # a wrong file is told now
    make_server(graph, args.article).run("stdio")

"""`parkgraph serve`: the pages live, with SPARQL, linked data and REST."""

from __future__ import annotations

import os
from argparse import Namespace
from importlib.util import find_spec

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import NAME, Parser
from parkgraph.errors import Usage
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Serve the pages of the graph, with a SPARQL endpoint, linked data and a call for each question."
    )
    parser.option(
        "--host",
        metavar=NAME,
        default="127.0.0.1",
        help=_("listen here (default: 127.0.0.1, this machine alone)"),
    )
    parser.option(
        "--port", type=shared.whole("--port", most=65535), default=8000, help=_("port (default: 8000)")
    )
    shared.seconds(parser, "--timeout", 10.0, _("what a request may take (default: 10)"))
    for name, default, help in (
        ("--max-rows", 100_000, _("rows of an answer (default: 100000)")),
        ("--max-bytes", 33_554_432, _("bytes of an answer (default: 33554432)")),
        ("--max-length", 100_000, _("bytes of a query (default: 100000)")),
        ("--jobs", max(2, os.cpu_count() or 1), _("requests at once, each in a process of its own")),
    ):
        parser.option(name, type=shared.whole(name, least=1), default=default, help=help)


def run(args: Namespace) -> None:
    """Serves until it is interrupted."""
    settings.need("jinja2", "starlette", "uvicorn", extra="web")
    if not hasattr(os, "fork"):
        raise Usage(_("serve needs a system that can fork: Linux, macOS or WSL"))
    import uvicorn

    from parkgraph.api import Graph
    from parkgraph.web.pages import check_built
    from parkgraph.web.server import application
    from parkgraph.web.workers import Limits

    check_built()
    graph = Graph(settings.root(), lang=settings.current().lang)
    limits = Limits(args.timeout, args.max_rows, args.max_bytes, args.max_length, args.jobs)
    beside = None
    if find_spec("mcp"):
        from parkgraph.mcp import http_app

        beside = http_app(graph)
    app = application(lambda: graph, limits, beside)
    settings.notice(_("serving at http://{host}:{port}/ – Ctrl-C ends it", host=args.host, port=args.port))
    try:
        uvicorn.run(app, host=args.host, port=args.port, log_level="warning", access_log=False)
    finally:
        app.state.server.workers.close()

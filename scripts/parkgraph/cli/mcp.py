"""`parkgraph mcp`: the graph for assistants, by the Model Context Protocol."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import Parser
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares options."""
    parser.about = _(
        "Lets assistants ask the graph, by the Model Context Protocol over standard input and output: seven "
        "tools that read, each with the evidence. `parkgraph serve` offers the same over HTTP. docs/mcp.md "
        "shows how clients are set up."
    )
    shared.article(parser, _("the text of a source: adds the words themselves; may be repeated"))


def run(args: Namespace) -> None:
    """Serves until the client closes its end."""
    settings.need("mcp", extra="mcp")
    from parkgraph.api import Graph
    from parkgraph.mcp import make_server

    graph = Graph(settings.root(), lang=settings.current().lang)
    graph.finder  # noqa: B018  (made before the first call, so that it does not wait)
    graph.things(args.article)  # a wrong file is told now
    make_server(graph, args.article).run("stdio")

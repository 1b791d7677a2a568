"""`parkgraph site`: the pages as a folder that any web host can serve."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from parkgraph.cli import settings
from parkgraph.cli.parser import DIR, FILE, URL, Parser
from parkgraph.errors import Usage
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Write the pages of the graph as a folder that any web host can serve, and a browser can open."
    )
    parser.option("--output", "-o", metavar=DIR, default="site", help=_("write here (default: site)"))
    parser.option("--url", metavar=URL, default="", help=_("where the site will stand, for search engines"))
    parser.option(
        "--endpoint",
        metavar=URL,
        default="",
        help=_(
            "a SPARQL endpoint with this graph; the pages ask it where the graph is too large for a browser"
        ),
    )
    parser.option(
        "--article",
        "-a",
        action="append",
        default=[],
        metavar=FILE,
        help=_("the text of a source; may be repeated"),
    )
    parser.option(
        "--publish-text",
        action="store_true",
        help=_(
            "with --article: write the words of the cited passages into the pages, for everyone to read; "
            "you answer for the right to do so"
        ),
    )


def run(args: Namespace) -> None:
    """Writes the folder."""
    if bool(args.article) != args.publish_text:
        raise Usage(
            _("--article and --publish-text go together"),
            fix=_(
                "without them the pages hold no words of a source, and a reader can open a copy of the text; "
                "with them the words are published"
            ),
        )
    from parkgraph.api import Graph

    settings.need("jinja2", extra="web")
    from parkgraph.ask.evidence_columns import read_articles
    from parkgraph.web.pages import Site, check_url
    from parkgraph.web.site import write_site

    base, endpoint = check_url("--url", args.url), check_url("--endpoint", args.endpoint)
    graph = Graph(settings.root(), lang=settings.current().lang)
    texts = read_articles(args.article, graph.root, graph.store)
    site = Site(graph, base=base and base.rstrip("/") + "/", texts=texts, endpoint=endpoint)
    written = write_site(site, Path(args.output), say=settings.notice)
    size = f"{written.size / 1e6:.1f}"
    files = written.files
    settings.notice(_("{folder}: {files} files, {size} MB", folder=args.output, files=files, size=size))

"""`parkgraph show THING`: everything about one thing."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import Parser
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Shows everything about one thing: what it has, what is said of it and what points to it, each with "
        "basis and evidence; its history, open questions, possible twins, and the questions that take it."
    )
    parser.option(
        "thing", metavar=_("THING"),
        help=_("a name in any language, a part of one, a short name or an IRI"),
    )  # fmt: skip
    shared.article(parser, _("the text of a source: adds the words themselves; may be repeated"))
    shared.formats(parser, ("text", "json"))
    shared.output(parser)


def run(args: Namespace) -> None:
    """Shows it."""
    from parkgraph.api import Graph
    from parkgraph.search.telling import thing_lines, written_data
    from parkgraph.show.output import opened

    lang = settings.current().lang
    thing = Graph(settings.root(), lang=lang, say=settings.progress).show(args.thing, article=args.article)
    as_json = args.format == "json" or (args.format is None and str(args.output or "").endswith(".json"))
    with opened(args.output) as stream:
        stream.write(
            written_data(thing)
            if as_json
            else "".join(f"{line}\n" for line in thing_lines(thing, lang)).encode()
        )

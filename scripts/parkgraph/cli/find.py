"""`parkgraph find WORDS…` and `show THING`: things by part of a name, and everything about one."""

from __future__ import annotations

import sys
from argparse import Namespace

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _

_FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html")


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Finds things, facts and saved questions by a part of a name in either language, an alias, a value "
        "(57.97) or a period (2017). `parkgraph show` tells everything about one of them."
    )
    parser.option("words", nargs="+", metavar=_("WORDS"), help=_("what to look for"))
    shared.choice(parser, "--kind", ("thing", "fact", "question"), _("only these"))
    parser.option(
        "--limit",
        "-n",
        type=shared.whole("--limit", least=1),
        default=10,
        metavar="N",
        help=_("at most so many"),
    )
    shared.formats(parser, _FORMATS, shared.ROWS)
    shared.output(parser)


def run(args: Namespace) -> int:
    """Finds."""
    from parkgraph.api import Graph
    from parkgraph.search.find import hits_table
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import choose_format, write, written_data

    lang = settings.current().lang
    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty())
    graph = Graph(settings.root(), lang=lang, say=settings.progress)
    hits = graph.find(" ".join(args.words), kind=args.kind, limit=args.limit)
    with opened(args.output) as stream:
        if chosen == "json":
            stream.write(written_data(hits))
        else:
            write(
                hits_table(hits, lang), chosen, stream,
                lang=lang, prefixes=graph.prefixes, columns=terminal_width(stream),
            )  # fmt: skip
    if not hits:
        settings.notice(_("nothing found"))
        return FINDINGS
    return 0


def show_options(parser: Parser) -> None:
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


def show_run(args: Namespace) -> None:
    """Shows it."""
    from parkgraph.api import Graph
    from parkgraph.search.show import thing_lines
    from parkgraph.show.output import opened
    from parkgraph.show.results import written_data

    lang = settings.current().lang
    thing = Graph(settings.root(), lang=lang, say=settings.progress).show(args.thing, article=args.article)
    as_json = args.format == "json" or (args.format is None and str(args.output or "").endswith(".json"))
    with opened(args.output) as stream:
        stream.write(
            written_data(thing)
            if as_json
            else "".join(f"{line}\n" for line in thing_lines(thing, lang)).encode()
        )

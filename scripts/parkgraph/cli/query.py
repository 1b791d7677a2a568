"""`parkgraph query`: any SPARQL query, read-only, within limits of time, memory and rows."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import FILE, Parser
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.graph.limited import Answer

DEFAULT_ROWS = 10_000
MOST_MEMORY = 2**40  # MiB; the system counts bytes in 64 bits


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    from parkgraph.show.results import FORMATS

    parser.about = _("Run a SPARQL query on the graph (SELECT, ASK, CONSTRUCT, DESCRIBE).")
    parser.option("file", nargs="?", metavar=FILE, help=_("a file with a SPARQL query; - is standard input"))
    parser.option("--text", "-e", metavar="SPARQL", help=_("the query itself"))
    shared.formats(parser, FORMATS)
    shared.output(parser)
    parser.option(
        "--max-rows",
        type=shared.whole("--max-rows"),
        metavar="N",
        default=DEFAULT_ROWS,
        help=_("at most this many rows; 0 is all"),
    )
    shared.seconds(parser, "--timeout", 30.0, _("stop after this many seconds"))
    parser.option(
        "--memory",
        type=shared.whole("--memory", most=MOST_MEMORY),
        metavar="N",
        default=2048,
        help=_("stop beyond this many MiB; 0 is no limit"),
    )
    shared.endpoint(parser, _("ask this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> None:
    """Runs the query and writes its answer."""
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import Table, Triples, choose_format, write

    name, sparql = _read(args.file, args.text)
    # A wrong format must be said before the query runs.
    choose_format(args.format, args.output, terminal=False)
    settings.spare(args.output)
    root = settings.root()
    try:
        with _run(args, sparql) as answer:
            result: bool | Table | Triples
            if answer.rows is not None and answer.columns is not None:
                result = Table(answer.columns, _capped(answer.rows, args.max_rows))
            elif answer.triples is not None:
                result = Triples(_capped(answer.triples, args.max_rows))
            else:
                result = bool(answer.boolean)
            chosen = choose_format(
                args.format, args.output, terminal=sys.stdout.isatty(), triples=isinstance(result, Triples)
            )
            with opened(args.output) as stream:
                write(
                    result,
                    chosen,
                    stream,
                    lang=settings.current().lang,
                    prefixes=_prefixes(root),
                    columns=terminal_width(stream),
                )
    except (Usage, Unreadable) as error:
        if error.line is not None and error.file is None:
            error.file = name
        raise


def _run(args: Namespace, sparql: str) -> AbstractContextManager[Answer]:
    if args.endpoint is not None:
        return _remotely(sparql, args.endpoint, args.store, args.timeout)
    from parkgraph.graph.limited import run_limited

    return run_limited(settings.root(), sparql, timeout=args.timeout, memory=args.memory * 1024 * 1024)


@contextmanager
def _remotely(sparql: str, url: str, store: str | None, timeout: float) -> Iterator[Answer]:
    """What the store at `url` answers.  Raises what `run_limited` does."""
    from parkgraph.store.needed import check_installed

    check_installed()
    from pyoxigraph import Triple

    from parkgraph.graph.limited import Answer
    from parkgraph.store.asking import RemoteGraph
    from parkgraph.store.endpoint import connect

    root = settings.root()
    with connect(url, store=store, timeout=timeout, reading=True) as endpoint:
        found = RemoteGraph(root, endpoint, lang=settings.current().lang).query(sparql)
        if found.kind == "rows":
            yield Answer(columns=list(found.columns), rows=(list(row) for row in found.terms))
        elif found.kind == "triples":
            yield Answer(triples=(Triple(*row) for row in found.terms))  # type: ignore[arg-type]
        else:
            yield Answer(boolean=bool(found))


def _read(file: str | None, text: str | None) -> tuple[str | None, str]:
    """The file's name (None for -e) and the query."""
    if (file is None) == (text is None):
        raise Usage(_("one query is needed: a FILE, or -e 'SELECT …'"))
    if text is not None:
        if not text.strip():
            raise Usage(_("the query is empty"))
        return None, text
    assert file is not None
    from parkgraph.read.files import decode, read_text

    if file == "-":
        return "<stdin>", decode(sys.stdin.buffer.read(), "<stdin>")
    return file, read_text(file)


def _capped(rows: Iterable[Any], limit: int) -> Iterator[Any]:
    for count, row in enumerate(rows):
        if limit and count == limit:
            settings.notice(_("only the first {limit} are shown; --max-rows changes that", limit=limit))
            return
        yield row


def _prefixes(root: Any) -> dict[str, str]:
    from parkgraph.read.prefixes import prefixes

    return prefixes(root.path)

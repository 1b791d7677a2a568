"""`parkgraph query`: any SPARQL query, read-only, within limits of time, memory and rows."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, BinaryIO

from parkgraph.cli import settings
from parkgraph.cli.parser import FILE, ROWS, Parser
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.api import Graph

MOST_MEMORY = 2**40  # MiB; the system counts bytes in 64 bits


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    from parkgraph.show.results import FORMATS

    parser.about = _("Run a SPARQL query on the graph (SELECT, ASK, CONSTRUCT, DESCRIBE).")
    parser.option("file", nargs="?", metavar=FILE, help=_("a file with a SPARQL query; - is standard input"))
    parser.option("--text", "-e", metavar="SPARQL", help=_("the query itself"))
    parser.formats(FORMATS, ROWS)
    parser.output()
    parser.whole("--max-rows", default=10_000, help=_("at most this many rows; 0 is all"))
    parser.seconds("--timeout", 30.0, _("stop after this many seconds"))
    memory = _("stop beyond this many MiB; 0 is no limit")
    parser.whole("--memory", default=2048, most=MOST_MEMORY, help=memory)
    parser.endpoint(_("ask this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> None:
    """Runs the query and writes its answer."""
    from parkgraph.graph import sandbox
    from parkgraph.show.output import opened
    from parkgraph.show.results import choose_format

    # A wrong format must be said before the query runs.
    choose_format(args.format, args.output, terminal=False)
    settings.spare(args.output)
    with opened(args.output) as stream:

        def work() -> None:
            with settings.graph_at(args, args.timeout) as graph:
                _query(args, graph, stream)
            stream.flush()

        piped = stream if args.output in (None, "-") else None
        sandbox.run(work, seconds=args.timeout, memory=args.memory * 1024 * 1024, output=piped)


def _query(args: Namespace, graph: Graph, stream: BinaryIO) -> None:
    """Asks and writes."""
    from pyoxigraph import QueryBoolean, QuerySolutions

    from parkgraph.graph import sandbox
    from parkgraph.graph.assemble import QUESTION_GRAPHS
    from parkgraph.graph.sparql import check_query, query_errors
    from parkgraph.show.output import terminal_width
    from parkgraph.show.results import Result, Table, Triples, choose_format, write

    shut = args.endpoint is None  # then nothing but the store may be read meanwhile
    known, store = graph.prefixes, graph.store
    name, sparql = _read(args.file, args.text)
    try:
        check_query(sparql, known)
        with query_errors(sparql), sandbox.no_new_files(shut):
            found = store.query(sparql, default_graph=QUESTION_GRAPHS, prefixes=known)
    except Unreadable as error:
        error.file = error.file or name
        raise

    some = isinstance(found, QueryBoolean)  # whether there was any row

    def rows(left: Iterator[Any]) -> Iterator[Any]:
        nonlocal some
        while True:
            with query_errors(sparql), sandbox.no_new_files(shut):
                row = next(left, None)
            if row is None:
                return
            some = True
            yield row

    result: Result
    if isinstance(found, QueryBoolean):
        result = bool(found)
    elif isinstance(found, QuerySolutions):
        columns = [variable.value for variable in found.variables]
        result = Table(columns, map(list, _capped(rows(iter(found)), args.max_rows)))
    else:
        result = Triples(_capped(rows(iter(found)), args.max_rows))
    triples, terminal = isinstance(result, Triples), sys.stdout.isatty()
    chosen = choose_format(args.format, args.output, terminal=terminal, triples=triples)
    write(result, chosen, stream, lang=graph.lang, prefixes=known, columns=terminal_width(stream))
    if shut:
        from parkgraph.ask.resolve import unheard_of

        for notice in unheard_of(sparql, store, known):
            settings.notice(notice)
    if not some:
        settings.notice(_("nothing found"))


def _read(file: str | None, text: str | None) -> tuple[str | None, str]:
    """The file's name (None for -e) and the query."""
    if (file is None) == (text is None):
        raise Usage(
            _("one query is needed: a FILE, or -e 'SELECT …'"),
            fix=_("see {path} --help", path="parkgraph query"),
        )
    if text is not None:
        if not text.strip():
            raise Unreadable(_("the query is empty"), fix=_("write one, as in parkgraph query --help"))
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

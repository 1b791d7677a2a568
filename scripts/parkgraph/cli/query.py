"""`parkgraph query`: any SPARQL query, read-only, within limits of time, memory and rows."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.graph.limited import Answer

DEFAULT_ROWS = 10_000
MOST_MEMORY = 2**40  # MiB; the system counts bytes in 64 bits


def register(app: typer.Typer) -> None:
    """Adds `query`."""
    text_help = _("the query itself")
    file_help = _("a file with a SPARQL query; - is standard input")
    format_help = _("table, csv, tsv, json, jsonl, xml, md, html, ttl or nt")
    output_help = _("write here; its suffix chooses the format")
    rows_help = _("at most this many rows; 0 is all")
    timeout_help = _("stop after this many seconds")
    memory_help = _("stop beyond this many MiB; 0 is no limit")

    endpoint_help = _("ask this store, e.g. http://127.0.0.1:7878")
    store_help = _("kind of the store (default: ask the server)")

    def query(
        file: Annotated[str | None, typer.Argument(help=words(file_help), metavar="FILE")] = None,
        text: Annotated[str | None, typer.Option("-e", "--text", help=words(text_help))] = None,
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        max_rows: Annotated[int, typer.Option(min=0, help=words(rows_help))] = DEFAULT_ROWS,
        timeout: Annotated[float, typer.Option(min=0.001, help=words(timeout_help))] = 30.0,
        memory: Annotated[int, typer.Option(min=0, max=MOST_MEMORY, help=words(memory_help))] = 2048,
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=words(endpoint_help))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=words(store_help))] = None,
    ) -> None:
        def run(sparql: str) -> "AbstractContextManager[Answer]":
            if endpoint is not None:
                return _remotely(sparql, endpoint, store, timeout)
            from parkgraph.graph.limited import run_limited

            return run_limited(settings.root(), sparql, timeout=timeout, memory=memory * 1024 * 1024)

        _query(file, text, format, output, max_rows, run)

    help_text = _("Run a SPARQL query on the graph (SELECT, ASK, CONSTRUCT, DESCRIBE).")
    app.command("query", help=words(help_text))(query)


def _query(
    file: str | None,
    text: str | None,
    format: str | None,
    output: str | None,
    max_rows: int,
    run: "Callable[[str], AbstractContextManager[Answer]]",
) -> None:
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import Table, Triples, choose_format, write

    name, sparql = _read(file, text)
    # A wrong format must be said before the query runs.
    choose_format(format, output, terminal=False)
    settings.spare(output)
    root = settings.root()
    try:
        with run(sparql) as answer:
            result: bool | Table | Triples
            if answer.rows is not None and answer.columns is not None:
                result = Table(answer.columns, _capped(answer.rows, max_rows))
            elif answer.triples is not None:
                result = Triples(_capped(answer.triples, max_rows))
            else:
                result = bool(answer.boolean)
            chosen = choose_format(
                format, output, terminal=sys.stdout.isatty(), triples=isinstance(result, Triples)
            )
            with opened(output) as stream:
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


@contextmanager
def _remotely(sparql: str, url: str, store: str | None, timeout: float) -> "Iterator[Answer]":
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

"""`parkgraph ask NAME`: answers a saved question; its parameters are options."""

import enum
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, cast

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Usage
from parkgraph.messages import Text, _

if TYPE_CHECKING:
    from parkgraph.api import Graph
    from parkgraph.ask.question import Parameter, Question
    from parkgraph.ask.rows import Answer


class Engine(enum.Enum):
    """What runs the query."""

    fast = "fast"
    reference = "reference"


class Headings(enum.Enum):
    """What stands above a column."""

    labels = "labels"
    names = "names"


_HELP: dict[str, Text] = {
    "ask": _(
        "Answers a saved question. Its parameters are options: give a label in any language, "
        "an alias, a short name or an IRI; give an option again for a further value. "
        "`parkgraph questions` lists the questions, `parkgraph ask NAME --help` shows one."
    ),
    "basis": _("only rows that rest on it: stated, inference or computed; may be repeated"),
    "evidence": _("add source, section and offsets to every row"),
    "article": _("the text of a source: adds the words themselves; may be repeated"),
    "format": _("table, csv, tsv, json, jsonl, xml, md, html; ttl or nt for triples"),
    "output": _("write here; its suffix chooses the format"),
    "limit": _("at most so many rows"),
    "headings": _("of table, csv, md and html: words, or the query's variable names"),
    "bom": _("begin a CSV with a byte-order mark, for spreadsheets (default: in a file yes, in a pipe no)"),
    "engine": _("fast (Oxigraph) or reference (rdflib)"),
    "endpoint": _("ask the graph in this store, e.g. http://127.0.0.1:7878"),
    "store": _("kind of the store (default: ask the server)"),
    "time": _("say on stderr how long it took"),
    "why": _("explain this row (from 1) instead: each fact behind it and what it rests on; text or json"),
    "help": _("show this, or the question"),
}


class _Options(NamedTuple):
    """What the user chose beside the question and its parameters."""

    basis: list[str]
    evidence: bool
    article: list[str]
    format: str | None
    output: str | None
    limit: int | None
    named: bool
    bom: bool | None
    engine: Literal["fast", "reference"]
    timed: bool
    why: int | None
    endpoint: str | None
    store: str | None


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""

    def said(name: str) -> str:
        return words(_HELP[name])

    def ask(
        context: typer.Context,
        basis: Annotated[list[str] | None, typer.Option(metavar="CODE", help=said("basis"))] = None,
        evidence: Annotated[bool, typer.Option("--evidence", help=said("evidence"))] = False,
        article: Annotated[
            list[str] | None, typer.Option("--article", "-a", metavar="FILE", help=said("article"))
        ] = None,
        format: Annotated[
            str | None, typer.Option("--format", "-f", metavar="FORMAT", help=said("format"))
        ] = None,
        output: Annotated[
            str | None, typer.Option("--output", "-o", metavar="FILE", help=said("output"))
        ] = None,
        limit: Annotated[
            int | None, typer.Option("--limit", "-n", min=0, metavar="N", help=said("limit"))
        ] = None,
        headings: Annotated[Headings, typer.Option(help=said("headings"))] = Headings.labels,
        bom: Annotated[bool | None, typer.Option("--bom/--no-bom", help=said("bom"))] = None,
        engine: Annotated[Engine, typer.Option(help=said("engine"))] = Engine.fast,
        timed: Annotated[bool, typer.Option("--time", help=said("time"))] = False,
        why: Annotated[int | None, typer.Option(min=1, metavar="ROW", help=said("why"))] = None,
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=said("endpoint"))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=said("store"))] = None,
        help: Annotated[bool, typer.Option("--help", "-h", help=said("help"))] = False,
    ) -> None:
        name, parameters = _sort_out(context.args, partial=help)
        if help:
            print(context.get_help() if name is None else "\n".join(_describe(name)))
            return
        if name is None:
            raise Usage(
                _("which question?"),
                fix=_("`parkgraph questions` lists them"),
            )
        named = headings is Headings.names
        chosen = _Options(
            basis or [], evidence, article or [], format, output, limit, named, bom, engine.value, timed, why,
            endpoint, store,
        )  # fmt: skip
        _ask(name, parameters, chosen)

    app.command(
        "ask",
        help=said("ask"),
        options_metavar="NAME [--PARAMETER VALUE]… [OPTIONS]",
        # NAME and the options of its parameters are known only when its file is read: see _sort_out.
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        add_help_option=False,
    )(ask)


def _ask(name: str, parameters: dict[str, list[str]], options: _Options) -> None:
    from parkgraph.api import Graph

    started = time.perf_counter()
    if options.endpoint is None:
        _ask_graph(Graph(settings.root(), lang=settings.current().lang), name, parameters, options, started)
        return
    from parkgraph.store.needed import check_installed

    check_installed()
    from parkgraph.store.asking import RemoteGraph
    from parkgraph.store.endpoint import READ_TIMEOUT, connect

    root = settings.root()
    with connect(options.endpoint, store=options.store, timeout=READ_TIMEOUT, reading=True) as endpoint:
        graph = RemoteGraph(root, endpoint, lang=settings.current().lang)
        _ask_graph(graph, name, parameters, options, started)


def _ask_graph(
    graph: "Graph", name: str, parameters: dict[str, list[str]], options: _Options, started: float
) -> None:
    from parkgraph.show.results import choose_format

    settings.spare(options.output)
    question = graph.question(name)
    triples = question.form in ("CONSTRUCT", "DESCRIBE")
    # Wrong options are said before anything is read.
    if options.why is not None:
        _explain(graph.ask(question, basis=options.basis, **cast(dict[str, Any], parameters)), options, graph)
        return
    format = choose_format(options.format, options.output, terminal=sys.stdout.isatty(), triples=triples)
    size = len(graph.store) if options.timed else 0
    loaded = time.perf_counter()
    answer = graph.ask(
        question,
        basis=options.basis,
        evidence=options.evidence,
        article=options.article,
        engine=options.engine,
        **cast(dict[str, Any], parameters),
    )
    answered = time.perf_counter()
    _print(answer, format, options, graph)
    if options.timed:
        written = time.perf_counter()
        read, found, out = loaded - started, answered - loaded, written - answered
        settings.notice(
            _(
                "graph {read:.3f} s ({size:,} triples), answer {found:.3f} s, output {out:.3f} s",
                read=read,
                size=size,
                found=found,
                out=out,
            )
        )


def _sort_out(rest: Sequence[str], *, partial: bool) -> tuple[str | None, dict[str, list[str]]]:
    """The question's name and the values of its parameters from what no option took.

    partial: a missing value is no error (help was asked for).  Raises Usage.
    """
    name: str | None = None
    parameters: dict[str, list[str]] = {}
    left = list(rest)
    while left:
        word = left.pop(0)
        if word.startswith("--") and len(word) > 2:
            option, has_value, value = word[2:].partition("=")
            if not has_value:
                if not left:
                    if partial:
                        continue
                    raise Usage(_("--{option} needs a value", option=option))
                value = left.pop(0)
            parameters.setdefault(option.replace("-", "_"), []).append(value)
        elif word.startswith("-"):
            raise Usage(
                _("unknown option: {word}", word=word),
                fix=_("see parkgraph ask --help"),
            )
        elif name is None:
            name = word
        else:
            raise Usage(
                _("one question at a time: {name} or {word}?", name=name, word=word),
                fix=_("a parameter is given as --PARAMETER VALUE; quote a value with spaces"),
            )
    return name, parameters


def _print(answer: "Answer", format: str, options: _Options, graph: "Graph") -> None:
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import write

    shown = answer if options.limit is None else answer.first(options.limit)
    in_file = options.output is not None and options.output != "-"
    with opened(options.output) as stream:
        write(
            shown.result,
            format,
            stream,
            lang=answer.lang,
            prefixes=graph.prefixes,
            columns=terminal_width(stream),
            bom=format == "csv" and (in_file if options.bom is None else options.bom),
            named=options.named,
        )
    if answer.kind != "boolean" and not answer.terms:
        settings.notice(_("nothing found"))
    elif len(shown) < len(answer):
        settings.notice(_("{n} of {n2} rows shown; --limit changes that", n=len(shown), n2=len(answer)))


def _explain(answer: "Answer", options: _Options, graph: "Graph") -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.infer.telling import as_json, as_text
    from parkgraph.infer.wording import Wording
    from parkgraph.show.output import opened

    if options.format not in (None, "text", "json"):
        raise Usage(_("--why is told as text or json, not {format}", format=options.format))
    assert options.why is not None
    steps = graph.explain(answer, options.why - 1)
    wording = Wording(graph.store, label_of, graph.prefixes)
    if options.format == "json":
        import json

        told = json.dumps([as_json(step, wording) for step in steps], ensure_ascii=False, indent=2) + "\n"
    else:
        told = "\n".join(as_text(step, wording, settings.current().lang) for step in steps)
    if not steps:
        settings.notice(_("no single fact stands behind this row"))
    with opened(options.output) as stream:
        stream.write(told.encode())


def _describe(name: str) -> list[str]:
    """The lines of `ask NAME --help`."""
    from parkgraph.api import Graph
    from parkgraph.show.width import pad, width, wrap

    lang = settings.current().lang
    graph = Graph(settings.root(), lang=lang)
    question = graph.question(name)
    lines = [f"{question.id}: {question.summary[lang]}", "", *wrap(question.description[lang], 100), ""]
    options = {f"--{name} {_kind(one)}": _meaning(one, graph) for name, one in question.parameters.items()}
    if options:
        lines.append(words(_("Parameters:")))
        margin = max(map(width, options))
        lines += [f"  {pad(option, margin)}  {meaning}" for option, meaning in options.items()]
        lines.append("")
    if question.columns:
        lines.append(words(_("Columns:")))
        margin = max(map(width, question.columns))
        lines += [f"  {pad(name, margin)}  {texts[lang]}" for name, texts in question.columns.items()]
        lines.append("")
    lines += [words(_("Example:")), f"  {example(question, graph)}", ""]
    lines.append(words(_("`parkgraph ask --help` shows the options of every question.")))
    return lines


def _kind(parameter: "Parameter") -> str:
    return {"language": "zh|en", "date": "YYYY-MM-DD", "year": "YYYY", "number": "N"}.get(
        parameter.kind, parameter.kind.upper()
    )


def _meaning(parameter: "Parameter", graph: "Graph") -> str:
    from parkgraph.names import shorten

    lang = settings.current().lang
    said = parameter.label[lang]
    if parameter.of:
        of = shorten(parameter.of, graph.prefixes)
        said += words(_(", one of {of}", of=of))
    default = _default(parameter, graph) or words(_("any"))
    if parameter.kind == "language":
        default = lang
    return said + words(_(" (default: {default})", default=default))


def _default(parameter: "Parameter", graph: "Graph") -> str:
    from parkgraph.show.cells import plain

    lang = settings.current().lang
    return ", ".join(plain(term, lang=lang, prefixes=graph.prefixes) for term in parameter.default)


def example(question: "Question", graph: "Graph") -> str:
    """A command line that asks `question` with the values it has anyway."""
    import shlex

    given = [
        f"--{name} {shlex.quote(_default(one, graph))}"
        for name, one in question.parameters.items()
        if one.kind != "language" and len(one.default) == 1
    ]
    return " ".join(["parkgraph ask", question.id, *given])

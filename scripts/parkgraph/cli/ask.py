"""`parkgraph ask NAME`: answers a saved question; its parameters are args. `questions` lists them."""

from __future__ import annotations

import re
import sys
import time
from argparse import BooleanOptionalAction, Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import NAME, Parser
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.api import Graph
    from parkgraph.ask.question import Parameter, Question
    from parkgraph.ask.rows import Answer
    from parkgraph.show.results import Table

LISTED = 12
"""Values of a parameter that `ask NAME --help` lists."""

LISTS = ("table", "csv", "tsv", "json", "jsonl", "md", "html", "ttl")
"""How the questions are listed."""


_LIKE_A_NAME = re.compile(r"[\w.-]*", re.ASCII)  # anything else is a question in words


def options(parser: Parser) -> None:
    """Declares the args. NAME and its parameters are known only when its file is read: see _sort_out."""
    from parkgraph.show.results import FORMATS

    parser.free = True
    parser.synopsis = _("QUESTION [--PARAMETER VALUE]…")
    parser.about = _(
        "Answers a question in your own words, or a saved one by its name. One in your own words gets facts "
        "and saved questions that fit, each with evidence, or what the source does not say. "
        "The parameters of a saved question are options: give a label in any language, "
        "an alias, a short name or an IRI; give an option again for a further value. "
        "`parkgraph questions` lists the questions, `parkgraph ask NAME --help` shows one."
    )
    parser.option(
        "--basis",
        action="append",
        default=[],
        metavar=_("CODE"),
        help=_("only rows that rest on it: stated, inference or computed; may be repeated"),
    )
    parser.option("--evidence", action="store_true", help=_("add source, section and offsets to every row"))
    shared.article(parser, _("the text of a source: adds the words themselves; may be repeated"))
    shared.formats(parser, (*FORMATS, "text"), shared.ROWS)
    shared.output(parser)
    parser.option("--limit", "-n", type=shared.whole("--limit"), metavar="N", help=_("at most so many rows"))
    shared.choice(
        parser,
        "--headings",
        ("labels", "names"),
        _("of table, csv, md and html: words, or the query's variable names"),
        "labels",
    )
    parser.option(
        "--iris",
        action="store_true",
        help=_("csv, xlsx: the IRI of each thing beside its label"),
    )
    parser.option(
        "--bom",
        action=BooleanOptionalAction,
        help=_("begin a CSV with a byte-order mark, for spreadsheets (default: in a file yes, in a pipe no)"),
    )
    shared.choice(parser, "--engine", ("fast", "reference"), _("engine; reference is rdflib"), "fast")
    parser.option("--time", action="store_true", help=_("say on stderr how long it took"))
    parser.option(
        "--why",
        type=shared.whole("--why", least=1),
        metavar=_("ROW"),
        help=_("explain this row (from 1) instead: each fact behind it and what it rests on; text or json"),
    )
    parser.option(
        "--report", action="store_true",
        help=_("in your own words: if nothing answers it, write a report ready to file instead"),
    )  # fmt: skip
    shared.endpoint(parser, _("ask the graph in this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> int:
    """Answers the question, or shows it."""
    name, parameters = _sort_out(args.rest, partial=args.help)
    if args.help:
        from parkgraph.cli.app import parser_of

        print(parser_of("ask").format_help().rstrip() if name is None else "\n".join(_describe(name)))
        return 0
    if name is None:
        raise Usage(
            _("which question?"),
            fix=_("`parkgraph questions` lists them"),
        )
    if not _LIKE_A_NAME.fullmatch(name) and args.endpoint is None:
        return _reply(name, parameters, args)
    _ask(name, parameters, args)
    return 0


def _reply(text: str, parameters: dict[str, list[str]], args: Namespace) -> int:
    """Replies to a question in the user's own words; the sentence of a saved question asks that one."""
    from parkgraph.api import Graph
    from parkgraph.search.reply import REFUSED, facts_table, reply_data, reply_lines, report
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import choose_format, write, written_data

    graph = Graph(settings.root(), lang=settings.current().lang, say=settings.progress)
    saved = graph.saved(text)
    if saved is not None:
        _ask(saved, parameters, args)
        return 0
    if parameters:
        raise Usage(
            _("a question in words takes no --{name}", name=next(iter(parameters))),
            fix=_("put the value into the question, or ask a saved one: `parkgraph questions` lists them"),
        )
    chosen = choose_format(args.format, args.output, terminal=True) if args.format != "text" else "text"
    if chosen in ("xlsx", "xml", "ttl", "nt"):
        raise Usage(
            _("a question in words is answered as {known}, not {format}",
              known="text, json, table, csv, tsv, jsonl, md, html", format=chosen),
            fix=_("a saved question is written in every format: `parkgraph questions` lists them"),
        )  # fmt: skip
    settings.spare(args.output)
    lang = settings.current().lang if settings.current().told else None
    reply = graph.reply(text, lang=lang, article=args.article)
    refused = reply.status in REFUSED
    with opened(args.output) as stream:
        if args.report and refused:
            stream.write(report(reply).encode())
        elif chosen == "json":
            stream.write(written_data(reply_data(reply)))
        elif chosen == "text" or (not args.format and chosen == "table"):
            stream.write("".join(f"{line}\n" for line in reply_lines(reply)).encode())
        else:
            columns = terminal_width(stream)
            write(
                facts_table(reply), chosen, stream, lang=reply.lang, prefixes=graph.prefixes, columns=columns
            )
    if refused and not args.report:
        settings.notice(_("--report writes a report ready to file"))
    return FINDINGS if refused else 0


def _ask(name: str, parameters: dict[str, list[str]], args: Namespace) -> None:
    from parkgraph.api import Graph

    started = time.perf_counter()
    if args.endpoint is None:
        _ask_graph(Graph(settings.root(), lang=settings.current().lang), name, parameters, args, started)
        return
    settings.need("httpx", "tenacity", extra="store")
    from parkgraph.store.endpoint import READ_TIMEOUT, connect
    from parkgraph.store.remote import RemoteGraph

    root = settings.root()
    with connect(args.endpoint, store=args.store, timeout=READ_TIMEOUT, reading=True) as endpoint:
        graph = RemoteGraph(root, endpoint, lang=settings.current().lang)
        _ask_graph(graph, name, parameters, args, started)


def _ask_graph(
    graph: Graph, name: str, parameters: dict[str, list[str]], args: Namespace, started: float
) -> None:
    from parkgraph.show.results import choose_format

    settings.spare(args.output)
    question = graph.question(name)
    triples = question.form in ("CONSTRUCT", "DESCRIBE")
    # Wrong options are said before anything is read.
    if args.why is not None:
        _explain(graph.ask(question, basis=args.basis, **cast(dict[str, Any], parameters)), args, graph)
        return
    format = choose_format(args.format, args.output, terminal=sys.stdout.isatty(), triples=triples)
    size = len(graph.store) if args.time else 0
    loaded = time.perf_counter()
    answer = graph.ask(
        question,
        basis=args.basis,
        evidence=args.evidence,
        article=args.article,
        engine=args.engine,
        **cast(dict[str, Any], parameters),
    )
    answered = time.perf_counter()
    _print(answer, format, args, graph)
    if args.time:
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


def _print(answer: Answer, format: str, args: Namespace, graph: Graph) -> None:
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import write

    shown = answer if args.limit is None else answer.first(args.limit)
    in_file = args.output is not None and args.output != "-"
    with opened(args.output) as stream:
        write(
            shown.result,
            format,
            stream,
            lang=answer.lang,
            prefixes=graph.prefixes,
            columns=terminal_width(stream),
            bom=format == "csv" and (in_file if args.bom is None else args.bom),
            named=args.headings == "names",
            iris=args.iris,
        )
    for notice in answer.notices:
        settings.notice(notice)
    if answer.kind != "boolean" and not answer.terms:
        settings.notice(_("nothing found"))
    elif len(shown) < len(answer):
        settings.notice(_("{n} of {n2} rows shown; --limit changes that", n=len(shown), n2=len(answer)))


def _explain(answer: Answer, args: Namespace, graph: Graph) -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.infer.explain_text import Wording, as_json, as_text
    from parkgraph.show.output import opened

    if args.format not in (None, "text", "json"):
        raise Usage(_("--why is told as text or json, not {format}", format=args.format))
    assert args.why is not None
    steps = graph.explain(answer, args.why - 1)
    wording = Wording(graph.store, label_of, graph.prefixes)
    if args.format == "json":
        import json

        told = json.dumps([as_json(step, wording) for step in steps], ensure_ascii=False, indent=2) + "\n"
    else:
        told = "\n".join(as_text(step, wording, settings.current().lang) for step in steps)
    if not steps:
        settings.notice(_("no single fact stands behind this row"))
    with opened(args.output) as stream:
        stream.write(told.encode())


def _describe(name: str) -> list[str]:
    """The lines of `ask NAME --help`."""
    from parkgraph.api import Graph
    from parkgraph.cli.parser import table
    from parkgraph.show.table import wrap

    lang = settings.current().lang
    graph = Graph(settings.root(), lang=lang)
    question = graph.question(name)
    given = [(f"--{name} {_kind(one)}", _meaning(one, graph)) for name, one in question.parameters.items()]
    columns = [(name, texts[lang]) for name, texts in question.columns.items()]
    lines = [f"{question.id}: {question.summary[lang]}", "", *wrap(question.description[lang], 100), ""]
    for title, rows in ((_("Parameters:"), given), (_("Columns:"), columns)):
        if rows:
            lines += [words(title), *table(rows, 100), ""]
    lines += [words(_("Example:")), f"  {example(question, graph)}", ""]
    lines.append(words(_("`parkgraph ask --help` shows the options of every question.")))
    return lines


def _kind(parameter: Parameter) -> str:
    return {"language": "zh|en", "date": "YYYY-MM-DD", "year": "YYYY", "number": "N"}.get(
        parameter.kind, parameter.kind.upper()
    )


def _meaning(parameter: Parameter, graph: Graph) -> str:
    from parkgraph.names import shorten

    lang = settings.current().lang
    said = parameter.label[lang]
    if parameter.of:
        names = [label for label, __ in graph.values(parameter)]
        listed = names if len(names) <= LISTED else [*names[:LISTED], "…"]
        said += words(_(", one of {of}: {listed}", of=shorten(parameter.of, graph.prefixes), listed=listed))
    default = _default(parameter, graph) or words(_("any"))
    if parameter.kind == "language":
        default = lang
    return said + words(_(" (default: {default})", default=default))


def _default(parameter: Parameter, graph: Graph) -> str:
    from parkgraph.show.cells import plain

    lang = settings.current().lang
    return ", ".join(plain(term, lang=lang, prefixes=graph.prefixes) for term in parameter.default)


def example(question: Question, graph: Graph) -> str:
    """A command line that asks `question` with the values it has anyway."""
    import shlex

    given = [
        f"--{name} {shlex.quote(_default(one, graph))}"
        for name, one in question.parameters.items()
        if one.kind != "language" and len(one.default) == 1
    ]
    return " ".join(["parkgraph ask", question.id, *given])


def questions_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Lists the saved questions by topic; `parkgraph ask NAME --help` shows one of them. "
        "As ttl they are a catalogue that other SPARQL tools read (sh:SPARQLExecutable)."
    )
    parser.option("--topic", "-t", metavar=NAME, help=_("of one topic only, e.g. project"))
    shared.formats(parser, LISTS, shared.ROWS)
    shared.output(parser)


def questions_run(args: Namespace) -> int:
    """Lists those that can be read, and tells of the others."""
    from parkgraph.ask.catalogue import catalogue, topics
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import choose_format, write

    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty())
    if chosen not in LISTS:
        raise Usage(
            _("questions are not listed as {chosen}", chosen=chosen),
            fix=_("one of: {known}", known=list(LISTS)),
        )
    root = settings.root()
    broken: list[Unreadable] = []
    found = catalogue(root, args.topic, broken)
    with opened(args.output) as stream:
        if chosen == "ttl":
            from parkgraph.ask.turtle import as_turtle

            stream.write(as_turtle(found).encode())
        elif chosen == "table":
            lines = _listed(found, topics(root), terminal_width(stream), parameters=args.topic is not None)
            stream.write("".join(f"{line}\n" for line in lines).encode())
        else:
            in_file = args.output is not None and args.output != "-"
            write(
                _table(found, topics(root)),
                chosen,
                stream,
                lang=settings.current().lang,
                columns=terminal_width(stream),
                bom=chosen == "csv" and in_file,
            )
    for error in broken[1:]:
        settings.tell(error)
    if broken:
        raise broken[0]
    return 0


def _listed(
    questions: list[Question], topics: Mapping[str, Mapping[str, str]], columns: int, *, parameters: bool
) -> Iterator[str]:
    """The questions under their topics, a line each; with their parameters below."""
    from itertools import groupby

    from parkgraph.show.table import pad, wrap

    lang = settings.current().lang
    margin = max((len(question.id) for question in questions), default=0) + 4
    for topic, group in groupby(questions, key=lambda question: question.topic):
        listed = list(group)
        yield words(_("{topic} ({n}), --topic {name}", topic=topics[topic], n=len(listed), name=topic))
        for question in listed:
            said = wrap(question.summary[lang], max(columns - margin, 20))
            yield pad(f"  {question.id}", margin) + said[0]
            yield from (" " * margin + line for line in said[1:])
            taken = [f"--{name}" for name, one in question.parameters.items() if one.kind != "language"]
            if parameters and taken:
                yield " " * margin + " ".join(taken)
        yield ""
    yield words(_("`parkgraph ask NAME --help` shows a question; `parkgraph ask 'WORDS'` finds one"))


def _table(questions: list[Question], topics: Mapping[str, Mapping[str, str]]) -> Table:
    from pyoxigraph import Literal

    from parkgraph.show.results import Table

    lang = settings.current().lang
    headings = {
        "topic": _("topic"),
        "id": _("name"),
        "summary": _("question"),
        "parameters": _("parameters"),
    }
    rows = [
        [
            Literal(topics[question.topic][lang]),
            Literal(question.id),
            Literal(question.summary[lang]),
            Literal(" ".join(f"--{name}" for name in question.parameters)),
        ]
        for question in questions
    ]
    return Table(tuple(headings), rows, {name: texts[lang] for name, texts in headings.items()})

"""`parkgraph questions`: lists the saved questions, for people and, as Turtle, for other tools."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import NAME, Parser
from parkgraph.cli.settings import words
from parkgraph.errors import Unreadable, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.ask.question import Question
    from parkgraph.show.results import Table

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html", "ttl")


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Lists the saved questions by topic; `parkgraph ask NAME --help` shows one of them. "
        "As ttl they are a catalogue that other SPARQL tools read (sh:SPARQLExecutable)."
    )
    parser.option("--topic", "-t", metavar=NAME, help=_("of one topic only, e.g. project"))
    shared.formats(parser, FORMATS, shared.ROWS)
    shared.output(parser)


def run(args: Namespace) -> int:
    """Lists those that can be read, and tells of the others."""
    from parkgraph.ask.catalogue import catalogue, topics
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.results import choose_format, write

    chosen = choose_format(args.format, args.output, terminal=sys.stdout.isatty())
    if chosen not in FORMATS:
        raise Usage(
            _("questions are not listed as {chosen}", chosen=chosen),
            fix=_("one of: {known}", known=list(FORMATS)),
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

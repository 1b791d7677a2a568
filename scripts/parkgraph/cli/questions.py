"""`parkgraph questions`: lists the saved questions, for people and, as Turtle, for other tools."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Usage
from parkgraph.messages import Text, _

if TYPE_CHECKING:
    from parkgraph.ask.question import Question
    from parkgraph.show.results import Table

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html", "ttl")

_HELP: dict[str, Text] = {
    "questions": _(
        "Lists the saved questions by topic; `parkgraph ask NAME --help` shows one of them. "
        "As ttl they are a catalogue that other SPARQL tools read (sh:SPARQLExecutable)."
    ),
    "topic": _("of one topic only, e.g. project"),
    "output": _("write here; its suffix chooses the format"),
}


def register(app: typer.Typer) -> None:
    """Adds the command to the application."""

    def said(name: str) -> str:
        return words(_HELP[name])

    @app.command("questions", help=said("questions"))
    def questions(
        topic: Annotated[
            str | None, typer.Option("--topic", "-t", metavar="TOPIC", help=said("topic"))
        ] = None,
        format: Annotated[
            str | None, typer.Option("--format", "-f", metavar="FORMAT", help=", ".join(FORMATS))
        ] = None,
        output: Annotated[
            str | None, typer.Option("--output", "-o", metavar="FILE", help=said("output"))
        ] = None,
    ) -> None:
        from parkgraph.ask.catalogue import catalogue
        from parkgraph.show.output import opened, terminal_width
        from parkgraph.show.results import choose_format, write

        chosen = choose_format(format, output, terminal=sys.stdout.isatty())
        if chosen not in FORMATS:
            raise Usage(
                _("questions are not listed as {chosen}", chosen=chosen),
                fix=_("one of: {formats}", formats=list(FORMATS)),
            )
        found = catalogue(settings.root(), topic)
        with opened(output) as stream:
            if chosen == "ttl":
                from parkgraph.ask.turtle import as_turtle

                stream.write(as_turtle(found).encode())
                return
            in_file = output is not None and output != "-"
            write(
                _table(found),
                chosen,
                stream,
                lang=settings.current().lang,
                columns=terminal_width(stream),
                bom=chosen == "csv" and in_file,
            )


def _table(questions: "list[Question]") -> "Table":
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
            Literal(question.topic),
            Literal(question.id),
            Literal(question.summary[lang]),
            Literal(" ".join(f"--{name}" for name in question.parameters)),
        ]
        for question in questions
    ]
    return Table(tuple(headings), rows, {name: texts[lang] for name, texts in headings.items()})

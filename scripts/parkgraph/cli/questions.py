"""`parkgraph questions`: lists the saved questions, for people and, as Turtle, for other tools."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Text, Usage

if TYPE_CHECKING:
    from parkgraph.ask.question import Question
    from parkgraph.show.results import Table

FORMATS = ("table", "csv", "tsv", "json", "jsonl", "md", "html", "ttl")

_HELP: dict[str, Text] = {
    "questions": {
        "en": "Lists the saved questions by topic; `parkgraph ask NAME --help` shows one of them. As ttl "
        "they are a catalogue that other SPARQL tools read (sh:SPARQLExecutable).",
        "zh": "按主题列出已保存的问题；`parkgraph ask 问题名 --help` 查看其中一个。"
        "ttl 格式是其他 SPARQL 工具可读的目录（sh:SPARQLExecutable）。",
    },
    "topic": {"en": "of one topic only, e.g. project", "zh": "只列一个主题，如 project"},
    "pages": {
        "en": "write a page for every question, in zh and en, into this folder: its picture and its answer",
        "zh": "把每个问题的页面（中英文，含图示和答案）写入此文件夹",
    },
    "output": {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"},
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
        pages: Annotated[str | None, typer.Option("--pages", metavar="FOLDER", help=said("pages"))] = None,
    ) -> None:
        if pages is not None:
            if format is not None or output is not None:
                raise Usage(
                    {"en": "--pages writes a folder of Markdown: no --output or --format",
                     "zh": "--pages 写出 Markdown 文件夹：不能与 --output、--format 合用"}
                )  # fmt: skip
            _write_pages(pages, topic)
            return
        from parkgraph.ask.catalogue import catalogue
        from parkgraph.show.output import opened, terminal_width
        from parkgraph.show.results import choose_format, write

        chosen = choose_format(format, output, terminal=sys.stdout.isatty())
        if chosen not in FORMATS:
            raise Usage(
                {"en": f"questions are not listed as {chosen}", "zh": f"问题列表不支持 {chosen} 格式"},
                fix={"en": f"one of: {', '.join(FORMATS)}", "zh": f"可用：{'、'.join(FORMATS)}"},
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


def _write_pages(folder: str, topic: str | None) -> None:
    from pathlib import Path

    from parkgraph.api import Graph
    from parkgraph.pages import write_pages

    try:
        count = write_pages(Graph(settings.root()), Path(folder), topic, settings.progress)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Usage(
            {"en": f"cannot write {folder}: {reason}", "zh": f"无法写入 {folder}：{reason}"},
            fix={"en": "name a folder that you may write to", "zh": "请指定可写的文件夹"},
        ) from None
    settings.notice({"en": f"{folder}: {count} pages", "zh": f"{folder}：{count} 页"})


def _table(questions: "list[Question]") -> "Table":
    from pyoxigraph import Literal

    from parkgraph.show.results import Table

    lang = settings.current().lang
    headings = {
        "topic": {"en": "topic", "zh": "主题"},
        "id": {"en": "name", "zh": "问题名"},
        "summary": {"en": "question", "zh": "问题"},
        "parameters": {"en": "parameters", "zh": "参数"},
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

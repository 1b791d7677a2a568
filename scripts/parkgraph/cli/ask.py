"""`parkgraph ask NAME`: answers a saved question; its parameters are options."""

import enum
import sys
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal, NamedTuple, cast

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import Text, Usage

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
    "ask": {
        "en": "Answers a saved question. Its parameters are options: give a label in any language, an alias, "
        "a short name or an IRI; give an option again for a further value. `parkgraph questions` lists the "
        "questions, `parkgraph ask NAME --help` shows one.",
        "zh": "回答一个已保存的问题。问题的参数即为选项：可给任一语言的标签、别名、简称或 IRI，"
        "重复给出即为多个值。`parkgraph questions` 列出问题，`parkgraph ask 问题名 --help` 查看详情。",
    },
    "basis": {
        "en": "only rows that rest on it: stated, inference or computed; may be repeated",
        "zh": "只保留此依据的行：stated（明言）、inference（推断）、computed（计算）；可重复",
    },
    "evidence": {"en": "add source, section and offsets to every row", "zh": "每行加上来源、章节和位置"},
    "article": {
        "en": "the text of a source: adds the words themselves; may be repeated",
        "zh": "来源的文本：加上原文；可重复给出",
    },
    "format": {
        "en": "table, csv, tsv, json, jsonl, xml, md, html; ttl or nt for triples",
        "zh": "table、csv、tsv、json、jsonl、xml、md、html；三元组可用 ttl、nt",
    },
    "output": {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"},
    "limit": {"en": "at most so many rows", "zh": "最多输出的行数"},
    "headings": {
        "en": "of table, csv, md and html: words, or the query's variable names",
        "zh": "table、csv、md、html 的表头：文字，或查询的变量名",
    },
    "bom": {
        "en": "begin a CSV with a byte-order mark, for spreadsheets (default: in a file yes, in a pipe no)",
        "zh": "CSV 以字节顺序标记开头，供电子表格使用（默认：文件有，管道无）",
    },
    "engine": {
        "en": "fast (Oxigraph) or reference (rdflib)",
        "zh": "fast（Oxigraph）或 reference（rdflib）",
    },
    "endpoint": {
        "en": "ask the graph in this store, e.g. http://127.0.0.1:7878",
        "zh": "向此存储中的图谱提问，例如 http://127.0.0.1:7878",
    },
    "store": {"en": "kind of the store (default: ask the server)", "zh": "存储的类型（默认：询问服务器）"},
    "time": {"en": "say on stderr how long it took", "zh": "在标准错误上报告用时"},
    "why": {
        "en": "explain this row (from 1) instead: each fact behind it and what it rests on; text or json",
        "zh": "改为解释这一行（从 1 数起）：背后的每个事实及其依据；text 或 json 格式",
    },
    "help": {"en": "show this, or the question", "zh": "显示本说明或问题详情"},
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
                {"en": "which question?", "zh": "要问哪个问题？"},
                fix={"en": "`parkgraph questions` lists them", "zh": "用 `parkgraph questions` 查看全部"},
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
            {"en": f"graph {read:.3f} s ({size:,} triples), answer {found:.3f} s, output {out:.3f} s",
             "zh": f"读取图谱 {read:.3f} 秒（{size:,} 个三元组），回答 {found:.3f} 秒，输出 {out:.3f} 秒"}
        )  # fmt: skip


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
                    raise Usage({"en": f"--{option} needs a value", "zh": f"--{option} 需要一个值"})
                value = left.pop(0)
            parameters.setdefault(option.replace("-", "_"), []).append(value)
        elif word.startswith("-"):
            raise Usage(
                {"en": f"unknown option: {word}", "zh": f"不认识的选项：{word}"},
                fix={"en": "see parkgraph ask --help", "zh": "参见 parkgraph ask --help"},
            )
        elif name is None:
            name = word
        else:
            raise Usage(
                {"en": f"one question at a time: {name} or {word}?",
                 "zh": f"一次只能问一个：{name} 还是 {word}？"},
                fix={"en": "a parameter is given as --PARAMETER VALUE; quote a value with spaces",
                     "zh": "参数写作 --参数 值；含空格的值请加引号"},
            )  # fmt: skip
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
        settings.notice({"en": "nothing found", "zh": "没有结果"})
    elif len(shown) < len(answer):
        settings.notice({"en": f"{len(shown)} of {len(answer)} rows shown; --limit changes that",
                         "zh": f"共 {len(answer)} 行，显示 {len(shown)} 行；可用 --limit 更改"})  # fmt: skip


def _explain(answer: "Answer", options: _Options, graph: "Graph") -> None:
    from parkgraph.ask.labels import label_of
    from parkgraph.infer.telling import as_json, as_text
    from parkgraph.infer.wording import Wording
    from parkgraph.show.output import opened

    if options.format not in (None, "text", "json"):
        raise Usage({"en": f"--why is told as text or json, not {options.format}",
                     "zh": f"--why 的格式为 text 或 json，不能是 {options.format}"})  # fmt: skip
    assert options.why is not None
    steps = graph.explain(answer, options.why - 1)
    wording = Wording(graph.store, label_of, graph.prefixes)
    if options.format == "json":
        import json

        told = json.dumps([as_json(step, wording) for step in steps], ensure_ascii=False, indent=2) + "\n"
    else:
        told = "\n".join(as_text(step, wording, settings.current().lang) for step in steps)
    if not steps:
        settings.notice({"en": "no single fact stands behind this row", "zh": "这一行背后没有单独的事实"})
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
        lines.append(words({"en": "Parameters:", "zh": "参数："}))
        margin = max(map(width, options))
        lines += [f"  {pad(option, margin)}  {meaning}" for option, meaning in options.items()]
        lines.append("")
    if question.columns:
        lines.append(words({"en": "Columns:", "zh": "各列："}))
        margin = max(map(width, question.columns))
        lines += [f"  {pad(name, margin)}  {texts[lang]}" for name, texts in question.columns.items()]
        lines.append("")
    lines += [words({"en": "Example:", "zh": "示例："}), f"  {example(question, graph)}", ""]
    lines.append(words({"en": "`parkgraph ask --help` shows the options of every question.",
                        "zh": "`parkgraph ask --help` 查看所有问题共有的选项。"}))  # fmt: skip
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
        said += words({"en": f", one of {of}", "zh": f"，取自 {of}"})
    default = _default(parameter, graph) or words({"en": "any", "zh": "不限"})
    if parameter.kind == "language":
        default = lang
    return said + words({"en": f" (default: {default})", "zh": f"（默认：{default}）"})


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

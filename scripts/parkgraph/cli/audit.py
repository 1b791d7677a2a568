"""`parkgraph audit`: what of a source the graph covers, and what is wrong with its evidence."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage

if TYPE_CHECKING:
    from parkgraph.evidence.facts import Facts


def register(app: typer.Typer) -> None:
    """Adds `audit`."""
    article_help = {"en": "the text of a source; may be repeated. Without it, what needs no text is checked",
                    "zh": "来源的文本，可重复给出；不给时只检查不需要文本的部分"}  # fmt: skip
    show_help = {"en": "print what the graph took from a clause: an offset, START-END or a phrase",
                 "zh": "列出图谱从某个分句采录的内容：偏移量、起-止或原文词句"}  # fmt: skip
    details_help = {"en": "list every clause and every number", "zh": "列出每个分句和每个数"}
    fail_help = {"en": "leave with exit code 1 from this severity on: violation, warning or info",
                 "zh": "达到此严重程度即以退出码 1 结束：violation、warning 或 info"}  # fmt: skip
    format_help = {"en": "table, json or md", "zh": "table、json 或 md"}
    output_help = {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"}

    endpoint_help = {"en": "audit the graph in this store, e.g. http://127.0.0.1:7878",
                     "zh": "审核此存储中的图谱，例如 http://127.0.0.1:7878"}  # fmt: skip
    store_help = {"en": "kind of the store (default: ask the server)", "zh": "存储的类型（默认：询问服务器）"}

    def audit(
        article: Annotated[
            list[str], typer.Option("--article", "-a", metavar="FILE", help=words(article_help))
        ] = [],  # noqa: B006
        show: Annotated[str | None, typer.Option(metavar="CLAUSE", help=words(show_help))] = None,
        details: Annotated[bool, typer.Option("--details", help=words(details_help))] = False,
        fail_on: Annotated[str, typer.Option(metavar="SEVERITY", help=words(fail_help))] = "violation",
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=words(endpoint_help))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=words(store_help))] = None,
    ) -> None:
        chosen = _format(format, output)
        if show is not None:
            _show(article, show, chosen, output, endpoint, store)
        else:
            _audit(article, details, fail_on, chosen, output, endpoint, store)

    help_text = {
        "en": "Audit the evidence: clauses of the text that are covered, left out on purpose or missed; "
        "numbers that are in the graph or not; facts without support; passages that do not fit.",
        "zh": "审核出处：文本的分句是否覆盖、有意不采录或遗漏；每个数是否对应到图谱；"
        "没有依据的事实；不符的段落。",
    }
    app.command("audit", help=words(help_text))(audit)


def _audit(
    articles: list[str], details: bool, fail_on: str, chosen: str, output: str | None,
    endpoint: str | None, store: str | None,
) -> None:  # fmt: skip
    from parkgraph.evidence.audit import audit, audit_facts, namer
    from parkgraph.evidence.passages import described_in
    from parkgraph.evidence.report import Report
    from parkgraph.evidence.text import load
    from parkgraph.finding import SEVERITIES
    from parkgraph.names import GRAPH_DATA
    from parkgraph.show.output import opened, terminal_width

    if fail_on not in SEVERITIES:
        raise Usage(
            {"en": f"unknown severity: {fail_on}", "zh": f"不认识的严重程度：{fail_on}"},
            fix={"en": "use violation, warning or info", "zh": "请用 violation、warning 或 info"},
        )
    root = settings.root()
    texts = [load(article) for article in articles]
    if endpoint is None:
        result = audit(root, texts)
    else:
        facts = _stored(endpoint, store)
        result = audit_facts(facts, namer(facts, root), described_in(GRAPH_DATA, facts), texts)
    report = Report(result, result.facts, namer(result.facts, root), settings.current().lang, details=details)
    with opened(output) as stream:
        lines = {
            "table": lambda: report.table(terminal_width(stream)),
            "md": report.markdown,
            "json": lambda: _json(report.json()),
        }[chosen]()
        stream.writelines(f"{line}\n".encode() for line in lines)
    failing = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    if any(finding.severity in failing for finding in result.findings):
        raise typer.Exit(FINDINGS)


def _stored(url: str, store: str | None) -> "Facts":
    """The graph in the store at `url`."""
    from parkgraph.store.needed import check_installed

    check_installed()
    from parkgraph.store.endpoint import DEFAULT_TIMEOUT, connect
    from parkgraph.store.reading import stored_facts

    with connect(url, store=store, timeout=DEFAULT_TIMEOUT, reading=True) as endpoint:
        return stored_facts(endpoint)


def _show(
    articles: list[str], asked: str, chosen: str, output: str | None, endpoint: str | None, store: str | None
) -> None:
    from parkgraph.evidence.audit import namer
    from parkgraph.evidence.facts import read_facts
    from parkgraph.evidence.report import place_json, place_lines, place_markdown
    from parkgraph.evidence.sources import identify, read_sources
    from parkgraph.evidence.text import load
    from parkgraph.evidence.told import places, tell
    from parkgraph.show.output import opened, terminal_width

    if not articles:
        raise Usage(
            {"en": "--show needs the text: --article FILE", "zh": "--show 需要文本：--article FILE"},
            fix={"en": "name the file with the article's text", "zh": "请指明文章文本所在的文件"},
        )
    root, lang = settings.root(), settings.current().lang
    facts = _stored(endpoint, store) if endpoint else read_facts(root, "ontology", "codes", "data")
    sources, name = read_sources(facts).values(), namer(facts, root)
    found = [
        place
        for text in map(load, articles)
        for source in [identify(text, sources)]
        for place in tell(facts, source, text, places(text, asked), name, lang)
    ]
    with opened(output) as stream:
        lines = {
            "table": lambda: place_lines(found, lang, terminal_width(stream)),
            "md": lambda: place_markdown(found, lang),
            "json": lambda: _json([place_json(place) for place in found]),
        }[chosen]()
        stream.writelines(f"{line}\n".encode() for line in lines)


def _json(data: object) -> Iterator[str]:
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _format(given: str | None, output: str | None) -> str:
    """The format asked for, else the one of the output file's suffix, else table.  Raises Usage."""
    from parkgraph.evidence.report import FORMATS

    suffixes = {"json": "json", "md": "md", "txt": "table"}
    if given is None and output and output != "-" and output.rpartition(".")[2] not in suffixes:
        raise Usage(
            {"en": f"the format of {output} cannot be told from its name",
             "zh": f"无法从文件名判断 {output} 的格式"},
            fix={"en": "add --format, or use one of the suffixes .txt .md .json",
                 "zh": "请加 --format，或使用以下后缀之一：.txt .md .json"},
        )  # fmt: skip
    chosen = given or (suffixes[output.rpartition(".")[2]] if output and output != "-" else "table")
    if chosen not in FORMATS:
        raise Usage(
            {"en": f"unknown format: {chosen}", "zh": f"不认识的格式：{chosen}"},
            fix={"en": "use --format table, json or md", "zh": "请用 --format table、json 或 md"},
        )
    return chosen

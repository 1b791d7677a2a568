"""`parkgraph audit`: what of a source the graph covers, and what is wrong with its evidence."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.evidence.facts import Facts


def register(app: typer.Typer) -> None:
    """Adds `audit`."""
    article_help = _("the text of a source; may be repeated. Without it, what needs no text is checked")
    show_help = _("print what the graph took from a clause: an offset, START-END or a phrase")
    details_help = _("list every clause and every number")
    fail_help = _("leave with exit code 1 from this severity on: violation, warning or info")
    format_help = _("table, json or md")
    output_help = _("write here; its suffix chooses the format")

    endpoint_help = _("audit the graph in this store, e.g. http://127.0.0.1:7878")
    store_help = _("kind of the store (default: ask the server)")

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

    help_text = _(
        "Audit the evidence: clauses of the text that are covered, left out on purpose or "
        "missed; numbers that are in the graph or not; facts without support; passages that "
        "do not fit."
    )
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
            _("unknown severity: {fail_on}", fail_on=fail_on),
            fix=_("use violation, warning or info"),
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
            _("--show needs the text: --article FILE"),
            fix=_("name the file with the article's text"),
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
            _("the format of {output} cannot be told from its name", output=output),
            fix=_("add --format, or use one of the suffixes .txt .md .json"),
        )
    chosen = given or (suffixes[output.rpartition(".")[2]] if output and output != "-" else "table")
    if chosen not in FORMATS:
        raise Usage(
            _("unknown format: {chosen}", chosen=chosen),
            fix=_("use --format table, json or md"),
        )
    return chosen

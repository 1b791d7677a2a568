"""`parkgraph audit`: what of a source the graph covers, and what is wrong with its evidence."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parkgraph.cli import options as shared
from parkgraph.cli import settings
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.graph.documents import Graph


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Audit the evidence: clauses of the text that are covered, left out on purpose or "
        "missed; numbers that are in the graph or not; facts without support; passages that "
        "do not fit."
    )
    shared.article(
        parser, _("the text of a source; may be repeated. Without it, what needs no text is checked")
    )
    parser.option(
        "--show",
        metavar=_("CLAUSE"),
        help=_("print what the graph took from a clause: an offset, START-END or a phrase"),
    )
    parser.option("--details", action="store_true", help=_("list every clause and every number"))
    shared.fail_on(parser, "violation")
    shared.formats(parser, ("table", "json", "md"))
    shared.output(parser)
    shared.endpoint(parser, _("audit the graph in this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> int:
    """Audits, or shows what was taken from a clause."""
    args.format = _format(args.format, args.output)
    if args.show is None:
        return _audit(args)
    _show(args)
    return 0


def _audit(args: Namespace) -> int:
    from parkgraph.evidence.audit import audit, audit_graph
    from parkgraph.evidence.passages import described_in
    from parkgraph.evidence.report import Report
    from parkgraph.evidence.sources import namer
    from parkgraph.evidence.text import load
    from parkgraph.finding import SEVERITIES
    from parkgraph.names import GRAPH_DATA
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened, terminal_width

    root = settings.root(told=True)
    name = namer(prefixes(root.path))
    texts = [load(article) for article in args.article]
    if args.endpoint is None:
        result = audit(root, texts)
    else:
        graph = _stored(args.endpoint, args.store)
        result = audit_graph(graph, name, described_in(GRAPH_DATA, graph), texts)
    report = Report(result, name, settings.current().lang, details=args.details)
    with opened(args.output) as stream:
        lines = {
            "table": lambda: report.table(terminal_width(stream)),
            "md": report.markdown,
            "json": lambda: _json(report.json()),
        }[args.format]()
        stream.writelines(f"{line}\n".encode() for line in lines)
    failing = SEVERITIES[: SEVERITIES.index(args.fail_on) + 1]
    return FINDINGS if any(finding.severity in failing for finding in result.findings) else 0


def _stored(url: str, store: str | None) -> Graph:
    """The graph in the store at `url`."""
    from parkgraph.store.extras import check_installed

    check_installed()
    from parkgraph.store.endpoint import DEFAULT_TIMEOUT, connect
    from parkgraph.store.remote_documents import stored_graph

    with connect(url, store=store, timeout=DEFAULT_TIMEOUT, reading=True) as endpoint:
        return stored_graph(endpoint)


def _show(args: Namespace) -> None:
    from parkgraph.evidence.cited import cited, places
    from parkgraph.evidence.report import place_json, place_lines, place_markdown
    from parkgraph.evidence.sources import identify, namer, read_sources
    from parkgraph.evidence.text import load
    from parkgraph.graph.documents import Graph, read_documents
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened, terminal_width

    if not args.article:
        raise Usage(
            _("--show needs the text: --article FILE"),
            fix=_("name the file with the article's text"),
        )
    root, lang = settings.root(), settings.current().lang
    if args.endpoint:
        graph = _stored(args.endpoint, args.store)
    else:
        graph = Graph(read_documents(root, "ontology", "codes", "data"))
    sources, name = read_sources(graph).values(), namer(prefixes(root.path))
    found = [
        place
        for text in map(load, args.article)
        for source in [identify(text, sources)]
        for place in cited(graph, source, text, places(text, args.show), name, lang)
    ]
    with opened(args.output) as stream:
        lines = {
            "table": lambda: place_lines(found, lang, terminal_width(stream)),
            "md": lambda: place_markdown(found, lang),
            "json": lambda: _json([place_json(place) for place in found]),
        }[args.format]()
        stream.writelines(f"{line}\n".encode() for line in lines)


def _json(data: object) -> Iterator[str]:
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _format(given: str | None, output: str | None) -> str:
    """The format asked for, else the one of the output file's suffix, else table.  Raises Usage."""
    suffixes = {"json": "json", "md": "md", "txt": "table"}
    if given is None and output and output != "-" and output.rpartition(".")[2] not in suffixes:
        raise Usage(
            _("the format of {output} cannot be told from its name", output=output),
            fix=_("add --format, or use one of the suffixes .txt .md .json"),
        )
    return given or (suffixes[output.rpartition(".")[2]] if output and output != "-" else "table")

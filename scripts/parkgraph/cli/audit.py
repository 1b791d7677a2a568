"""`parkgraph audit`: what of a source the graph covers, and what is wrong with its evidence."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import Either, _

if TYPE_CHECKING:
    from parkgraph.graph.documents import Graph

FORMATS = ("table", "json", "md")
"""The whole audit; the formats of `validate` tell its findings alone."""


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
    findings.options(parser, "violation", also=FORMATS)
    shared.endpoint(parser, _("audit the graph in this store, e.g. http://127.0.0.1:7878"))


def run(args: Namespace) -> int:
    """Audits, or shows what was taken from a clause."""
    if args.show is None:
        return _audit(args)
    if args.format not in (None, *FORMATS):
        raise Usage(_("--show is told as {known}, not {format}", known=Either(FORMATS), format=args.format))
    _show(args)
    return 0


def _audit(args: Namespace) -> int:
    from dataclasses import replace

    from parkgraph.evidence.audit import audit, audit_graph
    from parkgraph.evidence.passages import described_in, nothing_cited
    from parkgraph.evidence.report import Report
    from parkgraph.evidence.sources import namer
    from parkgraph.evidence.text import load
    from parkgraph.names import GRAPH_DATA
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.findings import render
    from parkgraph.show.output import opened, terminal_width

    to = findings.destinations(args)
    root = settings.root(told=True)
    name = namer(prefixes(root.path))
    texts = [load(article) for article in args.article]
    if args.endpoint is None:
        result = audit(root, texts)
    else:
        graph = _stored(args.endpoint, args.store)
        result = audit_graph(graph, name, described_in(GRAPH_DATA, graph), texts)
    if args.write_baseline is not None:
        findings.accept(args, result.findings)
        return 0
    found = findings.not_accepted(args, result.findings)
    looked_at = texts or result.findings or any(source.passages for source in result.sources)
    if not looked_at and not args.allow_empty:
        found.append(nothing_cited())
    result = replace(result, findings=found)
    report = Report(result, name, settings.current().lang, details=args.details)
    found = findings.here(result.findings, root)
    told = findings.told(found, command="audit", fail_on=args.fail_on, prefixes=prefixes(root.path))
    whole = _whole(args)
    if whole is not None:
        with opened(args.output) as stream:
            lines = {
                "table": lambda: report.table(terminal_width(stream)),
                "md": report.markdown,
                "json": lambda: _json(report.json(told)),
            }[whole]()
            stream.writelines(f"{line}\n".encode() for line in lines)
            if whole != "json":
                stream.write(render(told, "md" if whole == "md" else "text").encode())
    findings.write(told, to[1:] if whole else to)
    return FINDINGS if told.failed else 0


def _stored(url: str, store: str | None) -> Graph:
    """The graph in the store at `url`."""
    settings.need("httpx", "tenacity", extra="store")
    from parkgraph.store.endpoint import DEFAULT_TIMEOUT, connect
    from parkgraph.store.remote import stored_graph

    with connect(url, store=store, timeout=DEFAULT_TIMEOUT, reading=True) as endpoint:
        return stored_graph(endpoint)


def _show(args: Namespace) -> None:
    from parkgraph.evidence.cited import cited, place_json, place_lines, place_markdown, places
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
        }[_whole(args) or "table"]()
        stream.writelines(f"{line}\n".encode() for line in lines)


def _json(data: object) -> Iterator[str]:
    yield json.dumps(data, ensure_ascii=False, indent=2)


def _whole(args: Namespace) -> str | None:
    """The format of the whole audit; None where its findings alone are asked for."""
    if args.format is not None:
        return args.format if args.format in FORMATS else None
    if args.output in (None, "-"):
        return "table"
    return {"json": "json", "md": "md", "txt": "table"}.get(args.output.rpartition(".")[2])

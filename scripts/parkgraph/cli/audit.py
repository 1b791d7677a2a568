"""`parkgraph audit`: what of a source the graph covers, what is wrong with its evidence; `cite`: passages."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import Either, Message, _

if TYPE_CHECKING:
    from parkgraph.evidence.sources import Source
    from parkgraph.evidence.text import SourceText, Span
    from parkgraph.finding import Finding
    from parkgraph.graph.documents import Graph
    from parkgraph.read.files import Root

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
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.show.reports import render

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


def cite_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Turn a phrase of an article into its passage (passage:START-END, one line a place; START-END alone "
        "of a text that is no source of the graph yet), and offsets START-END into their text. Matching is "
        "exact. Without phrase or offsets: what the source's file must say of the text. --write writes "
        "kg/sources/*.passages.ttl from the passages in use."
    )
    parser.option("places", nargs="*", metavar=_("PHRASE|START-END"), help=_("phrases or offsets to look up"))
    shared.article(parser, _("the text of a source; may be repeated"))
    parser.option("--write", action="store_true", help=_("write the passages files of these texts"))
    parser.option("--check", action="store_true", help=_("say where the passages files are wrong"))


def cite_run(args: Namespace) -> int | None:
    """Looks up, writes or checks."""
    if (args.write and args.check) or (args.places and (args.write or args.check)):
        raise Usage(_("phrases or offsets, --write and --check exclude one another"))
    if args.check:
        return _check(args.article)
    if not args.article:
        raise Usage(_("--article FILE is missing"), fix=_("name the file with the article's text"))
    if args.write:
        return _write(args.article)
    if args.places:
        return _look_up(args.article, args.places)
    _describe(args.article)
    return None


def _look_up(articles: list[str], places: list[str]) -> int:
    from parkgraph.evidence.sources import read_sources, source_of
    from parkgraph.evidence.text import load, parse_offsets
    from parkgraph.graph.documents import Graph, read_documents

    sources = read_sources(Graph(read_documents(settings.root(), "ontology", "data"))).values()
    texts = [(text, source_of(text, sources)) for text in map(load, articles)]
    for text, source in texts:
        if source is None:
            settings.notice(_new(text))
    missing = False
    for place in places:
        span = parse_offsets(place)
        if span is not None:
            for text, __ in texts:
                _fits(text, span.start, span.end)
                print(text.part(span))
            continue
        found = [(source, span) for text, source in texts for span in text.find(place)]
        for source, span in found:
            passage = _passage(source, span)
            print(f"{passage}  {place}" if len(places) > 1 else passage)
        if not found:
            missing = True
            _not_found(place, texts)
    return FINDINGS if missing else 0


def _passage(source: Source | None, span: Span) -> str:
    return source.short_passage(span) if source else str(span)


def _new(text: SourceText) -> Message:
    return _(
        "{name} is no source of the graph yet: its places are offsets without a prefix\n"
        "  `parkgraph cite --article {name}` prints what its description must say",
        name=text.name,
    )


def _fits(text: SourceText, start: int, end: int) -> None:
    if start >= end or end > len(text):
        raise Usage(
            _(
                "no such passage: {start}-{end}; the text has {n} code points",
                start=start,
                end=end,
                n=len(text),
            ),
            fix=_("START must be below END, END at most the length"),
        )


def _not_found(phrase: str, texts: Iterable[tuple[SourceText, Source | None]]) -> None:
    settings.notice(_("not in the text: {phrase}", phrase=phrase))
    for text, source in texts:
        for span in text.find_similar(phrase):
            settings.notice(
                _(
                    "  with other punctuation or spaces: {short_passage} {part}",
                    short_passage=_passage(source, span),
                    part=text.part(span),
                )
            )


def _describe(articles: Iterable[str]) -> None:
    from parkgraph.evidence.text import load

    for text in map(load, articles):
        print(f'    park:textLength {len(text)} ;\n    park:textSha256 "{text.sha256}"^^xsd:hexBinary ;')


def _write(articles: Iterable[str]) -> int:
    from parkgraph.evidence.passages import write_passages
    from parkgraph.evidence.text import load

    root = settings.root(told=True)
    outcome = write_passages(root, [load(article) for article in articles])
    for name, count in outcome.written.items():
        settings.notice(_("{name}: {count} passages", name=name, count=count))
    return _report(outcome.findings, root) if outcome.findings else 0


def _check(articles: Iterable[str]) -> int:
    from parkgraph.evidence.passages import check_passages, nothing_cited
    from parkgraph.evidence.text import load

    root = settings.root(told=True)
    found = check_passages(root, [load(article) for article in articles])
    return _report(found or ([] if root.paths("passages") else [nothing_cited()]), root)


def _report(found: list[Finding], root: Root) -> int:
    report = findings.told(findings.here(found, root), command="cite")
    findings.write(report)
    return FINDINGS if report.failed else 0

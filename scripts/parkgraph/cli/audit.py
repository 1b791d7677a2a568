"""`parkgraph audit`: what of a source the graph covers, what is wrong with its evidence; `cite`: passages."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import Either, _

if TYPE_CHECKING:
    from parkgraph.evidence.sources import Source
    from parkgraph.evidence.text import SourceText, Span
    from parkgraph.graph.documents import Graph

FORMATS = ("table", "json")
"""The whole audit; the formats of `validate` tell its findings alone."""


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Audit the evidence: clauses of the text that are covered, left out on purpose or missed; numbers "
        "that are in the graph or not; facts without support; passages that do not fit."
    )
    parser.article(_("the text of a source; may be repeated. Without it, what needs no text is checked"))
    shown = _("print what the graph took from a clause: an offset, START-END or a phrase")
    parser.option("--show", metavar=_("CLAUSE"), help=shown)
    findings.options(parser, "violation", also=FORMATS)
    parser.endpoint(_("audit the graph in this store, e.g. http://127.0.0.1:7878"))


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
    from parkgraph.evidence.report import data, lines
    from parkgraph.evidence.sources import namer
    from parkgraph.evidence.text import load
    from parkgraph.names import GRAPH_DATA
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.reports import render
    from parkgraph.show.results import written_data

    to = findings.destinations(args)
    root = settings.root(told=True)
    known = prefixes(root.path)
    name = namer(known)
    texts = [load(article) for article in args.article]
    if args.endpoint is None:
        result = audit(root, texts)
    else:
        graph = _stored(args)
        result = audit_graph(graph, name, described_in(GRAPH_DATA, graph), texts)
    if args.write_baseline is not None:
        return findings.accept(args, result.findings)
    found = findings.not_accepted(args, result.findings)
    looked_at = texts or result.findings or any(source.passages for source in result.sources)
    if not looked_at and not args.allow_empty:
        found.append(nothing_cited())
    result = replace(result, findings=found)
    shown = findings.here(found, root)
    told = findings.told(shown, command="audit", fail_on=args.fail_on, prefixes=known)
    whole, lang = _whole(args), settings.current().lang
    if whole is None:
        return findings.write(told, to)
    if whole == "json":
        settings.put(args.output, written_data(data(result, told)))
    else:
        settings.put(args.output, lambda columns: _lines(lines(result, lang, columns)) + render(told, "text"))
    return findings.write(told, to[1:])


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _stored(args: Namespace) -> Graph:
    """The graph in the store at --endpoint."""
    with settings.store_at(args.endpoint, args.store, reading=True) as endpoint:
        from parkgraph.store.remote import stored_graph

        return stored_graph(endpoint)


def _show(args: Namespace) -> None:
    from parkgraph.evidence.report import cited, place_lines, places
    from parkgraph.evidence.sources import identify, namer, read_sources
    from parkgraph.evidence.text import load
    from parkgraph.graph.documents import Graph, read_documents
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.results import written_data

    if not args.article:
        fix = _("name the file with the article's text")
        raise Usage(_("--show needs the text: --article FILE"), fix=fix)
    root, lang = settings.root(), settings.current().lang
    graph = _stored(args) if args.endpoint else Graph(read_documents(root, "ontology", "codes", "data"))
    sources, name = read_sources(graph).values(), namer(prefixes(root.path))
    found = [
        place
        for text in map(load, args.article)
        for source in [identify(text, sources)]
        for place in cited(graph, source, text, places(text, args.show), name, lang)
    ]
    if _whole(args) == "json":
        settings.put(args.output, written_data(found))
    else:
        settings.put(args.output, lambda columns: place_lines(found, lang, columns))


def _whole(args: Namespace) -> str | None:
    """The format of the whole audit; None where its findings alone are asked for."""
    if args.format is not None:
        return args.format if args.format in FORMATS else None
    if args.output in (None, "-"):
        return "table"
    return {"json": "json", "txt": "table"}.get(args.output.rpartition(".")[2])


def cite_options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Turn a phrase of an article into its passage (passage:START-END, one line a place; START-END alone "
        "of a text that is no source of the graph yet), and offsets START-END into their text. Matching is "
        "exact. Without phrase or offsets: what the source's file must say of the text. --write writes "
        "kg/sources/*.passages.ttl from the passages in use."
    )
    parser.option("places", nargs="*", metavar=_("PHRASE|START-END"), help=_("phrases or offsets to look up"))
    parser.article(_("the text of a source; may be repeated"))
    parser.flag("--write", _("write the passages files of these texts"))
    parser.flag("--check", _("say where the passages files are wrong"))


def cite_run(args: Namespace) -> int:
    """Looks up, writes or checks."""
    from parkgraph.evidence.text import load

    if (args.write and args.check) or (args.places and (args.write or args.check)):
        raise Usage(_("phrases or offsets, --write and --check exclude one another"))
    if not args.article and not args.check:
        raise Usage(_("--article FILE is missing"), fix=_("name the file with the article's text"))
    if args.check or args.write:
        return _written(args)
    texts = [load(article) for article in args.article]
    if args.places:
        return _look_up(texts, args.places)
    for text in texts:
        print(f'    park:textLength {len(text)} ;\n    park:textSha256 "{text.sha256}"^^xsd:hexBinary ;')
    return 0


def _written(args: Namespace) -> int:
    """Writes or checks the passages files."""
    from parkgraph.evidence.passages import check_passages, nothing_cited, write_passages
    from parkgraph.evidence.text import load

    root = settings.root(told=True)
    texts = [load(article) for article in args.article]
    if args.check:
        found = check_passages(root, texts) or ([] if root.paths("passages") else [nothing_cited()])
    else:
        outcome = write_passages(root, texts)
        found = outcome.findings
        for name, count in outcome.written.items():
            settings.notice(_("{name}: {count} passages", name=name, count=count))
        if not found:
            return 0
    return findings.write(findings.told(findings.here(found, root), command="cite"))


def _look_up(texts: Iterable[SourceText], places: list[str]) -> int:
    from parkgraph.evidence.sources import read_sources, source_of
    from parkgraph.evidence.text import parse_offsets
    from parkgraph.graph.documents import Graph, read_documents

    sources = read_sources(Graph(read_documents(settings.root(), "ontology", "data"))).values()
    known = [(text, source_of(text, sources)) for text in texts]
    for text, source in known:
        if source is None:
            said = _(
                "{name} is no source of the graph yet: its places are offsets without a prefix\n"
                "  `parkgraph cite --article {name}` prints what its description must say",
                name=text.name,
            )
            settings.notice(said)
    code = 0
    for place in places:
        if (span := parse_offsets(place)) is not None:
            for text, __ in known:
                print(_part(text, span))
            continue
        found = [_passage(source, span) for text, source in known for span in text.find(place)]
        for passage in found:
            print(f"{passage}  {place}" if len(places) > 1 else passage)
        if not found:
            code = FINDINGS
            settings.notice(_("not in the text: {phrase}", phrase=place))
            near = ((text, source, span) for text, source in known for span in text.find_similar(place))
            for text, source, span in near:
                like = {"short_passage": _passage(source, span), "part": text.part(span)}
                settings.notice(_("  with other punctuation or spaces: {short_passage} {part}", **like))
    return code


def _passage(source: Source | None, span: Span) -> str:
    return source.short_passage(span) if source else str(span)


def _part(text: SourceText, span: Span) -> str:
    if span.start >= span.end or span.end > len(text):
        place = {"start": span.start, "end": span.end, "n": len(text)}
        said = _("no such passage: {start}-{end}; the text has {n} code points", **place)
        raise Usage(said, fix=_("START must be below END, END at most the length"))
    return text.part(span)

"""`parkgraph cite`: passages from phrases or offsets; writes and checks the generated passages files."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import Message, _

if TYPE_CHECKING:
    from parkgraph.evidence.sources import Source
    from parkgraph.evidence.text import SourceText, Span
    from parkgraph.finding import Finding
    from parkgraph.read.files import Root


def options(parser: Parser) -> None:
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


def run(args: Namespace) -> int | None:
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

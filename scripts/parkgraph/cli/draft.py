"""`parkgraph draft`: what an article says, proposed; what is accepted, written into the graph."""

from __future__ import annotations

import json
import os
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from parkgraph.cli import settings
from parkgraph.cli.new import settle, tell_corrected
from parkgraph.cli.parser import DIR, FILE, Parser
from parkgraph.errors import FINDINGS, Usage, system_said
from parkgraph.messages import _, in_language

if TYPE_CHECKING:
    from parkgraph.draft.article import Article
    from parkgraph.draft.proposal import Item
    from parkgraph.evidence.sources import Source
    from parkgraph.graph.documents import Graph
    from parkgraph.read.files import Root


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Propose what an article says: figures, known and new names, lists, each with its place, the rule "
        "that found it and what the graph has that is nearest. Decide in the file it writes (yes, no, same "
        "as NAME), then --apply writes what is accepted into the topic files, whole or not at all. A second "
        "run shows what is new."
    )
    parser.option("file", metavar=FILE, help=_("the text of the article"))
    parser.option("--output", "-o", metavar=DIR, help=_("the folder of the proposal"))
    parser.option("--apply", action="store_true", help=_("write what is accepted into the graph"))
    parser.option("--json", action="store_true", help=_("print the proposals as JSON and write nothing"))


def run(args: Namespace) -> int:
    """Proposes, or applies what was decided."""
    from parkgraph.draft.apply import tell_missing
    from parkgraph.draft.article import read
    from parkgraph.draft.proposal import decide, propose, written
    from parkgraph.draft.source import corrected
    from parkgraph.draft.write import read_graph
    from parkgraph.evidence.sources import read_sources, source_of
    from parkgraph.evidence.text import load
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.output import opened

    root = settings.root(told=True)
    graph = read_graph(root)
    article = read(load(args.file))
    source = source_of(article.text, read_sources(graph).values())
    if source is None and (moved := corrected(article, graph)):
        tell_corrected(moved)
        return FINDINGS
    if article.published is None:
        raise Usage(
            _("the text gives no date of publication"), fix=_("add the line with its date, as printed")
        )
    items = propose(article, graph, prefixes(root.path), source.iri if source else None)
    items = _not_rejected(items, root, source)
    if args.json:
        tell_missing(items, article, source, root, graph, prefixes(root.path))
        print(json.dumps([_plain(item, article) for item in items], ensure_ascii=False, indent=2))
        return 0
    if not args.output:
        raise Usage(_("-o DIR is missing"), fix=_("name the folder for the proposal"))
    path = Path(args.output) / f"{Path(args.file).stem}.decisions.txt"
    before = path.read_text("utf-8") if path.exists() else ""
    decide(items, before, article, str(path), strict=args.apply)
    if args.apply:
        if not before:
            raise Usage(
                _("nothing was proposed yet: {path} is not there", path=path),
                fix=_("run draft without --apply"),
            )
        return _apply(items, article, source, graph, root, path)
    tell_missing(items, article, source, root, graph, prefixes(root.path))
    if not items:
        print(settings.words(_("nothing new: the graph has all that the rules find in this text")))
        path.unlink(missing_ok=True)
        return 0
    try:
        os.makedirs(args.output, exist_ok=True)
    except OSError as error:
        said = _("cannot write {path}: {reason}", path=args.output, reason=system_said(error))
        raise Usage(said, fix=_("name the folder for the proposal")) from None
    with opened(path) as stream:
        stream.write(written(items, article, settings.current().lang).encode())
    print(path)
    waiting = sum(item.decision == "?" for item in items)
    settings.notice(_("{n} proposals, {waiting} to decide", n=len(items), waiting=waiting))
    return 0


def _not_rejected(items: Sequence[Item], root: Root, source: Source | None) -> list[Item]:
    from parkgraph.draft.apply import rejected_file

    path = root.path / rejected_file(source) if source else None
    refused = set(path.read_text("utf-8").splitlines()) if path and path.exists() else set()
    return [item for item in items if item.id not in refused]


def _plain(item: Item, article: Article) -> dict[str, object]:
    lang = settings.current().lang
    said: dict[str, object] = {
        "id": item.id,
        "spans": [
            {"start": span.start, "end": span.end, "text": article.text.part(span)} for span in item.spans
        ],
        **item.fields,
        "parts": item.parts,
        "notes": [in_language(note, lang) for note in item.notes],
    }
    if item.figure:
        one = item.figure
        said |= {
            "value": str(one.value), "high": None if one.high is None else str(one.high), "unit": one.unit,
            "qualifier": one.qualifier, "period": one.period.key if one.period else None,
            "measured": one.measured, "joint": one.joint, "threshold": one.threshold,
        }  # fmt: skip
    return said


def _apply(
    items: Sequence[Item], article: Article, source: Source | None, graph: Graph, root: Root, path: Path
) -> int:
    from parkgraph.draft.apply import Applying
    from parkgraph.draft.write import Edits
    from parkgraph.read.prefixes import prefixes

    if source is None:
        raise Usage(
            _("this text is no source of the graph yet"), fix=_("parkgraph new source FILE describes it")
        )
    edits = Edits(root)
    Applying(items, article, source, graph, prefixes(root.path), edits).run()
    if not edits.texts:
        print(settings.words(_("nothing is accepted or refused; nothing was written")))
        return 0
    done = settle(edits, [article.text])
    if done is None:
        return FINDINGS
    files, left = done
    print(*files, sep="\n")
    for one in left:
        print(f"  {in_language(one.messages, settings.current().lang)}")
    undecided = sum(item.decision == "?" for item in items)
    settings.notice(
        _(
            "{n} places of the text are open, {undecided} proposals undecided",
            n=len(left),
            undecided=undecided,
        )
    )
    return 0

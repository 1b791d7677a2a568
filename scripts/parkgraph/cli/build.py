"""`parkgraph build`: everything checked, everything answered, `dist/` written."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from time import perf_counter

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Check everything and write dist/: the graph as Turtle, N-Quads and JSON-LD, its "
        "description, the answer to every question as CSV, and a report. Nothing is written "
        "when the data do not conform."
    )
    shared.output(parser, _("the folder to write; replaced as a whole"), default="dist")
    shared.article(
        parser,
        _("the text of a source; may be repeated. Clauses and numbers are then audited too"),
    )


def run(args: Namespace) -> int:
    """Checks and writes."""
    from parkgraph.api import Graph
    from parkgraph.build import build, summary

    begun = perf_counter()
    root, folder = settings.root(told=True), Path(args.output)
    outcome = build(root, folder, articles=args.article, say=settings.progress)
    if outcome.conforms:
        # Kept in the cache: the first question in words needs not wait for it then.
        Graph(root, lang=settings.current().lang, say=settings.progress).finder  # noqa: B018
    settings.progress("")
    if outcome.findings:
        from parkgraph.read.prefixes import prefixes

        found = findings.here(outcome.findings, root)
        findings.write(findings.told(found, command="build", prefixes=prefixes(root.path)))
    if not outcome.conforms:
        settings.notice(_("the data do not conform; {folder} is as it was", folder=folder))
        return FINDINGS
    for text in summary(outcome):
        settings.notice(text)
    seconds = perf_counter() - begun
    settings.notice(
        _("{folder}: {n} files in {seconds:.1f} s", folder=folder, n=len(outcome.written), seconds=seconds)
    )
    return 0

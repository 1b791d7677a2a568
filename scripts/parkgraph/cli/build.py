"""`parkgraph build`: everything checked, everything answered, `dist/` written."""

import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS
from parkgraph.finding import in_files
from parkgraph.messages import Text, _

if TYPE_CHECKING:
    from parkgraph.finding import Finding
    from parkgraph.read.files import Root


def register(app: typer.Typer) -> None:
    """Adds `build`."""
    output_help = _("the folder to write; replaced as a whole")
    article_help = _("the text of a source; may be repeated. Clauses and numbers are then audited too")

    def build(
        output: Annotated[str, typer.Option("--output", "-o", help=words(output_help))] = "dist",
        article: Annotated[
            list[str], typer.Option("--article", "-a", metavar="FILE", help=words(article_help))
        ] = [],  # noqa: B006
    ) -> None:
        _build(Path(output), article)

    help_text = _(
        "Check everything and write dist/: the graph as Turtle, N-Quads and JSON-LD, its "
        "description, the answer to every question as CSV, and a report. Nothing is written "
        "when the data do not conform."
    )
    app.command("build", help=words(help_text))(build)


def _build(folder: Path, articles: list[str]) -> None:
    from parkgraph.build import build, summary

    begun = perf_counter()
    root = settings.root()
    outcome = build(root, folder, articles=articles, say=_progress)
    _progress("")
    if outcome.findings:
        _tell(outcome.findings, root)
    if not outcome.conforms:
        settings.notice(_("the data do not conform; {folder} is as it was", folder=folder))
        raise typer.Exit(FINDINGS)
    for text in summary(outcome):
        settings.notice(text)
    seconds = perf_counter() - begun
    settings.notice(
        _("{folder}: {n} files in {seconds:.1f} s", folder=folder, n=len(outcome.written), seconds=seconds)
    )


def _tell(findings: "list[Finding]", root: "Root") -> None:
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.findings import render
    from parkgraph.show.findings.told import Told
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.validate.inputs import shown

    here = [in_files(finding, lambda name: shown(root.path / name)) for finding in findings]
    with opened(None) as stream:
        told = Told(
            here,
            lang=settings.current().lang,
            command="build",
            prefixes=prefixes(root.path),
            columns=terminal_width(stream),
        )
        stream.write(render(told, "text").encode())


def _progress(step: Text) -> None:
    """Shows the step on a terminal, in the place of the one before."""
    if sys.stderr.isatty() and not settings.current().quiet:
        sys.stderr.write("\r\x1b[K" + (f"{words(step)} …" if step else ""))
        sys.stderr.flush()

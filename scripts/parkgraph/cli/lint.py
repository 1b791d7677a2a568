"""`parkgraph lint`: checks of the ontology, the shapes and the saved questions themselves."""

import os
from typing import Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _


def register(app: typer.Typer) -> None:
    """Adds `lint`."""
    checks_help = _("list the checks, with what they find and how to mend it")
    format_help = _("text, json, jsonl, sarif, junit, github, md, gitlab or turtle")
    output_help = _("write here; its suffix chooses the format")
    fail_help = _("leave with exit code 1 from this severity on: violation, warning or info")
    engine_help = _("fast, reference (pySHACL) or both")

    def lint(
        checks: Annotated[bool, typer.Option("--checks", help=words(checks_help))] = False,
        format: Annotated[str | None, typer.Option("--format", "-f", help=words(format_help))] = None,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(output_help))] = None,
        fail_on: Annotated[str, typer.Option(metavar="SEVERITY", help=words(fail_help))] = "warning",
        engine: Annotated[str, typer.Option(help=words(engine_help))] = "fast",
    ) -> None:
        if checks:
            _list_checks(output)
        else:
            _lint(format, output, fail_on, engine)

    help_text = _(
        "Check the ontology, the shapes, the data across topics and the saved questions "
        "themselves. Each check is a shape in ontology/shapes/lint/."
    )
    app.command("lint", help=words(help_text))(lint)


def _lint(format: str | None, output: str | None, fail_on: str, engine: str) -> None:
    from parkgraph.lint import lint
    from parkgraph.show.findings import FORMATS, form_of, render
    from parkgraph.show.findings.told import Told
    from parkgraph.show.output import opened, terminal_width
    from parkgraph.validate.check import late_error

    severity = _one_of(fail_on, ("violation", "warning", "info"), "--fail-on")
    decider = _one_of(engine, ("fast", "reference", "both"), "--engine")
    to_file = output is not None and output != "-"
    form = _one_of(format or (form_of(output or "") if to_file else "text"), FORMATS, "--format")
    report = lint(settings.root(), decider)  # type: ignore[arg-type]
    if report.late:
        raise late_error(report.late)
    with opened(output) as stream:
        told = Told(
            report.findings,
            lang=settings.current().lang,
            command="lint",
            fail_on=severity,  # type: ignore[arg-type]
            prefixes=report.prefixes,
            passed=report.rules,
            about=report.figures,
            engine=report.decided_by,
            notes=report.notes,
            colour=stream.isatty() and "NO_COLOR" not in os.environ,
            columns=terminal_width(stream),
        )
        stream.write(render(told, form).encode())
    if told.failed:
        raise typer.Exit(FINDINGS)


def _list_checks(output: str | None) -> None:
    from parkgraph.lint.checks import page, read_checks, read_declined
    from parkgraph.show.output import opened

    root, lang = settings.root(), settings.current().lang
    with opened(output) as stream:
        stream.write(page(read_checks(root), read_declined(root), lang).encode())


def _one_of(given: str, allowed: tuple[str, ...], option: str) -> str:
    if given in allowed:
        return given
    raise Usage(
        _("unknown value of {option}: {given}", option=option, given=given),
        fix=_("use one of {allowed}", allowed=list(allowed)),
    )

"""`parkgraph lint`: checks of the ontology, the shapes and the saved questions themselves."""

from __future__ import annotations

from argparse import Namespace

from parkgraph.cli import findings, settings
from parkgraph.cli import options as shared
from parkgraph.cli.parser import Parser
from parkgraph.errors import FINDINGS
from parkgraph.messages import _


def options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Check the ontology, the shapes, the data across topics and the saved questions "
        "themselves. Each check is a shape in ontology/shapes/lint/."
    )
    parser.option(
        "--checks",
        action="store_true",
        help=_("list the checks, with what they find and how to mend it"),
    )
    findings.options(parser, "warning")
    shared.choice(parser, "--engine", ("fast", "reference"), _("engine; reference asks pySHACL too"), "fast")


def run(args: Namespace) -> int:
    """Lints, or lists the checks."""
    if args.checks:
        _list_checks(args.output)
        return 0
    from parkgraph.lint import lint

    to = findings.destinations(args)
    report = lint(settings.root(told=True), args.engine)
    if args.write_baseline is not None:
        findings.accept(args, report.findings)
        return 0
    found = findings.not_accepted(args, report.findings)
    told = findings.told(found, report, command="lint", fail_on=args.fail_on)
    findings.write(told, to)
    return FINDINGS if told.failed else 0


def _list_checks(output: str | None) -> None:
    from parkgraph.lint.checks import page, read_checks, read_declined
    from parkgraph.show.output import opened

    root, lang = settings.root(), settings.current().lang
    with opened(output) as stream:
        stream.write(page(read_checks(root), read_declined(root), lang).encode())

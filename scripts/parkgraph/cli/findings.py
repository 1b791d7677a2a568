"""How the commands that check tell what they found: formats, files, exit code."""

from __future__ import annotations

import os
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parkgraph.cli import settings
from parkgraph.cli.parser import FILE, Parser, one_of
from parkgraph.errors import FINDINGS, ParkgraphError, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from parkgraph.finding import Finding
    from parkgraph.read.files import Root
    from parkgraph.show.findings import ReportContext
    from parkgraph.validate.check import Report

UNCHECKED = _("even a graph that `parkgraph build` refuses")
"""What --unchecked says, of commands that hand on the graph."""

Destination = tuple[str, str | None]
"""A format with the file it goes to; None is standard output."""


def options(parser: Parser, fail_on: str, *, also: Sequence[str] = ()) -> None:
    """Declares --format, --output, --report, --fail-on, --allow-empty and the baseline.

    fail_on: its default.  also: formats of the command's own.
    """
    from parkgraph.finding import SEVERITIES
    from parkgraph.show.findings import FORMATS

    parser.formats(tuple(dict.fromkeys((*also, *FORMATS))))
    parser.output()
    report = _("one more report, e.g. sarif:out.sarif; may be repeated")
    parser.several("--report", metavar=_("FORMAT:FILE"), help=report)
    at_least = _("exit with code 1 if a finding is at least this severe")
    parser.choice("--fail-on", known=SEVERITIES, help=at_least, default=fail_on)
    parser.flag("--allow-empty", _("that nothing was checked is no violation"))
    baseline = _("a file of accepted findings, each with its reason")
    parser.option("--baseline", type=Path, metavar=FILE, help=baseline)
    written = _("accept what is found now: write it to this baseline")
    parser.option("--write-baseline", type=Path, metavar=FILE, help=written)
    parser.option("--reason", metavar=_("TEXT"), help=_("why, for --write-baseline"))


def not_accepted(args: Namespace, found: Sequence[Finding]) -> list[Finding]:
    """The findings that the baseline does not accept, and those about the baseline itself."""
    if args.baseline is None:
        return list(found)
    from parkgraph.finding import fingerprint
    from parkgraph.validate import baseline

    accepted = baseline.read(args.baseline)
    marks = {fingerprint(finding) for finding in found}
    kept = [finding for finding in found if fingerprint(finding) not in accepted]
    return kept + baseline.outdated(accepted, marks, args.baseline, allow_empty=args.allow_empty)


def accept(args: Namespace, found: Sequence[Finding]) -> int:
    """Writes the baseline that accepts `found`; entries of an older one keep their reasons."""
    from parkgraph.validate import baseline

    path, reason = args.write_baseline, args.reason
    older = args.baseline or (path if os.path.isfile(path) else None)
    known = baseline.read(older).values() if older else ()
    settings.put(path, baseline.write(found, reason, known))
    settings.notice(_("findings accepted in {path}: {n}", path=path, n=len(found)))
    return 0


def destinations(args: Namespace) -> list[Destination]:
    """Where the reports go.  Raises Usage: an unknown format, no place to write to, one place named twice."""
    from parkgraph.show.findings import FORMATS
    from parkgraph.show.output import check_file
    from parkgraph.show.reports import form_of

    output = None if args.output == "-" else args.output
    found: list[Destination] = [(args.format or (form_of(output) if output else "text"), output)]
    for report in args.report:
        name, colon, path = report.partition(":")
        if not colon or not path:
            raise Usage(
                _("--report takes FORMAT:FILE, not {report}", report=report),
                fix=_("for example --report sarif:out.sarif"),
            )
        found.append((one_of("--report", FORMATS)(name), path))
    if args.reason is not None and args.write_baseline is None:
        raise Usage(_("{option} goes with {needed}", option="--reason", needed="--write-baseline"))
    if args.write_baseline is not None and not (args.reason or "").strip():
        raise Usage(_("--write-baseline needs --reason"), fix=_("say why these findings are accepted"))
    # All this before the work, not after it.
    if args.baseline is not None:
        from parkgraph.validate import baseline

        baseline.read(args.baseline)
    if args.write_baseline is not None:
        check_file(args.write_baseline)
    files = [path for __, path in found if path is not None]
    for number, path in enumerate(files):
        check_file(path)
        if any(os.path.realpath(path) == os.path.realpath(other) for other in files[:number]):
            raise Usage(_("two reports go to {path}", path=path))
    return found


def told(
    findings: Sequence[Finding], report: Report | None = None, *, command: str, **more: Any
) -> ReportContext:
    """Findings with what a report says about them: from `report`, and `more` fields of ReportContext."""
    from parkgraph.show.findings import ReportContext
    from parkgraph.show.output import terminal_width

    if report is not None:
        more = {
            "prefixes": report.prefixes,
            "passed": report.rules,
            "about": report.figures,
            "engine": report.decided_by,
            "notes": report.notes,
            **more,
        }
    terminal = sys.stdout.isatty()
    return ReportContext(
        findings,
        lang=settings.current().lang,
        command=command,
        colour=terminal and "NO_COLOR" not in os.environ,
        columns=terminal_width(sys.stdout.buffer) if terminal else 120,
        **more,
    )


def tell(
    findings: Sequence[Finding], root: Root, *, command: str, to: Sequence[Destination] = (("text", None),)
) -> int:
    """Writes what was found in the graph at `root`; the exit code."""
    from parkgraph.read.prefixes import prefixes

    report = told(here(findings, root), command=command, prefixes=prefixes(root.path))
    return write(report, to)


def write(report: ReportContext, to: Sequence[Destination] = (("text", None),)) -> int:
    """Writes the findings to all destinations, and for GitHub a summary of the step; the exit code."""
    from dataclasses import replace

    from parkgraph.show.reports import render

    for form, path in to:
        text = render(report if path is None else replace(report, colour=False), form)
        settings.put(path, text.encode("utf-8", "backslashreplace"))
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    if summary and any(form == "github" for form, __ in to):
        with open(summary, "a", encoding="utf-8") as file:
            file.write(render(report, "md"))
    return FINDINGS if report.failed else 0


def here(found: Sequence[Finding], root: Root) -> list[Finding]:
    """Findings that name files from the graph's root, named from the current folder; what is no file of the
    root (an article, a graph of a store) keeps its name."""
    from parkgraph.finding import in_files
    from parkgraph.validate.inputs import shown

    def named(name: str) -> str:
        file = root.path / name
        return shown(file) if os.path.exists(file) else name

    return [in_files(finding, named) for finding in found]


def fit_graphs(args: Namespace, root: Root) -> dict[str, list[Triple]] | None:
    """The named graphs of a graph that conforms; None with --unchecked.

    Raises ParkgraphError where `build` would refuse it; the violations are told on stderr.
    """
    if args.unchecked:
        return None
    from parkgraph.conformance import check_graph
    from parkgraph.read.prefixes import prefixes
    from parkgraph.show.findings import text

    checked = check_graph(root, say=settings.progress)
    settings.progress("")
    if checked.conforms:
        return checked.graphs
    worst = [finding for finding in checked.findings if finding.severity == "violation"]
    report = told(here(worst, root), command="build", prefixes=prefixes(root.path))
    print(text(report), end="", file=sys.stderr)
    raise ParkgraphError(
        _("the data do not conform: nothing is written or sent"),
        fix=_("mend what is said above, or give --unchecked"),
    )

"""`parkgraph validate`: data against SHACL, each finding with its line; `lint`: the rules themselves."""

from __future__ import annotations

import gc
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from parkgraph.cli import findings, settings
from parkgraph.cli.parser import FILE, Parser, one_of
from parkgraph.errors import Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.validate.check import Report
    from parkgraph.validate.inputs import Inputs, Selection


def options(parser: Parser) -> None:
    """Declares arguments and options."""
    parser.about = _(
        "Validate data with SHACL: the graph's own, or any Turtle files and folders. Each finding names the "
        "file, line and column to change, and the line of the shape that says so. Exit codes: 0 valid, 1 "
        "findings, 2 wrong usage, 3 a file or the shapes cannot be used, 4 time limit."
    )
    given = _("files or folders (default: the graph's own data)")
    parser.option("data", nargs="*", type=Path, metavar=_("DATA"), help=given)
    shapes = _("SHACL shapes; may be repeated (default: the graph's own, with its ontology)")
    parser.several("--shapes", "-s", type=Path, metavar=FILE, help=shapes)
    ontology = _("class hierarchy and code lists; may be repeated")
    parser.several("--ontology", "-e", type=Path, metavar=FILE, help=ontology)
    findings.options(parser, "violation")
    parser.engine(_("engine; reference asks pySHACL too and tells where it says something else"))
    parser.flag("--lenient", _("do without the parts of the shapes that are broken; they are violations"))
    hidden = _("leave out findings of this severity: info or warning; may be repeated")
    known = one_of("--hide", ("info", "warning"))
    parser.several("--hide", type=known, metavar=_("SEVERITY"), help=hidden)
    most = _("show at most so many; all are counted; 0 shows all")
    parser.whole("--max-findings", default=1000, help=most)
    changed = _("only findings that were not there at this git revision")
    parser.option("--changed-only", metavar=_("REVISION"), help=changed)
    parser.seconds("--time-limit", 0.0, _("seconds it may take; 0 for no limit"), least=0)
    derived = _("also validate derived triples (OWL 2 RL); each finding points to the lines it derives from")
    parser.flag("--inferred", derived)
    parser.flag("--fetch-imports", _("load owl:imports over the network too"))
    parser.endpoint(_("validate the graph in this store, e.g. http://127.0.0.1:7878"))
    parser.flag("--schema", _("print the JSON schema of --format json and leave"))


def run(args: Namespace) -> int:
    """Validates."""
    from parkgraph.show.reports import SCHEMA
    from parkgraph.validate.inputs import Selection

    if args.schema:
        print(SCHEMA.read_text(encoding="utf-8"), end="")
        return 0
    if args.store is not None and args.endpoint is None:
        raise Usage(_("{option} goes with {needed}", option="--store", needed="--endpoint"))
    if args.endpoint is not None and (args.data or args.changed_only):
        raise Usage(
            _("--endpoint validates what the store holds: no DATA or --changed-only with it"),
            fix=_("leave one of them out"),
        )
    root = None
    if not (args.shapes and (args.data or args.endpoint)):
        root = settings.root(_common_place(args.data), told=True)
    selection = Selection(tuple(args.data), tuple(args.shapes), tuple(args.ontology), root)
    to = findings.destinations(args)
    for __, path in to:
        settings.spare(path, *selection.inputs())
    if args.write_baseline is not None:
        return findings.accept(args, _report(args, selection, accept=False).findings)
    gc.disable()  # hardly anything here is circular, and looking for it takes a tenth of the time
    try:
        if not args.time_limit:
            return _validate(args, selection, to)
        from parkgraph.graph import sandbox

        return sandbox.run(lambda: _validate(args, selection, to), seconds=args.time_limit)
    finally:
        gc.enable()


def _validate(args: Namespace, selection: Selection, to: list[findings.Destination]) -> int:
    """Validates, writes the reports; the exit code."""
    from parkgraph.validate.check import BrokenShapes

    try:
        report = _report(args, selection, most=args.max_findings or None)
    except BrokenShapes as error:
        from parkgraph.read.prefixes import prefixes

        findings.write(findings.told(error.findings, command="validate", prefixes=prefixes()), to)
        raise
    for note in report.notes:
        settings.notice(note)
    more = {"counts": report.counts, "fail_on": args.fail_on}
    return findings.write(findings.told(report.findings, report, command="validate", **more), to)


def _report(args: Namespace, selection: Selection, *, most: int | None = None, accept: bool = True) -> Report:
    """One validation, with baseline and revision taken away."""
    from parkgraph.validate import baseline
    from parkgraph.validate.check import Options, check
    from parkgraph.validate.inputs import follow

    accepted = baseline.read(args.baseline) if args.baseline and accept else {}
    old = baseline.before(args.changed_only, selection) if args.changed_only is not None else set()
    options = Options(
        engine=args.engine,
        lenient=args.lenient,
        allow_empty=args.allow_empty,
        hide=frozenset(args.hide),
        most=most,
        accepted=accepted.keys() | old,
    )
    inputs = _inputs(args, selection)
    facts, explain = follow(inputs) if args.inferred else ([], None)
    report = check(inputs, options, inferred=facts, explain=explain)
    if args.baseline and accepted:
        more = {"allow_empty": args.allow_empty}
        for finding in baseline.outdated(accepted, report.accepted, args.baseline, **more):
            report.findings.append(finding)
            report.counts[finding.severity] += 1
    return report


def _inputs(args: Namespace, selection: Selection) -> Inputs:
    from dataclasses import replace

    from parkgraph.read.prefixes import prefixes
    from parkgraph.validate.inputs import Library

    reader = Library(fetch=args.fetch_imports)
    files = selection.files()
    if args.endpoint is None:
        given = reader.inputs(files["data"], files["shapes"], files["ontology"], files["context"])
        return replace(given, questions=selection.questions())
    judging = reader.inputs([], files["shapes"], selection.ontology)
    known = prefixes(selection.root.path) if selection.root else {}  # messages shorten IRIs by them
    with settings.store_at(args.endpoint, args.store, reading=True) as endpoint:
        from parkgraph.store.remote import stored_documents

        data, ontology = stored_documents(endpoint, known)
    own = judging.ontology or ((ontology,) if ontology else ())
    return replace(judging, data=tuple(data), ontology=own)


def _common_place(data: list[Path]) -> Path:
    """Where the graph is looked for that judges `data`: it is the graph they lie in."""
    from parkgraph.read.files import nearest_root

    found = {root.path: path for path in data if (root := nearest_root(path))}
    if len(found) > 1 and settings.current().root is None:
        raise Usage(
            _("these lie in different graphs: {paths}", paths=[str(path) for path in found.values()]),
            fix=_("validate them one by one, or say with --root which graph judges"),
        )
    return next(iter(found.values()), Path())


def lint_options(parser: Parser) -> None:
    """Declares the options."""
    parser.about = _(
        "Check the ontology, the shapes, the data across topics and the saved questions "
        "themselves. Each check is a shape in ontology/shapes/lint/; docs/lint-checks.md lists them."
    )
    findings.options(parser, "warning")
    parser.engine(_("engine; reference asks pySHACL too"))


def lint_run(args: Namespace) -> int:
    """Lints."""
    from parkgraph.lint import lint

    to = findings.destinations(args)
    report = lint(settings.root(told=True), args.engine)
    if args.write_baseline is not None:
        return findings.accept(args, report.findings)
    found = findings.not_accepted(args, report.findings)
    return findings.write(findings.told(found, report, command="lint", fail_on=args.fail_on), to)

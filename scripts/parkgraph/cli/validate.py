"""`parkgraph validate`: SHACL over Turtle files; every finding with the line to change."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage
from parkgraph.messages import _

if TYPE_CHECKING:
    from parkgraph.finding import Finding
    from parkgraph.read.files import Root
    from parkgraph.read.turtle import Document
    from parkgraph.show.findings.told import Told
    from parkgraph.validate.check import Report
    from parkgraph.validate.inputs import Inputs
    from parkgraph.validate.selection import Selection

MOST = 1000
ENGINES = ("fast", "reference", "both")
SEVERITIES = ("violation", "warning", "info")

_HELP = _(
    "Validate data with SHACL: the graph's own, or any Turtle files and folders. Each "
    "finding names the file, line and column to change, and the line of the shape that "
    "says so. Exit codes: 0 valid, 1 findings, 2 wrong usage, 3 a file or the shapes "
    "cannot be used, 4 time limit."
)
# Help of the options: English, Chinese.
_OPTIONS = {
    "data": ("files or folders (default: the graph's own data)", "文件或文件夹（默认为图谱自身的数据）"),
    "shapes": (
        "SHACL shapes; may be repeated (default: the graph's own, with its ontology)",
        "SHACL 形状文件，可重复给出（默认为图谱自身的形状和本体）",
    ),
    "ontology": ("class hierarchy and code lists; may be repeated", "类层次和代码表，可重复给出"),
    "format": (
        "text, json, jsonl, sarif, junit, github, md, gitlab or turtle",
        "text、json、jsonl、sarif、junit、github、md、gitlab 或 turtle",
    ),
    "output": ("write here; the name chooses the format", "写入此文件；文件名决定格式"),
    "report": (
        "one more report, as FORMAT:FILE, e.g. sarif:out.sarif; may be repeated",
        "另写一份报告，写作 格式:文件，如 sarif:out.sarif，可重复给出",
    ),
    "engine": (
        "fast: where it is proven equal, else the reference; reference: pySHACL; both: compare them",
        "fast：已证明等同处用快速引擎，其余用参照引擎；reference：pySHACL；both：两者比较",
    ),
    "fail_on": (
        "leave with exit code 1 from this severity on: violation, warning or info",
        "达到此严重程度即以退出码 1 结束：violation、warning 或 info",
    ),
    "most": (
        "show at most so many; all are counted; 0 shows all",
        "最多显示多少条；0 为全部",
    ),
    "baseline": ("a file of accepted findings, each with its reason", "已接受结果的文件，每条附理由"),
    "write": ("accept what is found now: write it to this baseline", "接受目前的全部结果，写入此基线文件"),
    "reason": ("why, for --write-baseline", "理由，配合 --write-baseline"),
    "changed": ("only findings that were not there at this git revision", "只列出此 git 版本中没有的结果"),
    "watch": ("validate again on every save; tell what changed", "每次保存后重新检查，只显示变化"),
    "time": ("seconds that one shape may take; 0 for no limit", "单个形状的时间上限（秒）；0 为不限"),
    "inferred": (
        "validate what follows by OWL 2 RL too; told at what it follows from",
        "连同按 OWL 2 RL 推出的三元组一并检查；结果指向其依据",
    ),
    "endpoint": (
        "validate the graph in this store, e.g. http://127.0.0.1:7878",
        "检查此存储中的图谱，例如 http://127.0.0.1:7878",
    ),
    "store": ("kind of the store (default: ask the server)", "存储的类型（默认：询问服务器）"),
    "fetch": ("load owl:imports over the network too", "允许联网加载 owl:imports"),
    "schema": (
        "print the JSON schema of --format json and leave",
        "输出 --format json 的 JSON Schema",
    ),
}


def _help(option: str) -> str:
    english, chinese = _OPTIONS[option]
    return words({"en": english, "zh": chinese})


GONE = _("gone")


def register(app: typer.Typer) -> None:
    """Adds `validate`."""
    files: dict[str, Any] = {"metavar": "FILE"}

    def validate(
        data: Annotated[list[Path], typer.Argument(metavar="[DATA]...", help=_help("data"))] = [],  # noqa: B006
        shapes: Annotated[list[Path], typer.Option("--shapes", "-s", help=_help("shapes"), **files)] = [],  # noqa: B006
        ontology: Annotated[
            list[Path], typer.Option("--ontology", "-e", help=_help("ontology"), **files)
        ] = [],  # noqa: B006
        format: Annotated[str | None, typer.Option("--format", "-f", help=_help("format"))] = None,
        output: Annotated[str | None, typer.Option("--output", "-o", help=_help("output"), **files)] = None,
        report: Annotated[
            list[str], typer.Option("--report", metavar="FORMAT:FILE", help=_help("report"))
        ] = [],  # noqa: B006
        engine: Annotated[str, typer.Option(help=_help("engine"))] = "fast",
        fail_on: Annotated[str, typer.Option(metavar="SEVERITY", help=_help("fail_on"))] = "violation",
        max_findings: Annotated[int, typer.Option(min=0, help=_help("most"))] = MOST,
        baseline: Annotated[Path | None, typer.Option(help=_help("baseline"), **files)] = None,
        write_baseline: Annotated[Path | None, typer.Option(help=_help("write"), **files)] = None,
        reason: Annotated[str | None, typer.Option(help=_help("reason"))] = None,
        changed_only: Annotated[str | None, typer.Option(metavar="REV", help=_help("changed"))] = None,
        watch: Annotated[bool, typer.Option("--watch", help=_help("watch"))] = False,
        time_limit: Annotated[float, typer.Option(min=0, metavar="SECONDS", help=_help("time"))] = 60.0,
        inferred: Annotated[bool, typer.Option("--inferred", help=_help("inferred"))] = False,
        fetch_imports: Annotated[bool, typer.Option("--fetch-imports", help=_help("fetch"))] = False,
        endpoint: Annotated[str | None, typer.Option(metavar="URL", help=_help("endpoint"))] = None,
        store: Annotated[str | None, typer.Option(metavar="NAME", help=_help("store"))] = None,
        schema: Annotated[bool, typer.Option("--schema", help=_help("schema"))] = False,
    ) -> None:
        if schema:
            from parkgraph.show.findings.json import SCHEMA

            print(SCHEMA.read_text(encoding="utf-8"), end="")
            return
        _one_of("--engine", engine, ENGINES)
        _one_of("--fail-on", fail_on, SEVERITIES)
        for given, option, needed in (
            (reason is not None and write_baseline is None, "--reason", "--write-baseline"),
            (store is not None and endpoint is None, "--store", "--endpoint"),
        ):
            if given:
                raise Usage(_("{option} goes with {needed}", option=option, needed=needed))
        if endpoint is not None and (data or watch or changed_only):
            raise _only_files()
        selection = _selection(data, shapes, ontology, endpoint)
        destinations = _destinations(format, output, report)
        for file in [path for __, path in destinations if path is not None]:
            settings.spare(file, *selection.inputs())
        command = _Command(
            selection, destinations, engine, fail_on, max_findings or None, baseline, changed_only,
            time_limit or None, inferred, fetch_imports, endpoint, store,
        )  # fmt: skip
        if write_baseline is not None:
            command.accept_all(write_baseline, reason)
        elif watch:
            command.watch()
        else:
            command.run()

    app.command("validate", help=words(_HELP))(validate)


class _Command:
    def __init__(
        self,
        selection: "Selection",
        destinations: list[tuple[str, str | None]],
        engine: str,
        fail_on: str,
        most: int | None,
        baseline: Path | None,
        changed_only: str | None,
        time_limit: float | None,
        inferred: bool,
        fetch: bool,
        endpoint: str | None,
        store: str | None,
    ) -> None:
        from parkgraph.validate.inputs import Library

        self.selection, self.destinations, self.engine, self.fail_on = (
            selection,
            destinations,
            engine,
            fail_on,
        )
        self.most, self.baseline, self.changed_only = most, baseline, changed_only
        self.time_limit, self.inferred = time_limit, inferred
        self.endpoint, self.store = endpoint, store
        self.reader = Library(fetch=fetch)

    def report(self, *, most: int | None = None, accept: bool = True) -> "Report":
        """One validation, with baseline and revision taken away."""
        from parkgraph.validate import baseline as baselines
        from parkgraph.validate.changed import before
        from parkgraph.validate.check import check
        from parkgraph.validate.inferred import follow

        accepted = baselines.read(self.baseline) if self.baseline and accept else {}
        old: set[str] = set()
        if self.changed_only is not None:
            old = before(self.changed_only, self.selection, time_limit=self.time_limit)
        inputs = self._inputs()
        facts, explain = follow(inputs) if self.inferred else ([], None)
        report = check(
            inputs,
            engine=self.engine,  # type: ignore[arg-type]
            time_limit=self.time_limit,
            most=most,
            accepted=accepted.keys() | old,
            inferred=facts,
            explain=explain,
        )
        if self.baseline and accepted:
            for finding in baselines.outdated(accepted, report.accepted, self.baseline):
                report.findings.append(finding)
                report.counts[finding.severity] += 1
        return report

    def _inputs(self) -> "Inputs":
        from dataclasses import replace

        files = self.selection.files()
        if self.endpoint is None:
            return self.reader.inputs(files["data"], files["shapes"], files["ontology"], files["context"])
        judging = self.reader.inputs([], files["shapes"], self.selection.ontology)
        data, ontology = _stored(self.endpoint, self.store, self.selection.root)
        own = judging.ontology or ((ontology,) if ontology else ())
        return replace(judging, data=(data,), ontology=own)

    def run(self) -> None:
        """Validates, writes the reports, leaves with the exit code."""
        from parkgraph.validate.check import BrokenShapes, late_error

        try:
            report = self.report(most=self.most)
        except BrokenShapes as error:
            self._write(self._told(list(error.findings)))
            raise
        for note in report.notes:
            settings.notice(note)
        told = self._told([*report.findings, *report.late], report)
        self._write(told)
        if report.late:
            raise late_error(report.late)
        if told.failed:
            raise typer.Exit(FINDINGS)

    def accept_all(self, path: Path, reason: str | None) -> None:
        """Writes a baseline of what is found now; entries of an older one keep their reasons."""
        from parkgraph.show.output import opened
        from parkgraph.validate import baseline as baselines

        if not reason or not reason.strip():
            raise Usage(
                _("--write-baseline needs --reason"),
                fix=_("say why these findings are accepted"),
            )
        older = self.baseline or (path if path.exists() else None)
        known = baselines.read(older).values() if older else ()
        report = self.report(accept=False)
        text = baselines.write(report.findings, reason, known)
        with opened(path) as stream:
            stream.write(text.encode())
        count = len(report.findings)
        settings.notice(_("{count} findings accepted in {path}", count=count, path=path))

    def watch(self) -> None:
        """Tells what changed after each save, until interrupted."""
        from dataclasses import replace

        from parkgraph.messages import in_language
        from parkgraph.show.findings.text import finding_lines
        from parkgraph.validate.watch import changes

        for change in changes(self.selection, lambda: self.report(most=self.most)):
            told = self._told(list(change.new))
            lines = []
            if change.error:
                lines.append(change.error.text(settings.current().lang))
            else:
                for finding in change.new:
                    lines += finding_lines(finding, told)
                for finding in change.gone:
                    place = replace(finding.place, note=None)
                    said = in_language(finding.messages, settings.current().lang)
                    lines.append(f"  {words(GONE)}  {place.file}: {said}")
                counted = _(
                    "{n} new, {n2} gone, {total} in all",
                    n=len(change.new),
                    n2=len(change.gone),
                    total=change.total,
                )
                lines.append(f"{words(counted)} ({change.seconds:.2f} s)")
            print("\n".join(lines), flush=True)

    # --- writing -----------------------------------------------------------

    def _told(self, findings: "list[Finding]", report: "Report | None" = None) -> "Told":
        from parkgraph.read.prefixes import prefixes
        from parkgraph.show.findings.told import Told

        stream = sys.stdout
        terminal = stream.isatty() and "NO_COLOR" not in os.environ
        counts = None
        if report is not None:
            counts = dict(report.counts)
            counts["violation"] = counts.get("violation", 0) + len(report.late)
        return Told(
            findings,
            lang=settings.current().lang,
            counts=counts,
            fail_on=self.fail_on,  # type: ignore[arg-type]
            passed=report.rules if report else (),
            prefixes=report.prefixes if report else prefixes(),
            about=report.figures if report else {},
            engine=report.decided_by if report else None,
            notes=report.notes if report else (),
            colour=terminal,
            columns=_columns(),
        )

    def _write(self, told: "Told") -> None:
        from dataclasses import replace

        from parkgraph.show.findings import render
        from parkgraph.show.output import opened

        for form, path in self.destinations:
            text = render(told if path is None else replace(told, colour=False), form)
            with opened(path) as stream:
                stream.write(text.encode("utf-8", "backslashreplace"))
        summary = os.environ.get("GITHUB_STEP_SUMMARY")
        if summary and any(form == "github" for form, __ in self.destinations):
            with open(summary, "a", encoding="utf-8") as file:
                file.write(render(told, "md"))


def _stored(url: str, store: str | None, root: "Root | None") -> "tuple[Document, Document | None]":
    """The data and the ontology in the store at `url`; `root` knows the short names."""
    from parkgraph.read.prefixes import prefixes
    from parkgraph.store.needed import check_installed

    check_installed()
    from parkgraph.store.endpoint import DEFAULT_TIMEOUT, connect
    from parkgraph.store.reading import stored_documents

    with connect(url, store=store, timeout=DEFAULT_TIMEOUT, reading=True) as endpoint:
        return stored_documents(endpoint, prefixes(root.path) if root else {})


def _only_files() -> Usage:
    return Usage(
        _("--endpoint validates what the store holds: no DATA, --watch or --changed-only with it"),
        fix=_("leave one of them out"),
    )


def _columns() -> int:
    from parkgraph.show.output import terminal_width

    return terminal_width(sys.stdout.buffer) if sys.stdout.isatty() else 120


def _selection(
    data: list[Path], shapes: list[Path], ontology: list[Path], endpoint: str | None
) -> "Selection":
    from parkgraph.validate.selection import Selection

    whole = bool(data or endpoint) and bool(shapes)
    root = None if whole else settings.root()
    return Selection(tuple(data), tuple(shapes), tuple(ontology), root)


def _destinations(form: str | None, output: str | None, reports: list[str]) -> list[tuple[str, str | None]]:
    """Formats with the files they go to; None is standard output."""
    from parkgraph.show.findings import FORMATS, form_of
    from parkgraph.show.output import check_place

    if form is not None:
        _one_of("--format", form, FORMATS)
    to_file = output is not None and output != "-"
    main = form or (form_of(output) if to_file and output else "text")
    found: list[tuple[str, str | None]] = [(main, output if to_file else None)]
    for report in reports:
        name, colon, path = report.partition(":")
        if not colon or not path:
            raise Usage(
                _("--report takes FORMAT:FILE, not {report}", report=report),
                fix=_("for example --report sarif:out.sarif"),
            )
        _one_of("--report", name, FORMATS)
        found.append((name, path))
    files = [path for __, path in found if path is not None]
    for number, path in enumerate(files):
        check_place(path)  # before the work, not after it
        if any(os.path.realpath(path) == os.path.realpath(other) for other in files[:number]):
            raise Usage(_("two reports go to {path}", path=path))
    return found


def _one_of(option: str, given: str, known: tuple[str, ...]) -> None:
    import difflib

    if given in known:
        return
    near = difflib.get_close_matches(given, known, n=1, cutoff=0.5)
    fix = _("one of: {known}", known=list(known))
    if near:
        fix = _("is {near} meant? {listed}", near=near[0], listed=fix)
    raise Usage(_("unknown value of {option}: {given}", option=option, given=given), fix=fix)

"""`parkgraph bench`: generates graphs of N parks, measures every stage, compares two measurements."""

import enum
from typing import TYPE_CHECKING, Annotated

import typer

from parkgraph.cli import settings
from parkgraph.cli.settings import words
from parkgraph.errors import FINDINGS, Usage

if TYPE_CHECKING:
    from parkgraph.bench.compare import Change
    from parkgraph.bench.report import Report


class Engines(enum.Enum):
    """Which path is measured."""

    fast = "fast"
    reference = "reference"
    both = "both"


class Format(enum.Enum):
    """How a report is written."""

    md = "md"
    json = "json"
    csv = "csv"
    svg = "svg"


def register(app: typer.Typer) -> None:
    """Adds `bench` with its commands."""
    group = typer.Typer(
        help=words({
            "en": "Generates graphs of N parks, measures every stage on them, and compares measurements.",
            "zh": "生成 N 个园区的图谱，测量各环节，并比较两次测量。",
        }),
        no_args_is_help=True, rich_markup_mode=None,
    )  # fmt: skip
    _register_generate(group)
    _register_run(group)
    _register_show(group)
    _register_compare(group)
    app.add_typer(group, name="bench")


def _register_generate(group: typer.Typer) -> None:
    help_text = {
        "en": "Writes a graph of N parks: the real one and made-up ones like it, as a folder that every "
        "command takes with --root. Planted errors are listed in expected-findings.json.",
        "zh": "写出 N 个园区的图谱：真实的一个，其余为仿照它虚构的，成为各命令可用 --root 读取的文件夹。"
        "植入的错误列在 expected-findings.json 中。",
    }
    parks_help = {"en": "number of parks, the real one among them", "zh": "园区数，含真实的一个"}
    errors_help = {"en": "number of errors to plant", "zh": "要植入的错误数"}
    output_help = {"en": "the folder to write, new or empty", "zh": "要写入的文件夹，须为新建或为空"}

    def generate(
        output: Annotated[str, typer.Option("--output", "-o", help=words(output_help))],
        parks: Annotated[int, typer.Option("--parks", "-n", help=words(parks_help))] = 10,
        seed: Annotated[int, typer.Option("--seed", help=words({"en": "seed", "zh": "随机种子"}))] = 1,
        errors: Annotated[int, typer.Option("--errors", help=words(errors_help))] = 0,
    ) -> None:
        from pathlib import Path

        from parkgraph.bench.generate import generate as write

        made = write(
            settings.root(), Path(output), parks=parks, seed=seed, errors=errors,
            tell=lambda number: settings.progress(number, parks),
        )  # fmt: skip
        settings.notice({
            "en": f"{made.parks} parks, {len(made.planted)} findings to expect: {output}",
            "zh": f"{made.parks} 个园区，预期发现 {len(made.planted)} 处问题：{output}",
        })  # fmt: skip

    group.command("generate", help=words(help_text))(generate)


def _register_run(group: typer.Typer) -> None:
    help_text = {
        "en": "Measures parsing, validation, closure, loading, every saved question and export, each run in "
        "a process of its own, for the default and the reference path.",
        "zh": "测量解析、验证、推理、装载、每个已保存问题与导出；每次运行各用独立进程，"
        "默认路径与参考路径都测。",
    }
    parks_help = {"en": "numbers of parks, with commas between", "zh": "园区数，用逗号分隔"}
    runs_help = {
        "en": "runs of each, or of each number of parks with commas between; the median counts",
        "zh": "每项运行次数，或以逗号分隔、逐个对应园区数；取中位数",
    }
    reference_help = {
        "en": "runs of the reference path, likewise (0: none); without it, as many as --runs",
        "zh": "参考路径的运行次数，写法相同（0 为不运行）；不给则与 --runs 相同",
    }
    limit_help = {"en": "seconds that a stage may take", "zh": "每个环节的时限（秒）"}
    ask_help = {"en": "seconds that one question may take", "zh": "每个问题的时限（秒）"}
    work_help = {"en": "keep the generated graphs in this folder", "zh": "把生成的图谱保留在此文件夹"}

    def run(
        parks: Annotated[str, typer.Option("--parks", "-n", help=words(parks_help))] = "1,10",
        runs: Annotated[str, typer.Option("--runs", help=words(runs_help))] = "3",
        reference_runs: Annotated[
            str | None, typer.Option("--reference-runs", help=words(reference_help))
        ] = None,
        engine: Annotated[Engines, typer.Option("--engine")] = Engines.both,
        limit: Annotated[float, typer.Option("--limit", help=words(limit_help))] = 600.0,
        ask_limit: Annotated[float, typer.Option("--ask-limit", help=words(ask_help))] = 30.0,
        seed: Annotated[int, typer.Option("--seed", help=words({"en": "seed", "zh": "随机种子"}))] = 1,
        work: Annotated[str | None, typer.Option("--work", help=words(work_help))] = None,
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(_OUTPUT))] = None,
        format: Annotated[Format | None, typer.Option("--format", "-f", help=words(_FORMAT))] = None,
    ) -> None:
        from pathlib import Path

        from parkgraph.bench.run import run as measure
        from parkgraph.show.output import check_place

        sizes = _numbers(parks)
        times = {"fast": runs, "reference": reference_runs or runs}
        chosen_engines = ["fast", "reference"] if engine is Engines.both else [engine.value]
        plan = {name: dict(zip(sizes, _each(times[name], sizes), strict=True)) for name in chosen_engines}
        if work is not None and not Path(work).is_dir():
            raise Usage({"en": f"no such folder: {work}", "zh": f"没有这个文件夹：{work}"})
        chosen = _format(format, output)
        if output is not None and output != "-":
            check_place(output)
        report = measure(
            settings.root(),
            plan,
            limit=limit,
            ask_limit=ask_limit,
            seed=seed,
            work=Path(work) if work else None,
            say=settings.notice,
            keep=lambda report: _write(report, chosen, output) if output not in (None, "-") else None,
        )
        _write(report, chosen, output)

    group.command("run", help=words(help_text))(run)


def _numbers(text: str) -> list[int]:
    if not all(part.strip().isdecimal() for part in text.split(",")):
        raise Usage(
            {"en": f"not numbers with commas between: {text}", "zh": f"不是以逗号分隔的数：{text}"},
            fix={"en": "such as --parks 1,10,100", "zh": "例如 --parks 1,10,100"},
        )
    return [int(part) for part in text.split(",")]


def _each(text: str, sizes: list[int]) -> list[int]:
    """One number for each size."""
    numbers = _numbers(text)
    if len(numbers) == 1:
        return numbers * len(sizes)
    if len(numbers) != len(sizes):
        raise Usage({"en": f"{len(sizes)} numbers of parks, but {len(numbers)} of runs: {text}",
                     "zh": f"园区数有 {len(sizes)} 个，运行次数却有 {len(numbers)} 个：{text}"})  # fmt: skip
    return numbers


_OUTPUT = {"en": "write here; its suffix chooses the format", "zh": "写入此文件；后缀决定格式"}
_FORMAT = {"en": "md, json, csv or svg", "zh": "md、json、csv 或 svg"}


def _register_show(group: typer.Typer) -> None:
    help_text = {
        "en": "Writes a report made by `bench run -o report.json` in another format, or as the page of the "
        "documentation.",
        "zh": "把 `bench run -o report.json` 的报告写成另一种格式，或写成文档中的页面。",
    }
    pages_help = {"en": "write the page, its pictures and its data into this folder",
                  "zh": "把页面及其图片、数据写入此文件夹"}  # fmt: skip

    def show(
        report: Annotated[str, typer.Argument(metavar="REPORT", show_default=False)],
        output: Annotated[str | None, typer.Option("--output", "-o", help=words(_OUTPUT))] = None,
        format: Annotated[Format | None, typer.Option("--format", "-f", help=words(_FORMAT))] = None,
        pages: Annotated[str | None, typer.Option("--pages", help=words(pages_help))] = None,
    ) -> None:
        from parkgraph.bench.report import read_report

        if pages is None:
            _write(read_report(report), _format(format, output), output)
        else:
            _write_pages(read_report(report), pages)

    group.command("show", help=words(help_text))(show)


def _register_compare(group: typer.Typer) -> None:
    help_text = {
        "en": "Prints how many times longer each stage of NEW takes than in OLD; ends with exit code 1 when "
        "one takes more than --factor times as long (and more than 0.05 s longer), or is no longer finished.",
        "zh": "列出 NEW 中各环节用时为 OLD 的多少倍；若有环节超过 --factor 倍（且多出 0.05 秒以上）或不再"
        "完成，则以退出码 1 结束。",
    }

    def compare(
        old: Annotated[str, typer.Argument(metavar="OLD", show_default=False)],
        new: Annotated[str, typer.Argument(metavar="NEW", show_default=False)],
        factor: Annotated[float, typer.Option("--factor")] = 1.5,
    ) -> None:
        from parkgraph.bench.compare import changes
        from parkgraph.bench.report import read_report

        if factor < 1:
            raise Usage({"en": "--factor must be at least 1", "zh": "--factor 至少为 1"})
        found = list(changes(read_report(old), read_report(new)))
        if not found:
            raise Usage({"en": "the two reports have no stage in common", "zh": "两份报告没有共同的环节"})
        for change in found:
            print(_line(change, factor))
        if any(change.is_loss(factor) for change in found):
            raise typer.Exit(FINDINGS)

    group.command("compare", help=words(help_text))(compare)


def _line(change: "Change", factor: float) -> str:
    def seconds(value: float | None) -> str:
        return "-" if value is None else f"{value:.3f}"

    ratio = "-" if change.ratio is None else f"{change.ratio:.2f}"
    slower = words({"en": "slower", "zh": "变慢"}) if change.is_loss(factor) else ""
    cells = (str(change.parks), change.engine, change.stage, seconds(change.old), seconds(change.new), ratio)
    return "\t".join((*cells, slower)).rstrip("\t")


def _format(given: Format | None, output: str | None) -> Format:
    if given is not None:
        return given
    if output is None or output == "-":
        return Format.md
    suffix = output.rpartition(".")[2].lower()
    if suffix not in Format.__members__:
        raise Usage(
            {"en": f"the format of {output} cannot be told from its name",
             "zh": f"无法从文件名判断 {output} 的格式"},
            fix={"en": "add --format, or use .md .json .csv .svg",
                 "zh": "请加 --format，或使用 .md .json .csv .svg"},
        )  # fmt: skip
    return Format(suffix)


def _write_pages(report: "Report", folder: str) -> None:
    from pathlib import Path

    from parkgraph.bench.page import files
    from parkgraph.bench.run import PARKS_PER_ERROR
    from parkgraph.show.output import opened

    if not Path(folder).is_dir():
        raise Usage({"en": f"no such folder: {folder}", "zh": f"没有这个文件夹：{folder}"})
    for name, text in files(report, PARKS_PER_ERROR).items():
        Path(folder, name).parent.mkdir(exist_ok=True)
        with opened(str(Path(folder, name))) as stream:
            stream.write(text.encode())


def _write(report: "Report", format: Format, output: str | None) -> None:
    from parkgraph.bench.picture import draw
    from parkgraph.bench.report import to_csv, to_json
    from parkgraph.bench.tables import to_markdown
    from parkgraph.show.output import opened

    lang = settings.current().lang
    text = {
        Format.md: lambda: to_markdown(report, lang),
        Format.json: lambda: to_json(report),
        Format.csv: lambda: to_csv(report),
        Format.svg: lambda: draw(report, lang),
    }[format]()
    with opened(output) as stream:
        stream.write(text.encode())

"""A report as the page of the documentation, in both languages, with its data and pictures beside it."""

from __future__ import annotations

from parkgraph.bench.picture import draw
from parkgraph.bench.report import Report, to_csv, to_json
from parkgraph.bench.tables import to_markdown

_PAGES = {"en": "benchmarks.md", "zh": "benchmarks.zh.md"}
REPORT = "benchmarks/report.json"
_PICTURES = {"en": "benchmarks/report.svg", "zh": "benchmarks/report.zh.svg"}

_TEXT = {
    "en": """# Benchmarks

[中文](benchmarks.zh.md)

How fast parkgraph is on its *default* path (Oxigraph, Nemo, `shacl`), how that compares with the
*reference* path (rdflib parses, owlrl closes, pySHACL validates, rdflib answers), and how time grows
with the graph.

Nobody wrote this page by hand: `parkgraph bench show docs/benchmarks/report.json --pages docs` makes it
from [report.json](benchmarks/report.json) (as a table: [report.csv](benchmarks/report.csv)), which
`parkgraph bench run` measured. To measure on your machine: `make bench`; to compare two measurements:
`parkgraph bench compare OLD NEW`.

- The graph of one park is the real one. More parks are made up, each from a seed:
  `parkgraph bench generate`.
- Seconds are wall-clock time, the median of the runs. MiB is the most memory that the process, with
  those that it started, held up to the end of that stage.
- Validation is measured on a graph with planted errors, one for every {parks_per_error} parks. Both paths
  must find the same, and say so at the same places.
- A stage of the reference path is stopped after {limit:.0f} s and a question after {ask_limit:.0f} s;
  what was stopped is left out at the larger sizes. `command …` is a whole command from start to exit;
  the reference path has no commands, so the sum of the stages that they consist of stands there.

![]({picture})

{tables}""",
    "zh": """# 性能测量

[English](benchmarks.md)

本页给出 parkgraph *默认*路径（Oxigraph、Nemo、`shacl`）的用时、与*参考*路径（rdflib 解析，owlrl 推理，
pySHACL 验证，rdflib 回答）的对比，以及用时随图谱规模的增长。

本页不是手写的：`parkgraph bench show docs/benchmarks/report.json --pages docs` 由
[report.json](benchmarks/report.json)（表格形式见 [report.csv](benchmarks/report.csv)）生成，数据由
`parkgraph bench run` 测得。在自己的机器上测量：`make bench`；比较两次测量：
`parkgraph bench compare OLD NEW`。

- 一个园区的图谱就是真实图谱；其余园区由随机种子虚构：`parkgraph bench generate`。
- 秒数为实际经过的时间，取各次运行的中位数。MiB 为该进程连同其启动的进程到该环节结束时占用内存的最大值。
- 验证在植入了错误的图谱上测量，每 {parks_per_error} 个园区一处。两条路径须在相同位置发现相同的问题。
- 参考路径的环节超过 {limit:.0f} 秒、问题超过 {ask_limit:.0f} 秒即停止；停止的项目在更大的规模上略去。
  `command …` 指从启动到退出的整条命令；参考路径没有命令，故以相应各环节用时之和代替。

![]({picture})

{tables}""",
}


def files(report: Report, parks_per_error: int) -> dict[str, str]:
    """Name in the folder of the documentation → content.  parks_per_error: one is planted for so many."""
    pages = {
        name: _TEXT[lang].format(
            parks_per_error=parks_per_error, limit=report.limit, ask_limit=report.ask_limit,
            picture=_PICTURES[lang],
            tables=to_markdown(report, lang).replace("\n### ", "\n## ").replace("### ", "## ", 1),
        )
        for lang, name in _PAGES.items()
    }  # fmt: skip
    pictures = {name: draw(report, lang) for lang, name in _PICTURES.items()}
    return {**pages, **pictures, REPORT: to_json(report), "benchmarks/report.csv": to_csv(report)}

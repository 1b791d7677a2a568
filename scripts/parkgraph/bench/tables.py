"""A report as tables in Markdown: the bars first, then every size, then growth."""

from __future__ import annotations

from collections.abc import Sequence

from parkgraph.bench.bars import BARS, MIDDLE, REAL, Verdict, exponents, verdicts
from parkgraph.bench.report import ENGINES, Measurement, Report

_WORDS = {
    "stage": {"zh": "环节", "en": "stage"},
    "parks": {"zh": "园区数 {parks}（{triples:,} 个三元组）", "en": "parks: {parks} ({triples:,} triples)"},
    "fast": {"zh": "默认", "en": "default"},
    "reference": {"zh": "参考", "en": "reference"},
    "times": {"zh": "倍数", "en": "times"},
    "runs": {"zh": "次数", "en": "runs"},
    "growth": {"zh": "增长指数（默认路径）", "en": "exponent of growth (default path)"},
    "from to": {
        "zh": "由 {small:,} 至 {large:,} 个三元组：时间与三元组数的 x 次方成正比。",
        "en": "From {small:,} to {large:,} triples: time is as the number of triples to the power x.",
    },
    "rows": {"zh": "结果数的指数", "en": "x of results"},
    "over": {"zh": "超过 {limit:g}", "en": "over {limit:g}"},
    "stopped": {"zh": "超过 {limit:.0f} 秒，已停止", "en": "stopped at {limit:.0f} s"},
    "left out": {"zh": "略去", "en": "left out"},
    "failed": {"zh": "失败", "en": "failed"},
    "bars": {"zh": "目标", "en": "Bars"},
    "bar": {"zh": "目标", "en": "bar"},
    "measured": {"zh": "实测", "en": "measured"},
    "at": {"zh": "三元组数", "en": "triples"},
    "verdict": {"zh": "结论", "en": "verdict"},
    "met": {"zh": "达到", "en": "met"},
    "missed": {"zh": "未达到", "en": "missed"},
    "not measured": {"zh": "未测", "en": "not measured"},
    "differs": {"zh": "结果不同", "en": "results differ"},
    "questions": {"zh": "每个问题", "en": "every question"},
    "ratio": {"zh": "{stage}：至少快 {limit:g} 倍", "en": "{stage}: at least {limit:g} times faster"},
    "growth bar": {"zh": "{stage}：增长指数至多 {limit:g}", "en": "{stage}: exponent of at most {limit:g}"},
    "seconds": {"zh": "{stage}：至多 {limit:g} 秒", "en": "{stage}: at most {limit:g} s"},
    "mib": {"zh": "内存：至多 {limit:,.0f} MiB", "en": "memory: at most {limit:,.0f} MiB"},
    "real": {"zh": "真实图谱", "en": "the real graph"},
    "about": {"zh": "约 {triples:,}", "en": "about {triples:,}"},
}  # fmt: skip


def to_markdown(report: Report, lang: str) -> str:
    """The bars with their verdicts, a table for each size (both engines side by side), the growth of every
    stage and question, and the machine."""
    words = {name: word[lang] for name, word in _WORDS.items()}
    parts = [f"### {words['bars']}\n\n" + _bars(report, words)]
    for parks in report.sizes():
        title = words["parks"].format(parks=parks, triples=report.triples(parks))
        header = [words["stage"]]
        for engine in ENGINES:
            header += [f"{words[engine]} s", words["runs"], "MiB"]
        parts.append(f"### {title}\n\n" + _table([*header, words["times"]], _size_rows(report, parks, words)))
    growth = _growth(report, words)
    if growth:
        parts.append(f"### {words['growth']}\n\n" + growth)
    told = report.machine
    where = f"{told['processor']}, {told['cores']} × CPU, {told['memory_mib'] // 1024} GiB, {told['system']}"
    packages = ", ".join(f"{name} {version}" for name, version in told["packages"].items())
    parts.append(f"{where}, Python {told['python']}, parkgraph {told['parkgraph']}, {packages}\n")
    return "\n".join(parts)


def _bars(report: Report, words: dict[str, str]) -> str:
    header = [words["bar"], words["measured"], words["at"], words["verdict"]]
    return _table(header, [_bar(found, words) for found in verdicts(report)])


def _bar(found: Verdict, words: dict[str, str]) -> list[str]:
    bar = found.bar
    template = words["growth bar" if bar.kind == "growth" else bar.kind]
    name = template.format(stage=words.get(bar.stage, bar.stage), limit=bar.limit)
    value = (
        "" if found.value is None else f"{'≥ ' if found.least else ''}{found.value:,.{_DIGITS[bar.kind]}f}"
    )
    wanted = words["real"] if bar.triples == REAL else words["about"].format(triples=bar.triples)
    sizes = " – ".join(f"{size:,}" for size in found.sizes) or wanted
    notes = [words["differs"]] if found.differs else []
    notes += [found.worst] if found.worst else []
    verdict = words[found.outcome]
    return [name, value, sizes, f"{verdict} ({', '.join(notes)})" if notes else verdict]


_DIGITS = {"ratio": 0, "growth": 2, "seconds": 2, "mib": 0}


def _size_rows(report: Report, parks: int, words: dict[str, str]) -> list[list[str]]:
    def cells(found: Measurement | None) -> list[str]:
        if found is None:
            return ["", "", ""]
        if found.typical is None:
            return [words[found.outcome].format(limit=report.limit), "", str(found.peak_mib or "")]
        least = "≥ " if found.outcome == "stopped" else ""
        return [f"{least}{found.typical:.3f}", str(len(found.seconds)), str(found.peak_mib or "")]

    made = []
    for stage in [name for name in report.stages() if not name.startswith("ask ")] + ["questions"]:
        if stage == "questions":
            pair = [report.questions(parks, engine) for engine in ENGINES]
        else:
            pair = [report.find(parks, engine, stage) for engine in ENGINES]
        if any(pair):
            fast, reference = (each.typical if each else None for each in pair)
            least = "≥ " if pair[1] and pair[1].outcome == "stopped" else ""
            times = f"{least}{reference / max(fast, 1e-6):.1f}" if fast and reference else ""
            made.append([stage, *cells(pair[0]), *cells(pair[1]), times])
    return made


def _growth(report: Report, words: dict[str, str]) -> str:
    """Every stage and question, the fastest growing first; with the growth of its result."""
    found = exponents(report)
    if not found:
        return ""
    limit = max(bar.limit for bar in BARS if bar.kind == "growth")
    sizes = [parks for parks in report.sizes() if any(each.parks == parks for each in _of_fast(report))]
    small = min(sizes, key=lambda parks: abs(report.triples(parks) - MIDDLE))
    body = []
    for stage in sorted(found, key=lambda stage: (stage.startswith("ask "), -found[stage])):
        pair = [report.find(parks, "fast", stage) for parks in (small, sizes[-1])]
        times = [f"{each.typical:.3f}" if each and each.typical else "" for each in pair]
        rows = report.growth("fast", stage, report.triples(small), of="count")
        over = words["over"].format(limit=limit) if found[stage] > limit else ""
        body.append([stage, *times, f"{found[stage]:.2f}", "" if rows is None else f"{rows:.2f}", over])
    told = words["from to"].format(small=report.triples(small), large=report.triples(sizes[-1]))
    header = [words["stage"], f"s ({small})", f"s ({sizes[-1]})", "x", words["rows"], words["verdict"]]
    return f"{told}\n\n" + _table(header, body)


def _of_fast(report: Report) -> list[Measurement]:
    return [each for each in report.measurements if each.engine == "fast"]


def _table(header: Sequence[str], body: Sequence[Sequence[str]]) -> str:
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *body]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)

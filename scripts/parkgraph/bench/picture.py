"""A report as a picture: time against size on logarithmic scales, as SVG."""

from __future__ import annotations

import math
from collections.abc import Iterable
from html import escape

from parkgraph.bench.report import ENGINES, Report

WIDTH, HEIGHT = 860, 520
LEFT, RIGHT, TOP, BOTTOM = 70, 230, 50, 60
_COLOURS = ("#1b6ca8", "#c8553d", "#3a7d44", "#7b4b94", "#b8860b", "#444444")
_STAGES = ("parse", "validate", "closure", "load", "export")
_WORDS = {
    "title": {"zh": "各环节用时随图谱规模的变化", "en": "Time of each stage as the graph grows"},
    "x": {"zh": "三元组数", "en": "triples"},
    "y": {"zh": "秒", "en": "seconds"},
    "parse": {"zh": "解析", "en": "parse"},
    "validate": {"zh": "验证", "en": "validate"},
    "closure": {"zh": "推理", "en": "closure"},
    "load": {"zh": "装载", "en": "load"},
    "export": {"zh": "导出", "en": "export"},
    "questions": {"zh": "全部问题", "en": "all questions"},
    "fast": {"zh": "默认路径", "en": "default path"},
    "reference": {"zh": "参考路径", "en": "reference path"},
}

Points = list[tuple[float, float]]


def draw(report: Report, lang: str) -> str:
    """The picture: a line for each stage, full for the default path, broken for the reference path."""
    lines = {
        (stage, engine): points
        for stage in (*_STAGES, "questions")
        for engine in ENGINES
        if (points := _points(report, stage, engine))
    }
    every = [point for points in lines.values() for point in points] or [(1.0, 1.0)]
    scale = _Scale([x for x, _ in every], [y for _, y in every])
    words = {name: word[lang] for name, word in _WORDS.items()}
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="13" role="img" aria-label="{escape(words["title"])}">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="28" font-size="17">{escape(words["title"])}</text>',
        *_axes(scale, words),
    ]
    for (stage, engine), points in lines.items():
        colour = _COLOURS[(*_STAGES, "questions").index(stage)]
        dash = ' stroke-dasharray="6 4"' if engine == "reference" else ""
        path = " ".join(f"{scale.x(x):.1f},{scale.y(y):.1f}" for x, y in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>')
        parts += [
            f'<circle cx="{scale.x(x):.1f}" cy="{scale.y(y):.1f}" r="3" fill="{colour}"/>' for x, y in points
        ]
    parts += _legend({stage for stage, _ in lines}, words)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _points(report: Report, stage: str, engine: str) -> Points:
    points = []
    for parks in report.sizes():
        names = [name for name in report.stages() if name == stage or stage == "questions" == _group(name)]
        found = [report.find(parks, engine, name) for name in names]
        times = [each.typical for each in found if each is not None and each.typical is not None]
        if times and len(times) == len(names):
            points.append((float(report.triples(parks)), sum(times)))
    return points


def _group(name: str) -> str:
    return "questions" if name.startswith("ask ") else name


class _Scale:
    """Values → places, by powers of ten."""

    def __init__(self, xs: Iterable[float], ys: Iterable[float]) -> None:
        self.decades_x, self.decades_y = _decades(xs), _decades(ys)

    def x(self, value: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * _share(value, self.decades_x)

    def y(self, value: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * _share(value, self.decades_y)


def _decades(values: Iterable[float]) -> range:
    logs = [math.log10(max(value, 1e-4)) for value in values]
    return range(math.floor(min(logs)), max(math.ceil(max(logs)), math.floor(min(logs)) + 1) + 1)


def _share(value: float, decades: range) -> float:
    return (math.log10(max(value, 1e-4)) - decades[0]) / (decades[-1] - decades[0])


def _axes(scale: _Scale, words: dict[str, str]) -> list[str]:
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    parts = []
    for decade in scale.decades_x:
        x = scale.x(10.0**decade)
        parts.append(f'<line x1="{x:.1f}" y1="{TOP}" x2="{x:.1f}" y2="{bottom}" stroke="#dddddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{10**decade:,}</text>')
    for decade in scale.decades_y:
        y = scale.y(10.0**decade)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**decade:g}</text>')
    middle = (LEFT + right) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 16}" text-anchor="middle">{escape(words["x"])}</text>')
    parts.append(f'<text x="16" y="{TOP - 8}">{escape(words["y"])}</text>')
    return parts


def _legend(stages: set[str], words: dict[str, str]) -> list[str]:
    x, y, parts = WIDTH - RIGHT + 24, TOP + 10, []
    shown = [stage for stage in (*_STAGES, "questions") if stage in stages]
    for stage in shown:
        colour = _COLOURS[(*_STAGES, "questions").index(stage)]
        parts.append(f'<rect x="{x}" y="{y - 9}" width="18" height="4" fill="{colour}"/>')
        parts.append(f'<text x="{x + 26}" y="{y}">{escape(words[stage])}</text>')
        y += 22
    for engine, dash in (("fast", ""), ("reference", ' stroke-dasharray="6 4"')):
        y += 22
        parts.append(
            f'<line x1="{x}" y1="{y - 5}" x2="{x + 40}" y2="{y - 5}" stroke="#333333" stroke-width="2"'
            f"{dash}/>"
        )
        parts.append(f'<text x="{x + 48}" y="{y}">{escape(words[engine])}</text>')
    return parts

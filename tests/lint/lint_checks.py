"""The checks of `lint` as their shapes describe them, and the page of documentation made from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parkgraph.finding import LEVELS
from parkgraph.graph.documents import TYPE, Graph, read_documents
from parkgraph.lint import LINT
from parkgraph.names import PARK, RDFS, SH
from parkgraph.read.files import Root
from pyoxigraph import NamedNode


class Check(NamedTuple):
    """One check.  file: the topic of its file.  label, problem, solution: language → text.
    after: the checks of other projects that it follows.  excusable: whether an exception can be written."""

    id: str
    file: str
    level: str
    label: dict[str, str]
    problem: dict[str, str]
    solution: dict[str, str]
    after: list[str]
    excusable: bool


def _lint(name: str) -> NamedNode:
    return NamedNode(LINT + name)


def read_checks(root: Root) -> list[Check]:
    """Every check, in the order of the files."""
    graph = Graph(read_documents(root, "lint"))
    return [
        Check(
            id=node.value.removeprefix(LINT),
            file=graph.of(node)[0].document.name.rpartition("/")[2].removesuffix(".ttl"),
            level=graph.objects(node, NamedNode(SH + "severity"))[0].value.removeprefix(SH).lower(),
            label=graph.texts(node, NamedNode(RDFS + "label")),
            problem=graph.texts(node, _lint("problem")),
            solution=graph.texts(node, _lint("solution")),
            after=[one.value for one in graph.objects(node, _lint("after"))],
            excusable=bool(graph.objects(node, _lint("allowsExceptions"))),
        )
        for node in graph.all_subjects
        if graph.objects(node, _lint("problem"))
    ]


def read_declined(root: Root) -> dict[str, dict[str, str]]:
    """Check of another project that is not made here → language → why, sorted by name."""
    graph = Graph(read_documents(root, "lint"))
    nodes = graph.subjects(TYPE, _lint("Declined"))
    return dict(sorted(
        (name.value, graph.texts(node, NamedNode(PARK + "reason")))
        for node in nodes for name in graph.objects(node, _lint("of"))
    ))  # fmt: skip


SAID = {
    "en": {
        "title": "The checks of `parkgraph lint`",
        "about": "Made from the shapes in `ontology/shapes/lint/` by `tests/ontology/pages.py`; do not edit. "
        "{} checks. The syntax of shapes is checked too, as `parkgraph validate` does it (`shapes/…`).",
        "problem": "Problem: ", "solution": "Solution: ", "after": "After: ", "comma": ", ",
        "excusable": "An exception with a reason can be written in `ontology/shapes/lint/exceptions.ttl`.",
        "declined": "Checks of others that are not made here",
        "why": "With the reason, from `ontology/shapes/lint/declined.ttl`.",
        "table": "| Check | Reason |",
        "terms": "Terms of the ontology", "ontology": "The ontology as a whole",
        "shapes": "Shapes, checks and exceptions", "data": "Data", "questions": "Saved questions",
    },
    "zh": {
        "title": "`parkgraph lint` 的检查",
        "about": "由 `tests/ontology/pages.py` 从 `ontology/shapes/lint/` 的形状生成，请勿手改。共 {} 项。"
        "形状的语法也一并检查，做法与 `parkgraph validate` 相同（`shapes/…`）。",
        "problem": "问题：", "solution": "改法：", "after": "参照：", "comma": "、",
        "excusable": "可在 `ontology/shapes/lint/exceptions.ttl` 中写明理由作为例外。",
        "declined": "未采用的外部检查",
        "why": "理由见 `ontology/shapes/lint/declined.ttl`。",
        "table": "| 检查 | 理由 |",
        "terms": "本体的术语", "ontology": "整个本体",
        "shapes": "形状、检查与例外", "data": "数据", "questions": "已保存的问题",
    },
}  # fmt: skip


def page(root: Root, lang: str) -> str:
    """The page that lists the checks, as Markdown; the same checks give the same bytes."""
    return "\n".join(_lines(read_checks(root), read_declined(root), SAID[lang], lang)) + "\n"


def _lines(
    checks: list[Check], declined: dict[str, dict[str, str]], said: dict[str, str], lang: str
) -> Iterator[str]:
    yield from (f"# {said['title']}", "", said["about"].format(len(checks)), "")
    for file in dict.fromkeys(check.file for check in checks):
        yield from (f"## {said[file]}", "")
        for check in (one for one in checks if one.file == file):
            yield from (f"### `{check.id}`", "")
            yield from (f"**{check.label[lang]}** · {LEVELS[check.level][lang]}", "")
            yield f"- {said['problem']}{check.problem[lang]}"
            yield f"- {said['solution']}{check.solution[lang]}"
            if check.after:
                yield f"- {said['after']}{said['comma'].join(check.after)}"
            if check.excusable:
                yield f"- {said['excusable']}"
            yield ""
    yield from (f"## {said['declined']}", "", said["why"], "", said["table"], "| --- | --- |")
    yield from (f"| {name} | {reason[lang]} |" for name, reason in declined.items())

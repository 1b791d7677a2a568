"""The checks as their shapes describe them, and the page of documentation made from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from parkgraph.lint.subject import LINT
from parkgraph.names import PARK, RDFS, SH
from parkgraph.read.files import Root
from parkgraph.read.strict import parse_strict


@dataclass(frozen=True, slots=True)
class Check:
    """One check.

    id: its name.  file: the topic of its file.  level: violation, warning or info.  label, problem, solution:
    language → text.  after: the checks of other projects that it follows.  excusable: whether an exception
    can be written.
    """

    id: str
    file: str
    level: str
    label: Mapping[str, str]
    problem: Mapping[str, str]
    solution: Mapping[str, str]
    after: tuple[str, ...]
    excusable: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """A check of another project that is not made here.  reason: language → text."""

    name: str
    reason: Mapping[str, str]


def read_checks(root: Root) -> list[Check]:
    """Every check, in the order of the files.  Raises Unreadable."""
    found = []
    for file in root.files("lint"):
        quads = parse_strict(file.path, name=file.name)
        for node in dict.fromkeys(quad.subject for quad in quads if quad.predicate == _iri(LINT, "problem")):
            assert isinstance(node, NamedNode)
            about = [quad for quad in quads if quad.subject == node]
            found.append(
                Check(
                    id=node.value.removeprefix(LINT),
                    file=file.topic,
                    level=_values(about, SH, "severity")[0].removeprefix(SH).lower(),
                    label=_texts(about, RDFS, "label"),
                    problem=_texts(about, LINT, "problem"),
                    solution=_texts(about, LINT, "solution"),
                    after=tuple(_values(about, LINT, "after")),
                    excusable=_values(about, LINT, "allowsExceptions") == ["true"],
                )
            )
    return found


def read_declined(root: Root) -> list[Declined]:
    """The checks of others that are not made, sorted by name.  Raises Unreadable."""
    found = []
    for file in root.files("lint"):
        quads = parse_strict(file.path, name=file.name)
        for node in dict.fromkeys(q.subject for q in quads if q.object == _iri(LINT, "Declined")):
            about = [quad for quad in quads if quad.subject == node]
            reason = _texts(about, PARK, "reason")
            found += [Declined(name, reason) for name in _values(about, LINT, "of")]
    return sorted(found, key=lambda declined: declined.name)


def page(checks: Sequence[Check], declined: Sequence[Declined], lang: str) -> str:
    """The page that lists the checks, as Markdown; the same checks give the same bytes."""
    say = _WORDS[lang]
    lines = [f"# {say['title']}", "", say["intro"].format(count=len(checks)), ""]
    for file in dict.fromkeys(check.file for check in checks):
        lines += [f"## {say[file]}", ""]
        for check in checks:
            if check.file == file:
                lines += _section(check, lang)
    lines += [f"## {say['declined']}", "", say["declined-intro"], ""]
    lines += [f"| {say['check']} | {say['reason']} |", "| --- | --- |"]
    lines += [f"| {one.name} | {one.reason[lang]} |" for one in declined]
    return "\n".join(lines) + "\n"


def _section(check: Check, lang: str) -> Iterable[str]:
    say = _WORDS[lang]
    yield f"### `{check.id}`"
    yield ""
    yield f"**{check.label[lang]}** · {say[check.level]}"
    yield ""
    yield f"- {say['problem']}{check.problem[lang]}"
    yield f"- {say['solution']}{check.solution[lang]}"
    if check.after:
        yield f"- {say['after']}{say['comma'].join(check.after)}"
    if check.excusable:
        yield f"- {say['excusable']}"
    yield ""


_WORDS = {
    "en": {
        "title": "The checks of `parkgraph lint`",
        "intro": "Made from the shapes in `ontology/shapes/lint/` by `parkgraph lint --checks`; do not edit. "
        "{count} checks. The syntax of shapes is checked too, as `parkgraph validate` does it (`shapes/…`).",
        "terms": "Terms of the ontology",
        "ontology": "The ontology as a whole",
        "shapes": "Shapes, checks and exceptions",
        "data": "Data",
        "questions": "Saved questions",
        "violation": "violation",
        "warning": "warning",
        "info": "info",
        "problem": "Problem: ",
        "solution": "Solution: ",
        "after": "After: ",
        "comma": ", ",
        "excusable": "An exception with a reason can be written in `ontology/shapes/lint/exceptions.ttl`.",
        "declined": "Checks of others that are not made here",
        "declined-intro": "With the reason, from `ontology/shapes/lint/declined.ttl`.",
        "check": "Check",
        "reason": "Reason",
    },
    "zh": {
        "title": "`parkgraph lint` 的检查",
        "intro": "由 `parkgraph lint --checks` 从 `ontology/shapes/lint/` 的形状生成，请勿手改。"
        "共 {count} 项。形状的语法也一并检查，做法与 `parkgraph validate` 相同（`shapes/…`）。",
        "terms": "本体的术语",
        "ontology": "整个本体",
        "shapes": "形状、检查与例外",
        "data": "数据",
        "questions": "已保存的问题",
        "violation": "违规",
        "warning": "警告",
        "info": "提示",
        "problem": "问题：",
        "solution": "改法：",
        "after": "参照：",
        "comma": "、",
        "excusable": "可在 `ontology/shapes/lint/exceptions.ttl` 中写明理由作为例外。",
        "declined": "未采用的外部检查",
        "declined-intro": "理由见 `ontology/shapes/lint/declined.ttl`。",
        "check": "检查",
        "reason": "理由",
    },
}


def _iri(namespace: str, name: str) -> NamedNode:
    return NamedNode(namespace + name)


def _values(quads: Iterable[Quad], namespace: str, name: str) -> list[str]:
    return [
        quad.object.value
        for quad in quads
        if quad.predicate.value == namespace + name and isinstance(quad.object, NamedNode | Literal)
    ]


def _texts(quads: Iterable[Quad], namespace: str, name: str) -> dict[str, str]:
    return {
        quad.object.language: quad.object.value
        for quad in quads
        if quad.predicate.value == namespace + name
        and isinstance(quad.object, Literal)
        and quad.object.language
    }

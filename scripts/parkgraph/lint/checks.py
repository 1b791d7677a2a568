"""The checks as their shapes describe them, and the page of documentation made from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from parkgraph.finding import LEVELS
from parkgraph.lint.subject import LINT
from parkgraph.messages import Text, _, in_language
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
    return "\n".join(in_language(line, lang) for line in _lines(checks, declined, lang)) + "\n"


def _lines(checks: Sequence[Check], declined: Sequence[Declined], lang: str) -> Iterator[Text]:
    yield from (_("# The checks of `parkgraph lint`"), "")
    yield _(
        "Made from the shapes in `ontology/shapes/lint/` by `parkgraph lint --checks`; do not edit. {count} "
        "checks. The syntax of shapes is checked too, as `parkgraph validate` does it (`shapes/…`).",
        count=len(checks),
    )
    yield ""
    for file in dict.fromkeys(check.file for check in checks):
        yield from (f"## {in_language(_TITLES[file], lang)}", "")
        for check in checks:
            if check.file == file:
                yield from _section(check, lang)
    yield from (_("## Checks of others that are not made here"), "")
    yield from (_("With the reason, from `ontology/shapes/lint/declined.ttl`."), "")
    yield from (_("| Check | Reason |"), "| --- | --- |")
    for one in declined:
        yield f"| {one.name} | {one.reason[lang]} |"


def _section(check: Check, lang: str) -> Iterator[Text]:
    yield from (f"### `{check.id}`", "")
    yield from (f"**{check.label[lang]}** · {LEVELS[check.level][lang]}", "")
    yield _("- Problem: {text}", text=check.problem)
    yield _("- Solution: {text}", text=check.solution)
    if check.after:
        yield _("- After: {names}", names=check.after)
    if check.excusable:
        yield _("- An exception with a reason can be written in `ontology/shapes/lint/exceptions.ttl`.")
    yield ""


_TITLES = {
    "terms": _("Terms of the ontology"),
    "ontology": _("The ontology as a whole"),
    "shapes": _("Shapes, checks and exceptions"),
    "data": _("Data"),
    "questions": _("Saved questions"),
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

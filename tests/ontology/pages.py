"""Generated pages: the ontology in diagrams and tables, the checks of lint, the main classes in READMEs.

python tests/ontology/pages.py      writes them all
"""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lint"))

import lint_checks
from parkgraph.names import OWL, PARK, RDF, RDFS, SH, SKOS
from parkgraph.read.files import Root, SourceFile
from parkgraph.read.strict import parse_strict
from pyoxigraph import Literal, NamedNode, Quad

REPO = Root(Path(__file__).resolve().parent.parent.parent)
MODULES = ("source", "evidence", "park", "industry", "enterprise", "project", "indicator", "policy",
           "programme", "talent", "governance", "china")  # fmt: skip
"""In the order in which a reader meets them."""

MAIN = ("Park", "ParkArea", "Organization", "Industry", "IndustryLink", "Project", "Platform", "Programme",
        "Undertaking", "PolicyInstrument", "Participation", "QuantityStatement", "Indicator", "Statement",
        "Passage", "Source")  # fmt: skip
"""The classes that the READMEs show."""

CORE = ("Place", "Agent", "Arrangement", "Statement", "Industry", "Passage", "Source", "Park", "StatusRecord",
        "IndustryLink", "Organization")  # fmt: skip
"""The classes that the first picture shows: everything else is a kind of one of them."""

GLOSSARY = {
    "en": (
        "Glossary",
        "Terms of the domain and of this project, one rendering each; made from `ontology/glossary.tsv` by "
        "`tests/ontology/pages.py`. `tests/ontology/test_glossary.py` holds every label to it. "
        "Which English name a firm has: [names](authoring.md#names-in-english).",
        ("Chinese", "English", "note"),
    ),
    "zh": (
        "术语表",
        "领域和本项目的术语，一词一译；由 `tests/ontology/pages.py` 从 `ontology/glossary.tsv` 生成。"
        "`tests/ontology/test_glossary.py` 检查每个标签。"
        "企业英文名称的取法见[英文名称](authoring.zh.md#英文名称)。",
        ("中文", "英文", "说明"),
    ),
}


@cache
def glossary() -> list[dict[str, str]]:
    """The terms: zh, en, forms (a pattern of what labels may say in English) and notes, longest first."""
    text = (REPO.path / "ontology" / "glossary.tsv").read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def glossary_page(lang: str) -> str:
    """The page of the terms."""
    title, intro, headings = GLOSSARY[lang]
    rows = [(row["zh"], row["en"], row[f"note_{lang}"]) for row in glossary()]
    table = [headings, ("---",) * 3, *rows]
    other = "[中文](glossary.zh.md)" if lang == "en" else "[English](glossary.md)"
    return f"# {title}\n\n{other}\n\n{intro}\n\n" + "".join(f"| {' | '.join(row)} |\n" for row in table)


WORDS = {
    "en": {
        "title": "The ontology at a glance",
        "intro": "Made from the modules in `ontology/` by `tests/ontology/pages.py`; do not edit. "
        "A solid arrow is a relation, from the things that have it to the things it leads to; "
        "a dotted arrow leads from a class to the class above it.",
        "whole": "The core",
        "class": "Classes",
        "property": "Properties",
        "kind": "is a",
        "name": "name",
        "label": "label",
        "class use": "is a; shapes",
        "property use": "from → to",
        "definition": "definition",
        "scopeNote": "Note: ",
        "example": "Example: ",
    },
    "zh": {
        "title": "本体一览",
        "intro": "由 `tests/ontology/pages.py` 从 `ontology/` 的各模块生成，请勿手改。"
        "实线箭头是关系，从具有该关系的事物指向它所联系的事物；虚线箭头从类指向它的上位类。",
        "whole": "核心",
        "class": "类",
        "property": "属性",
        "kind": "属于",
        "name": "名称",
        "label": "标签",
        "class use": "上位类；形状",
        "property use": "从 → 到",
        "definition": "定义",
        "scopeNote": "说明：",
        "example": "例：",
    },
}


class Module:
    """The terms of one module, in the order of its file."""

    def __init__(self, file: SourceFile) -> None:
        self.topic = file.topic
        self.quads = parse_strict(file.path, name=file.name)
        text = file.path.read_text(encoding="utf-8")
        prose = [line[1:].strip() for line in text.split("\n\n")[1].splitlines() if line.startswith("#")]
        self.comment = " ".join(prose)

    def terms(self, *kinds: str) -> list[str]:
        """Local names of the terms of some kinds (Class, ObjectProperty, …)."""
        wanted = {OWL + kind for kind in kinds}
        found = [
            q.subject.value for q in self.quads if q.predicate.value == RDF + "type" and _iri(q) in wanted
        ]
        return [iri.removeprefix(PARK) for iri in dict.fromkeys(found) if iri.startswith(PARK)]

    def values(self, name: str, predicate: str) -> list[str]:
        """Local names of our terms that a term is linked to."""
        found = [
            _iri(q)
            for q in self.quads
            if q.subject == NamedNode(PARK + name) and q.predicate.value == predicate
        ]
        return [iri.removeprefix(PARK) for iri in found if iri.startswith(PARK)]

    def text(self, name: str, predicate: str, lang: str) -> str:
        """A text of a term in a language."""
        for quad in self.quads:
            if quad.subject == NamedNode(PARK + name) and quad.predicate.value == predicate:
                assert isinstance(quad.object, Literal)
                if quad.object.language == lang:
                    return quad.object.value
        return ""


def _iri(quad: Quad) -> str:
    return quad.object.value if isinstance(quad.object, NamedNode) else ""


def modules() -> list[Module]:
    """Every module that has terms."""
    found = {file.topic: Module(file) for file in REPO.files("ontology")}
    assert {topic for topic, module in found.items() if module.terms("Class")} == set(MODULES)
    return [found[topic] for topic in MODULES]


def labels(of: list[Module], lang: str) -> dict[str, str]:
    """Local name → label of every class."""
    return {name: module.text(name, RDFS + "label", lang) for module in of for name in module.terms("Class")}


def relations(module: Module) -> list[tuple[str, str, str]]:
    """(class, property, class) for each relation of the module between our classes: by its domain and range,
    or by the shapes of the classes that have it."""
    found = set()
    for name in module.terms("ObjectProperty"):
        ends = module.values(name, RDFS + "range")
        found |= {(one, name, other) for one in module.values(name, RDFS + "domain") for other in ends}
        found |= {(one, name, other) for one, path, other in shaped() if path == name}
    # Everything has evidence: it is shown where it is at home.
    own = set(module.terms("Class"))
    for name in module.terms("AnnotationProperty"):
        found |= {(one, name, other) for one, path, other in shaped() if path == name and one in own}
    return sorted(found, key=lambda row: (row[1], row[0], row[2]))


@cache
def shaped() -> frozenset[tuple[str, str, str]]:
    """(class, property, class) as the shapes say it."""
    quads = [q for file in REPO.files("shapes") for q in parse_strict(file.path, name=file.name)]
    objects: dict[tuple[object, str], list[object]] = {}
    for quad in quads:
        objects.setdefault((quad.subject, quad.predicate.value), []).append(quad.object)

    def get(node: object, *predicates: str) -> list[object]:
        nodes = [node]
        for predicate in predicates:
            nodes = [other for one in nodes for other in objects.get((one, predicate), [])]
        return nodes

    def members(cell: object) -> list[object]:
        own = get(cell, RDF + "first")
        return own + [one for rest in get(cell, RDF + "rest") for one in members(rest)] if own else []

    found = set()
    for shape in dict.fromkeys(quad.subject for quad in quads if quad.predicate.value == SH + "targetClass"):
        for own in get(shape, SH + "property"):
            choices = [choice for cell in get(own, SH + "or") for choice in members(cell)]
            ends = [end for node in (own, *choices) for end in get(node, SH + "class")]
            for one in get(shape, SH + "targetClass"):
                found |= {
                    (_ours(one), _ours(path), _ours(end)) for path in get(own, SH + "path") for end in ends
                }
    return frozenset(row for row in found if all(row))


def defined(module: Module, name: str, lang: str) -> str:
    """The definition of a term, with its note or example."""
    say = WORDS[lang]
    parts = [module.text(name, SKOS + "definition", lang)]
    for kind in ("scopeNote", "example"):
        if text := module.text(name, SKOS + kind, lang):
            parts.append(f"{say[kind]}{text}")
    return "<br>".join(parts)


def used(module: Module, name: str, heading: str) -> str:
    """Of a class the classes above it and its shapes; of a property the classes it leads from and to."""
    if heading == "class":
        above = ", ".join(module.values(name, RDFS + "subClassOf"))
        return "<br>".join(filter(None, (above, ", ".join(f"`{shape}`" for shape in shapes_of(name)))))
    ends = (module.values(name, RDFS + side) for side in ("domain", "range"))
    return " → ".join(", ".join(end) or "…" for end in ends)


@cache
def _targets() -> tuple[tuple[str, str], ...]:
    quads = [q for file in REPO.files("shapes") for q in parse_strict(file.path, name=file.name)]
    return tuple(
        (_ours(quad.object), quad.subject.value.rpartition("#")[2])
        for quad in quads
        if quad.predicate.value == SH + "targetClass" and isinstance(quad.subject, NamedNode)
    )


def shapes_of(name: str) -> list[str]:
    """The shapes that aim at a class, by their local names."""
    return sorted(shape for target, shape in _targets() if target == name)


def _ours(term: object) -> str:
    """The local name of a term of ours, else nothing."""
    iri = term.value if isinstance(term, NamedNode) else ""
    return iri.removeprefix(PARK) if iri.startswith(PARK) else ""


def diagram(
    of: list[Module], known: Mapping[str, str], lang: str, only: Collection[str] = ()
) -> Iterator[str]:
    """A Mermaid diagram of some modules.  only: the classes to show, all without."""
    arrows = [
        f'    {one} -->|"{module.text(name, RDFS + "label", lang)}"| {other}'
        for module in of
        for one, name, other in relations(module)
        if not only or ({one, other} <= set(only) and not module.values(name, OWL + "inverseOf"))
    ]
    arrows += [
        f"    {name} -.-> {above}"
        for module in of
        for name in module.terms("Class")
        for above in module.values(name, RDFS + "subClassOf")
        if not only or {name, above} <= set(only)
    ]
    shown = {name for arrow in arrows for name in (arrow.split()[0], arrow.split()[-1])}
    shown |= {name for module in of for name in module.terms("Class") if not only or name in only}
    yield "```mermaid"
    yield "flowchart LR"
    yield from (f'    {name}["{known[name]}"]' for name in sorted(shown))
    yield from arrows
    yield "```"
    yield ""


def ontology_page(lang: str) -> str:
    """The page on the ontology."""
    say, every = WORDS[lang], modules()
    known = labels(every, lang)
    lines = [
        f"# {say['title']}",
        "",
        say["intro"],
        "",
        f"## {say['whole']}",
        "",
        *diagram(every, known, lang, CORE),
    ]
    for module in every:
        lines += [f"## {module.topic}", ""]
        if lang == "en":
            lines += [module.comment, ""]
        lines += diagram([module], known, lang)
        for heading, kinds in (("class", ("Class",)), ("property", PROPERTIES)):
            rows = [
                f"| `park:{name}` | {module.text(name, RDFS + 'label', lang)} | "
                f"{used(module, name, heading)} | {defined(module, name, lang)} |"
                for name in module.terms(*kinds)
            ]
            if rows:
                head = f"| {say['name']} | {say['label']} | {say[f'{heading} use']} | {say['definition']} |"
                lines += [f"### {say[heading]}", "", head, "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


PROPERTIES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")

READMES = {"README.md": "en", "README.zh.md": "zh"}
BLOCK = re.compile(r"<!-- classes:begin -->\n(.*?)<!-- classes:end -->", re.DOTALL)


def readme_block(lang: str) -> str:
    """What stands between the markers in a README: the main classes and how they are related."""
    every = modules()
    return "\n" + "\n".join(diagram(every, labels(every, lang), lang, MAIN)) + "\n"


def pages() -> dict[str, str]:
    """File in docs/ → its content."""
    return {
        "ontology.md": ontology_page("en"),
        "ontology.zh.md": ontology_page("zh"),
        "lint-checks.md": lint_checks.page(REPO, "en"),
        "lint-checks.zh.md": lint_checks.page(REPO, "zh"),
        "glossary.md": glossary_page("en"),
        "glossary.zh.md": glossary_page("zh"),
    }


if __name__ == "__main__":
    for name, content in pages().items():
        (REPO.path / "docs" / name).write_text(content, encoding="utf-8")
    for name, lang in READMES.items():
        text = (REPO.path / name).read_text(encoding="utf-8")
        block = f"<!-- classes:begin -->\n{readme_block(lang)}<!-- classes:end -->"
        (REPO.path / name).write_text(BLOCK.sub(lambda _, new=block: new, text), encoding="utf-8")

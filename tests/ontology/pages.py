"""Generated pages: the ontology in diagrams and tables, the checks of lint, the main classes in READMEs.

python tests/ontology/pages.py      writes them all
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterator
from functools import cache
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent.parent / "lint"))

import lint_checks
from parkgraph.names import OWL, PARK, RDF, RDFS, SH, SHAPES, SKOS
from parkgraph.read.files import Root, SourceFile
from parkgraph.read.strict import parse_strict
from pyoxigraph import Literal, NamedNode, Store

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

PROPERTIES = ("ObjectProperty", "DatatypeProperty", "AnnotationProperty")
READMES = {"README.md": "en", "README.zh.md": "zh"}
BLOCK = re.compile(r"<!-- classes:begin -->\n(.*?)<!-- classes:end -->", re.DOTALL)

WORDS = {
    "title": ("The ontology at a glance", "本体一览"),
    "intro": (
        "Made from the modules in `ontology/` by `tests/ontology/pages.py`; do not edit. "
        "A solid arrow is a relation, from the things that have it to the things it leads to; "
        "a dotted arrow leads from a class to the class above it.",
        "由 `tests/ontology/pages.py` 从 `ontology/` 的各模块生成，请勿手改。"
        "实线箭头是关系，从具有该关系的事物指向它所联系的事物；虚线箭头从类指向它的上位类。",
    ),
    "whole": ("The core", "核心"),
    "Classes": ("Classes", "类"),
    "Properties": ("Properties", "属性"),
    "head": ("name | label", "名称 | 标签"),
    "Classes head": ("is a; shapes | definition", "上位类；形状 | 定义"),
    "Properties head": ("from → to | definition", "从 → 到 | 定义"),
    "scopeNote": ("Note: ", "说明："),
    "example": ("Example: ", "例："),
    "glossary": ("Glossary", "术语表"),
    "glossary other": ("[中文](glossary.zh.md)", "[English](glossary.md)"),
    "glossary intro": (
        "Terms of the domain and of this project, one rendering each; made from `ontology/glossary.tsv` by "
        "`tests/ontology/pages.py`. `tests/ontology/test_glossary.py` holds every label to it. "
        "Which English name a firm has: [names](authoring.md#names-in-english).",
        "领域和本项目的术语，一词一译；由 `tests/ontology/pages.py` 从 `ontology/glossary.tsv` 生成。"
        "`tests/ontology/test_glossary.py` 检查每个标签。"
        "企业英文名称的取法见[英文名称](authoring.zh.md#英文名称)。",
    ),
    "glossary head": ("Chinese | English | note", "中文 | 英文 | 说明"),
}


def word(name: str, lang: str) -> str:
    """One of WORDS."""
    return WORDS[name][lang == "zh"]


@cache
def glossary() -> list[dict[str, str]]:
    """The terms: zh, en, forms (a pattern of what labels may say in English) and notes, longest first."""
    text = (REPO.path / "ontology" / "glossary.tsv").read_text(encoding="utf-8")
    head, *rows = (line.split("\t") for line in text.splitlines())
    return [dict(zip(head, row, strict=True)) for row in rows]


def glossary_page(lang: str) -> str:
    """The page of the terms."""
    begin = [f"# {word('glossary', lang)}", word("glossary other", lang), word("glossary intro", lang)]
    rows = [" | ".join((row["zh"], row["en"], row[f"note_{lang}"])) for row in glossary()]
    table = [word("glossary head", lang), "--- | --- | ---", *rows]
    return "\n\n".join(begin) + "\n\n" + "".join(f"| {row} |\n" for row in table)


class Module:
    """The terms of one module, in the order of its file: of each its kind, its texts and what of ours it is
    linked to."""

    def __init__(self, file: SourceFile) -> None:
        self.topic = file.topic
        self.kinds: dict[str, str] = {}
        self.texts: dict[tuple[str, str, str], str] = {}
        self.links: dict[tuple[str, str], list[str]] = {}
        prose = file.path.read_text(encoding="utf-8").split("\n\n")[1].splitlines()
        self.comment = " ".join(line[1:].strip() for line in prose if line.startswith("#"))
        for subject, predicate, value, _ in parse_strict(file.path, name=file.name):
            name = _ours(subject)
            if isinstance(value, Literal):
                self.texts.setdefault((name, predicate.value, value.language or ""), value.value)
            elif _ours(value):
                self.links.setdefault((name, predicate.value), []).append(_ours(value))
            elif name and predicate.value == RDF + "type" and value.value.startswith(OWL):
                self.kinds.setdefault(name, value.value.removeprefix(OWL))

    def terms(self, *kinds: str) -> list[str]:
        """Local names of the terms of some kinds (Class, ObjectProperty, …)."""
        return [name for name, kind in self.kinds.items() if kind in kinds]

    def values(self, name: str, predicate: str) -> list[str]:
        """Local names of our terms that a term is linked to."""
        return self.links.get((name, predicate), [])

    def label(self, name: str, lang: str) -> str:
        """What a term is called."""
        return self.texts[name, RDFS + "label", lang]


def _ours(term: object) -> str:
    """The local name of a term or shape of ours, else nothing."""
    iri = term.value if isinstance(term, NamedNode) else ""
    return iri.rpartition("#")[2] if iri.startswith((PARK, SHAPES)) else ""


@cache
def modules() -> list[Module]:
    """Every module that has terms."""
    found = {file.topic: Module(file) for file in REPO.files("ontology")}
    assert {topic for topic, module in found.items() if module.terms("Class")} == set(MODULES)
    return [found[topic] for topic in MODULES]


@cache
def shaped(query: str) -> list[tuple[str, ...]]:
    """The rows of a query of the shapes, by local names; none with a term that is not ours."""
    store = Store()
    for file in REPO.files("shapes"):
        store.extend(parse_strict(file.path, name=file.name))
    rows = (tuple(map(_ours, row)) for row in store.query(query, prefixes={"sh": SH, "rdf": RDF}))  # type: ignore[arg-type]
    return sorted({row for row in rows if all(row)})


def relations(module: Module) -> list[tuple[str, str, str]]:
    """(class, property, class) for each relation of the module between our classes: by its domain and range,
    or by the shapes of the classes that have it."""
    triples = shaped(
        "SELECT ?class ?path ?end { ?shape sh:targetClass ?class ; sh:property ?own . "
        "?own sh:path ?path ; (sh:or/rdf:rest*/rdf:first)?/sh:class ?end }"
    )
    links, notes = module.terms("ObjectProperty"), module.terms("AnnotationProperty")
    # Everything has evidence: it is shown where it is at home.
    found = {
        (one, name, end)
        for one, name, end in triples
        if name in links or (name in notes and module.kinds.get(one) == "Class")
    }
    for name in links:
        found |= {(one, name, end) for one in module.values(name, RDFS + "domain")
                  for end in module.values(name, RDFS + "range")}  # fmt: skip
    return sorted(found, key=lambda row: (row[1], row[0], row[2]))


def used(module: Module, name: str, heading: str) -> str:
    """Of a class the classes above it and its shapes; of a property the classes it leads from and to."""
    if heading == "Classes":
        above = ", ".join(module.values(name, RDFS + "subClassOf"))
        targets = shaped("SELECT ?class ?shape { ?shape sh:targetClass ?class }")
        return "<br>".join(
            filter(None, (above, ", ".join(f"`{shape}`" for one, shape in targets if one == name)))
        )
    ends = (module.values(name, RDFS + side) for side in ("domain", "range"))
    return " → ".join(", ".join(end) or "…" for end in ends)


def row(module: Module, name: str, heading: str, lang: str) -> str:
    """A term in the table: its definition comes with its note or example."""
    texts = [module.texts[name, SKOS + "definition", lang]]
    for kind in ("scopeNote", "example"):
        if text := module.texts.get((name, SKOS + kind, lang)):
            texts.append(word(kind, lang) + text)
    cells = (f"`park:{name}`", module.label(name, lang), used(module, name, heading), "<br>".join(texts))
    return f"| {' | '.join(cells)} |"


def diagram(of: list[Module], lang: str, only: Collection[str] = ()) -> Iterator[str]:
    """A Mermaid diagram of some modules.  only: the classes to show, all without."""
    arrows = [
        (one, f'-->|"{module.label(name, lang)}"|', other)
        for module in of
        for one, name, other in relations(module)
        if not only or not module.values(name, OWL + "inverseOf")
    ] + [
        (name, "-.->", above)
        for module in of
        for name in module.terms("Class")
        for above in module.values(name, RDFS + "subClassOf")
    ]
    arrows = [(one, arrow, other) for one, arrow, other in arrows if not only or {one, other} <= set(only)]
    shown = {name for one, _, other in arrows for name in (one, other)}
    shown |= {name for module in of for name in module.terms("Class") if not only or name in only}
    labels = {name: module.label(name, lang) for module in modules() for name in shown & {*module.kinds}}
    yield from ("```mermaid", "flowchart LR")
    yield from (f'    {name}["{labels[name]}"]' for name in sorted(shown))
    yield from (f"    {' '.join(arrow)}" for arrow in arrows)
    yield from ("```", "")


def ontology_page(lang: str) -> str:
    """The page on the ontology."""
    lines = [f"# {word('title', lang)}", "", word("intro", lang), "", f"## {word('whole', lang)}", ""]
    lines += diagram(modules(), lang, CORE)
    for module in modules():
        lines += [f"## {module.topic}", ""]
        if lang == "en":
            lines += [module.comment, ""]
        lines += diagram([module], lang)
        for heading, kinds in (("Classes", ("Class",)), ("Properties", PROPERTIES)):
            rows = [row(module, name, heading, lang) for name in module.terms(*kinds)]
            if rows:
                head = f"| {word('head', lang)} | {word(f'{heading} head', lang)} |"
                lines += [f"### {word(heading, lang)}", "", head, "| --- | --- | --- | --- |", *rows, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def readme_block(lang: str) -> str:
    """What stands between the markers in a README: the main classes and how they are related."""
    return "\n" + "\n".join(diagram(modules(), lang, MAIN)) + "\n"


def pages() -> dict[str, str]:
    """File in docs/ → its content."""
    made: dict[str, Callable[[str], str]] = {
        "ontology": ontology_page,
        "lint-checks": lambda lang: lint_checks.page(REPO, lang),
        "glossary": glossary_page,
    }
    ends = {"en": "md", "zh": "zh.md"}
    return {f"{name}.{ends[lang]}": make(lang) for name, make in made.items() for lang in ends}


if __name__ == "__main__":
    for name, content in pages().items():
        (REPO.path / "docs" / name).write_text(content, encoding="utf-8")
    for name, lang in READMES.items():
        text = (REPO.path / name).read_text(encoding="utf-8")
        block = f"<!-- classes:begin -->\n{readme_block(lang)}<!-- classes:end -->"
        (REPO.path / name).write_text(BLOCK.sub(lambda _, new=block: new, text), encoding="utf-8")

"""A page for every question: what it asks, its picture, its parameters, its query and its actual answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from parkgraph.api import Graph, Lang
from parkgraph.ask.picture import Pattern
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.rows import Answer
from parkgraph.names import shorten
from parkgraph.report import markdown_table
from parkgraph.show.cells import Term

_WORDS = {
    "zh": {
        "index": "问题",
        "picture": "图示",
        "arrows": "虚线表示可有可无，带叉的表示不得存在；标签的查找没有画出。",
        "parameters": "参数",
        "parameter": "参数",
        "what": "含义",
        "default": "默认值",
        "open": "（不限）",
        "use": "用法",
        "answer": "答案",
        "rows": "{count} 行",
        "query": "查询",
    },
    "en": {
        "index": "Questions",
        "picture": "Picture",
        "arrows": "A dashed arrow may be missing, a crossed one must be; the look-up of labels is not drawn.",
        "parameters": "Parameters",
        "parameter": "parameter",
        "what": "what it is",
        "default": "default",
        "open": "(any)",
        "use": "Use",
        "answer": "Answer",
        "rows": "{count} rows",
        "query": "Query",
    },
}


def write_pages(graph: Graph, folder: Path) -> int:
    """Writes `zh/<id>.md` and `en/<id>.md` for every question, and an `index.md` by topic beside them.

    Gives the number of files.  Raises Unreadable for a bad question, OSError when it can't write.
    """
    from parkgraph.ask.labels import label_of

    langs: tuple[Lang, ...] = ("zh", "en")
    for lang in langs:  # first: the pictures take a while
        (folder / lang).mkdir(parents=True, exist_ok=True)
    questions = graph.questions()
    patterns = {question.id: Pattern(question.body) for question in questions}
    for lang in langs:

        def label(iri: str, lang: Lang = lang) -> str:
            return label_of(graph.store, NamedNode(iri), lang) or shorten(iri, graph.prefixes)

        for question in questions:
            picture = patterns[question.id].mermaid(label)
            page = "\n".join(_page(question, graph.ask(question.id, lang=lang), picture, lang, label))
            (folder / lang / f"{question.id}.md").write_text(page, encoding="utf-8")
        (folder / lang / "index.md").write_text("\n".join(_index(questions, lang)), encoding="utf-8")
    return len(langs) * (len(questions) + 1)


def _index(questions: Iterable[Question], lang: str) -> Iterator[str]:
    yield f"# {_WORDS[lang]['index']}"
    topic = ""
    for question in sorted(questions, key=lambda one: (one.topic, one.id)):
        if question.topic != topic:
            topic = question.topic
            yield from ("", f"## {topic}", "")
        yield f"- [{question.summary[lang]}]({question.id}.md)"
    yield ""


def _page(
    question: Question, answer: Answer, picture: str, lang: str, label: Callable[[str], str]
) -> Iterator[str]:
    words = _WORDS[lang]
    yield from (f"# {question.summary[lang]}", "")
    if question.description:
        yield from (question.description[lang].strip(), "")
    yield from (
        f"## {words['picture']}",
        "",
        "```mermaid",
        picture + "```",
        "",
        words["arrows"],
        "",
    )
    if question.parameters:
        yield from (f"## {words['parameters']}", "")
        yield f"| {words['parameter']} | {words['what']} | {words['default']} |"
        yield "| --- | --- | --- |"
        for parameter in question.parameters.values():
            default = _default(parameter, words["open"], label)
            yield f"| `--{parameter.name}` | {parameter.label[lang]} | {default} |"
        yield ""
    yield from (f"## {words['use']}", "", f"    parkgraph ask {question.id} --lang {lang}", "")
    yield from (
        f"## {words['answer']}",
        "",
        words["rows"].format(count=len(answer)),
        "",
        markdown_table(answer),
        "",
    )
    yield from (f"## {words['query']}", "", "```sparql", question.body.rstrip("\n"), "```", "")


def _default(parameter: Parameter, unset: str, label: Callable[[str], str]) -> str:
    named = (label(term.value) if isinstance(term, NamedNode) else _plain(term) for term in parameter.default)
    return ", ".join(named) or unset


def _plain(term: Term) -> str:
    return term.value if isinstance(term, Literal) else str(term)

"""A page for every question: what it asks, its picture, its parameters, its query and its actual answer."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from parkgraph.api import Graph, Lang
from parkgraph.ask.picture import Pattern
from parkgraph.ask.question import Parameter, Question
from parkgraph.ask.rows import Answer
from parkgraph.names import shorten
from parkgraph.report import markdown_table
from parkgraph.show.cells import Term
from parkgraph.show.output import opened

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


_LANGS: tuple[Lang, ...] = ("zh", "en")


def write_pages(
    graph: Graph,
    folder: Path,
    topic: str | None = None,
    progress: Callable[[int, int], None] = lambda made, of: None,
) -> int:
    """Writes `zh/<id>.md` and `en/<id>.md` for every question, of one topic or all, and an `index.md` beside
    them; nothing before all are made.

    progress: is told how many of how many pages are made.  Gives the number of files.
    Raises Usage for an unknown topic, Unreadable for a bad question, OSError when it can't write.
    """
    questions = graph.questions(topic)
    with _folders(folder / lang for lang in _LANGS):  # first: the pictures take a while
        made: list[tuple[str, str]] = []
        for page in _pages(graph, questions):
            made.append(page)
            progress(len(made), len(_LANGS) * (len(questions) + 1))
    for name, text in made:
        with opened(folder / name) as stream:
            stream.write(text.encode())
    return len(made)


@contextmanager
def _folders(wanted: Iterable[Path]) -> Iterator[None]:
    """Makes the folders; those that were not there go again when what follows fails."""
    made: list[Path] = []
    try:
        for folder in wanted:
            for part in (*reversed(folder.parents), folder):
                if not part.exists():
                    part.mkdir()
                    made.append(part)
            if not os.access(folder, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
        yield
    except BaseException:
        for part in reversed(made):
            part.rmdir()
        raise


def _pages(graph: Graph, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """(name, text) of every page."""
    for question in questions:
        pattern = Pattern(question.body)
        for lang in _LANGS:
            label = _labels(graph, lang)
            answer = graph.ask(question, lang=lang)
            page = _page(question, answer, pattern.mermaid(label), lang, label)
            yield f"{lang}/{question.id}.md", "\n".join(page)
    for lang in _LANGS:
        yield f"{lang}/index.md", "\n".join(_index(questions, lang))


def _labels(graph: Graph, lang: Lang) -> Callable[[str], str]:
    from parkgraph.ask.labels import label_of

    return lambda iri: label_of(graph.store, NamedNode(iri), lang) or shorten(iri, graph.prefixes)


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

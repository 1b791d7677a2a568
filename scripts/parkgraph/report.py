"""The one readable report that `build` writes: what is in the graph, what was found, every answer."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from parkgraph import __version__
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.finding import SEVERITIES, Finding
from parkgraph.graph.ordered import Ordered
from parkgraph.messages import in_language
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, PARK, RDF

_WORDS = {
    "zh": {
        "title": "parkgraph {version} 报告",
        "intro": "本报告由 `parkgraph build` 生成；每个答案都来自图谱，出处列给出原文位置。",
        "graph": "图谱",
        "part": "部分",
        "triples": "三元组",
        GRAPH_ONTOLOGY: "本体与代码表",
        GRAPH_DATA: "数据",
        GRAPH_INFERRED: "推理所得",
        GRAPH_SHAPES: "形状",
        "kinds": "数据中的事物",
        "class": "类别",
        "number": "个数",
        "bases": "依据",
        "findings": "检查结果",
        "violation": "违规",
        "warning": "警告",
        "info": "提示",
        "none": "没有发现问题。",
        "questions": "问题与答案",
        "rows": "{count} 行；[CSV](answers/{name}.zh.csv)",
    },
    "en": {
        "title": "parkgraph {version}: report",
        "intro": "Written by `parkgraph build`. Every answer is the graph's; its evidence column says where.",
        "graph": "The graph",
        "part": "part",
        "triples": "triples",
        GRAPH_ONTOLOGY: "ontology and code lists",
        GRAPH_DATA: "data",
        GRAPH_INFERRED: "inferred",
        GRAPH_SHAPES: "shapes",
        "kinds": "What the data hold",
        "class": "class",
        "number": "number",
        "bases": "Basis",
        "findings": "Checks",
        "violation": "violation",
        "warning": "warning",
        "info": "info",
        "none": "Nothing was found wrong.",
        "questions": "Questions and answers",
        "rows": "{count} rows; [CSV](answers/{name}.en.csv)",
    },
}


def report(
    graphs: Mapping[str, Ordered],
    findings: Sequence[Finding],
    answers: Iterable[tuple[Question, Answer]],
    lang: str,
    label: Callable[[str], str],
) -> str:
    """The report in Markdown.

    graphs: named graph → its triples.  findings: of all checks.  answers: of every question, in `lang`.
    label: IRI → what to call it in `lang`.
    """
    return "\n".join(_lines(graphs, findings, answers, lang, label)) + "\n"


def _lines(
    graphs: Mapping[str, Ordered],
    findings: Sequence[Finding],
    answers: Iterable[tuple[Question, Answer]],
    lang: str,
    label: Callable[[str], str],
) -> Iterator[str]:
    words = _WORDS[lang]
    data = graphs[GRAPH_DATA]
    yield from (f"# {words['title'].format(version=__version__)}", "", words["intro"], "")
    yield from (f"## {words['graph']}", "")
    sizes = [(words[graph], len(triples)) for graph, triples in graphs.items()]
    yield from _counted((words["part"], words["triples"]), sizes)
    yield from (f"### {words['kinds']}", "")
    yield from _counted((words["class"], words["number"]), _values(data, RDF + "type", label))
    yield from (f"### {words['bases']}", "")
    yield from _counted((words["bases"], words["number"]), _values(data, PARK + "basis", label))
    yield from (f"## {words['findings']}", "")
    if not findings:
        yield from (words["none"], "")
    for finding in sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.sort_key())):
        place = ":".join(str(part) for part in (finding.file, finding.line) if part is not None)
        said = in_language(finding.messages, lang).replace("\n", " ")
        yield f"- {words[finding.severity]}: {f'`{place}` ' if place else ''}{said}"
    if findings:
        yield ""
    yield from (f"## {words['questions']}", "")
    for question, answer in answers:
        yield from (f"### {question.summary[lang]}", "")
        yield from (question.description[lang].strip(), "") if question.description else ()
        yield from (f"`{question.id}` · " + words["rows"].format(count=len(answer), name=question.id), "")
        yield from (markdown_table(answer), "")


def markdown_table(answer: Answer) -> str:
    """The answer as a Markdown table."""
    from parkgraph.show.results import write

    stream = io.BytesIO()
    write(answer.result, "md", stream, lang=answer.lang)
    return stream.getvalue().decode().rstrip("\n")


def _counted(headings: tuple[str, str], rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    yield f"| {headings[0]} | {headings[1]} |"
    yield "| --- | ---: |"
    for name, count in rows:
        yield f"| {name} | {count} |"
    yield ""


def _values(triples: Ordered, predicate: str, label: Callable[[str], str]) -> list[tuple[str, int]]:
    """How often each value of `predicate` that is an IRI occurs, the most frequent first."""
    wanted = f"<{predicate}>"
    counts = Counter(
        value[1:-1] for _, relation, value in triples.terms() if relation == wanted and value[0] == "<"
    )
    named = [(label(iri), count) for iri, count in counts.items()]
    return sorted(named, key=lambda row: (-row[1], row[0]))

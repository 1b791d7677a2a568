"""The one readable report that `build` writes: what is in the graph, what was found, every answer."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from parkgraph import __version__
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.finding import LEVELS, SEVERITIES, Finding
from parkgraph.graph.ordered import Ordered
from parkgraph.messages import Text, _, in_language
from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, GRAPH_SHAPES, PARK, RDF

_PARTS = {
    GRAPH_ONTOLOGY: _("ontology and code lists"),
    GRAPH_DATA: _("data"),
    GRAPH_INFERRED: _("inferred"),
    GRAPH_SHAPES: _("shapes"),
}


def report(
    graphs: Mapping[str, Ordered],
    findings: Sequence[Finding],
    answers: Iterable[tuple[Question, Answer]],
    lang: str,
    label: Callable[[str], str],
    prefixes: Mapping[str, str],
) -> str:
    """The report in Markdown.

    graphs: named graph → its triples.  findings: of all checks.  answers: of every question, in `lang`.
    label: IRI → what to call it in `lang`.  prefixes: shorten IRIs.
    """
    return "\n".join(_lines(graphs, findings, answers, lang, label, prefixes)) + "\n"


def _lines(
    graphs: Mapping[str, Ordered],
    findings: Sequence[Finding],
    answers: Iterable[tuple[Question, Answer]],
    lang: str,
    label: Callable[[str], str],
    prefixes: Mapping[str, str],
) -> Iterator[str]:
    def say(text: Text) -> str:
        return in_language(text, lang)

    def counted(heading: Text, number: Text, rows: Iterable[tuple[str, int]]) -> Iterator[str]:
        yield from (f"| {say(heading)} | {say(number)} |", "| --- | ---: |")
        yield from (f"| {name} | {count} |" for name, count in rows)
        yield ""

    data, number = graphs[GRAPH_DATA], _("number")
    intro = _("Written by `parkgraph build`. Every answer is the graph's; its evidence column says where.")
    yield from ("# " + say(_("parkgraph {version}: report", version=__version__)), "", say(intro), "")
    yield from ("## " + say(_("The graph")), "")
    sizes = [(say(_PARTS[graph]), len(triples)) for graph, triples in graphs.items()]
    yield from counted(_("part"), _("triples"), sizes)
    yield from ("### " + say(_("What the data hold")), "")
    yield from counted(_("class"), number, _values(data, RDF + "type", label))
    yield from ("### " + say(_("Basis")), "")
    yield from counted(_("Basis"), number, _values(data, PARK + "basis", label))
    yield from ("## " + say(_("Checks")), "")
    if not findings:
        yield from (say(_("Nothing was found wrong.")), "")
    for finding in sorted(findings, key=lambda one: (SEVERITIES.index(one.severity), one.sort_key())):
        place = ":".join(str(part) for part in (finding.file, finding.line) if part is not None)
        said = say(finding.messages).replace("\n", " ")
        yield f"- {say(LEVELS[finding.severity])}: {f'`{place}` ' if place else ''}{said}"
    if findings:
        yield ""
    yield from ("## " + say(_("Questions and answers")), "")
    for question, answer in answers:
        yield from (f"### {question.summary[lang]}", "")
        yield from (question.description[lang].strip(), "") if question.description else ()
        rows = say(_("{n} rows", n=len(answer)))
        yield from (f"`{question.id}` · {rows} · [CSV](answers/{question.id}.{lang}.csv)", "")
        yield from (_markdown(answer, prefixes), "")


def _markdown(answer: Answer, prefixes: Mapping[str, str]) -> str:
    from parkgraph.show.results import write

    stream = io.BytesIO()
    write(answer.result, "md", stream, lang=answer.lang, prefixes=prefixes)
    return stream.getvalue().decode().rstrip("\n")


def _values(triples: Ordered, predicate: str, label: Callable[[str], str]) -> list[tuple[str, int]]:
    """How often each value of `predicate` that is an IRI occurs, the most frequent first."""
    wanted = f"<{predicate}>"
    counts = Counter(
        value[1:-1] for __, relation, value in triples.terms() if relation == wanted and value[0] == "<"
    )
    named = [(label(iri), count) for iri, count in counts.items()]
    return sorted(named, key=lambda row: (-row[1], row[0]))

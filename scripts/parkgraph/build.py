"""The main job: everything checked, everything answered, one folder written, whole or not at all."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from pyoxigraph import RdfFormat, Store, Triple

from parkgraph import describe
from parkgraph.ask.catalogue import as_turtle
from parkgraph.ask.question import Question
from parkgraph.ask.rows import Answer
from parkgraph.conformance import Say, check_graph
from parkgraph.export import write_graphs
from parkgraph.finding import Finding
from parkgraph.graph.assemble import Ordered, to_store
from parkgraph.messages import LANGS, Text, _
from parkgraph.names import GRAPH_DATA, GRAPH_ONTOLOGY
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.show.output import check_folder, whole_folder

_OURS = {"parkgraph.ttl", "parkgraph.nq", "parkgraph.jsonld", "void.ttl", "questions.ttl", "answers",
         "report.md", "report.zh.md"}  # fmt: skip
"""What a build writes into its folder, or wrote once."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What `build` did.  findings: of all checks.  written: file → size; empty when the data don't conform.
    triples: named graph → number.  answers: question id → rows.
    """

    findings: list[Finding]
    conforms: bool
    triples: dict[str, int]
    answers: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)


def build(
    root: Root, folder: Path, *, articles: Sequence[str | Path] = (), say: Say = lambda text: None
) -> Outcome:
    """Checks the graph at `root` and writes `folder`, which is replaced as a whole at the end.

    articles: texts of sources, for the audit.  say: is told each step.
    Raises Unreadable for a bad input, Usage when `folder` holds other things; it is then as it was, as it is
    when the data don't conform.
    """
    from parkgraph.ask.catalogue import catalogue

    check_folder(folder, _is_ours)
    questions = catalogue(root)
    checked = check_graph(root, articles=articles, say=say)
    counts = {graph: len(triples) for graph, triples in checked.graphs.items()}
    outcome = Outcome(checked.findings, checked.conforms, counts)
    if not checked.conforms:
        return outcome
    say(_("answering every question"))
    answers = _answers(root, to_store(checked.graphs), questions)
    say(_("writing"))
    graphs = {graph: Ordered(triples) for graph, triples in checked.graphs.items()}
    files = _files(root, graphs, questions, answers)
    with whole_folder(folder, _is_ours) as new:
        for name, content in files.items():
            (new / name).parent.mkdir(parents=True, exist_ok=True)
            (new / name).write_bytes(content)
    outcome.written.update({name: len(content) for name, content in files.items()})
    outcome.answers.update({answer.name: len(answer) for answer in answers})
    return outcome


def _is_ours(name: str) -> bool:
    """Whether an earlier build may have written a file of this name."""
    return name.split("/", 1)[0] in _OURS


def _answers(root: Root, store: Store, questions: Sequence[Question]) -> list[Answer]:
    """Every question answered in each language."""
    from parkgraph.ask.parameters import bind
    from parkgraph.ask.run import run

    known = prefixes(root.path)

    def answer(asked: tuple[Question, str]) -> Answer:
        question, lang = asked
        return run(question, bind(question, {}, store, lang=lang, prefixes=known), store, lang=lang)

    # The engine works outside the interpreter's lock, so each core answers a question.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(answer, product(questions, LANGS)))


def _files(
    root: Root, graphs: Mapping[str, Ordered], questions: Sequence[Question], answers: Sequence[Answer]
) -> dict[str, bytes]:
    """Name → content of every file of the folder."""
    known = prefixes(root.path)
    asserted = {graph: graphs[graph] for graph in (GRAPH_ONTOLOGY, GRAPH_DATA)}
    files = {
        "parkgraph.ttl": _rdf(asserted, RdfFormat.TURTLE, known),
        "parkgraph.nq": _rdf(graphs, RdfFormat.N_QUADS, known),
        "parkgraph.jsonld": _rdf(asserted, RdfFormat.JSON_LD, known),
        **{f"answers/{answer.name}.{answer.lang}.csv": _csv(answer, known) for answer in answers},
        "questions.ttl": as_turtle(questions).encode(),
    }
    described = describe.describe(graphs, files, describe.inputs_digest(root), known)
    files["void.ttl"] = _rdf({describe.DATASET: described}, RdfFormat.TURTLE, {**known, **describe.PREFIXES})
    return files


def _rdf(graphs: Mapping[str, Iterable[Triple]], format: RdfFormat, known: Mapping[str, str]) -> bytes:
    stream = io.BytesIO()
    write_graphs(graphs, stream, format, known, merge=format != RdfFormat.N_QUADS)
    return stream.getvalue()


def _csv(answer: Answer, known: Mapping[str, str]) -> bytes:
    from parkgraph.show.results import write

    stream = io.BytesIO()
    write(answer.result, "csv", stream, lang=answer.lang, prefixes=known, bom=True, iris=True)
    return stream.getvalue()


def summary(outcome: Outcome) -> Iterable[Text]:
    """What to tell at the end, line by line."""
    counts = [f"{graph.rsplit('/', 1)[1]} {count}" for graph, count in outcome.triples.items()]
    warnings = sum(finding.severity == "warning" for finding in outcome.findings)
    yield _("triples: {counts}", counts=counts)
    yield _("{warnings} warnings", warnings=warnings)
    yield _("{n} questions answered, {sum} rows", n=len(outcome.answers), sum=sum(outcome.answers.values()))

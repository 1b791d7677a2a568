"""One run of some stages over one graph, in a process of its own: `python -m parkgraph.bench.measure`.

Prints a line of JSON as each stage begins and another as it ends: seconds, the peak memory of the process so
far in MiB, and a count that the other engine must reach too; or that it was stopped at the time limit.
"""

from __future__ import annotations

import hashlib
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from parkgraph.read.files import Root

if TYPE_CHECKING:
    import rdflib

    from parkgraph.ask.question import Question
    from parkgraph.finding import Finding

Result = TypeVar("Result")

GROUPS = (("validate",), ("parse", "export", "closure", "load", "questions"))
"""Stages that share a process. `questions` stands for one stage a question, `ask NAME`."""


class _TooLong(BaseException):  # no Exception: what is measured must not catch it
    pass


class Meter:
    """Measures stages, each for at most `limit` seconds, questions for at most `ask_limit`.

    The limit reaches pure Python at once; a stage inside a compiled library notices it when it comes back,
    unless whoever started this process ends it first.
    """

    def __init__(self, limit: float, ask_limit: float = 0.0, left_out: Collection[str] = ()) -> None:
        self.limit = limit
        self.ask_limit = ask_limit or limit
        self.left_out = left_out

    def stage(
        self,
        name: str,
        work: Callable[[], Result],
        count: Callable[[Result], int],
        digest: Callable[[Result], str] = lambda result: "",
    ) -> Result | None:
        """What `work` gives; None when it was stopped or is to be left out.

        digest: of a result that the other engine must find too.
        """
        if name in self.left_out:
            return None
        _tell(stage=name, begun=True)
        started = time.perf_counter()
        try:
            with self._limited(self.ask_limit if name.startswith("ask ") else self.limit):
                result = work()
        except _TooLong:
            _tell(stage=name, stopped=True, peak_mib=peak_mib())
            return None
        seconds = time.perf_counter() - started
        told = {"count": count(result), "digest": digest(result)}
        _tell(stage=name, seconds=round(seconds, 6), peak_mib=peak_mib(), **told)
        return result

    @contextmanager
    def _limited(self, limit: float) -> Iterator[None]:
        def stop(*_: object) -> None:
            raise _TooLong

        if not hasattr(signal, "setitimer"):  # Windows: only the one who started us can stop us
            yield
            return
        before = signal.signal(signal.SIGALRM, stop)
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def peak_mib() -> int:
    """The most memory this process has held so far, in MiB; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // unit


def main(argv: Sequence[str]) -> None:
    """argv: folder of the graph, engine (fast or reference), limits in seconds of a stage and of a question,
    first stage of a group, and the stages to leave out."""
    folder, engine, limit, ask_limit, first, *left_out = argv
    root, meter = Root(Path(folder)), Meter(float(limit), float(ask_limit), left_out)
    if first == "validate":
        _validate(root, engine, meter)
    elif engine == "fast":
        _fast(root, meter)
    else:
        _reference(root, meter)


def _tell(**told: object) -> None:
    print(json.dumps(told), flush=True)


def _validate(root: Root, engine: str, meter: Meter) -> None:
    from parkgraph.validate import validate

    files = root.paths("data", "passages"), root.paths("prefixes", "shapes"), root.paths("ontology", "codes")
    chosen = "fast" if engine == "fast" else "reference"
    meter.stage(
        "validate",
        lambda: validate(*files, engine=chosen, time_limit=None),  # type: ignore[arg-type]
        len,
        lambda found: _digest(found, root),
    )


def _digest(findings: Sequence[Finding], root: Root) -> str:
    """SHA-256 of what is found and where."""
    told = sorted(
        repr((each.file and Path(each.file).relative_to(root.path).as_posix(), each.line, each.severity,
              each.rule, each.component, each.focus, each.path, each.value))
        for each in findings
    )  # fmt: skip
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _questions(root: Root) -> list[Question]:
    from parkgraph.ask.catalogue import catalogue

    return catalogue(root)


def _fast(root: Root, meter: Meter) -> None:
    from pyoxigraph import RdfFormat

    from parkgraph.ask.run import graphs_of, on_oxigraph
    from parkgraph.export import write_graphs
    from parkgraph.graph.assemble import closure_of, read_asserted, to_store
    from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY, prefixes

    asserted = (GRAPH_ONTOLOGY, GRAPH_DATA)
    graphs = meter.stage(
        "parse", lambda: read_asserted(root), lambda read: sum(len(read[name]) for name in asserted)
    )
    if graphs is None:
        return
    kept = {name: graphs[name] for name in asserted}
    with tempfile.TemporaryFile() as stream:
        known = prefixes(root.path)
        meter.stage(
            "export",
            lambda: write_graphs(kept, stream, RdfFormat.N_TRIPLES, known, merge=True),
            lambda _: sum(map(len, kept.values())),
        )
    inferred = meter.stage("closure", lambda: closure_of(graphs).inferred, len)
    if inferred is None:
        return
    graphs[GRAPH_INFERRED] = inferred
    store = meter.stage("load", lambda: to_store(graphs), lambda store: len(store))
    if store is None:
        return
    graphs.clear()
    for question in _questions(root):
        ask = partial(on_oxigraph, store, graphs_of(question), question.text)
        meter.stage(f"ask {question.id}", ask, _rows)


def _rows(found: object) -> int:
    rows = found[1] if isinstance(found, tuple) else found
    return len(rows) if isinstance(rows, list) else int(bool(rows))


def _reference(root: Root, meter: Meter) -> None:
    """The path that anybody would take: rdflib parses, owlrl closes, rdflib answers and writes."""
    import rdflib

    from parkgraph.ask.reference import prepare

    files = root.paths("ontology", "codes", "data", "passages")

    def parse() -> rdflib.Graph:
        graph = rdflib.Graph(bind_namespaces="none")
        for path in files:
            graph.parse(path, format="turtle")
        return graph

    graph = meter.stage("parse", parse, len)
    if graph is None:
        return
    with tempfile.TemporaryDirectory(prefix="parkgraph-") as folder:
        meter.stage(
            "export",
            lambda: graph.serialize(Path(folder) / "graph.nt", format="nt", encoding="utf-8"),
            lambda _: len(graph),
        )
    closed = _closed(graph, root, meter)

    def ask(text: str) -> list[object]:
        return list(closed.query(prepare(text)))

    for question in _questions(root):
        meter.stage(f"ask {question.id}", partial(ask, question.text), len)


def _closed(graph: rdflib.Graph, root: Root, meter: Meter) -> rdflib.Graph:
    """The graph with what follows from it, trivial things left out; closed by the fast engine when owlrl is
    stopped, so that the questions can be measured all the same."""
    from owlrl import OWLRL_Semantics

    from parkgraph.ask.reference import to_graph
    from parkgraph.graph.assemble import QUESTION_GRAPHS, assemble
    from parkgraph.infer.reference import new_triples
    from parkgraph.rdflib_terms import RdflibTerms

    asserted = set(graph)

    def close() -> bool:
        OWLRL_Semantics(graph, axioms=False, daxioms=False).closure()
        return True

    if not meter.stage("closure", close, lambda _: len(new_triples(graph, asserted))):
        return to_graph(assemble(root), QUESTION_GRAPHS)
    inferred = new_triples(graph, asserted)
    graph.remove((None, None, None))
    for fact in asserted:
        graph.add(fact)
    convert = RdflibTerms(normalize=True)
    for triple in inferred:
        graph.add(tuple(map(convert, triple)))
    return graph


if __name__ == "__main__":
    main(sys.argv[1:])

"""Some stages over one graph, in a process of their own: `stages.py ROOT fast|reference GROUP [LEFT OUT …]`.

Prints a line of JSON as each stage begins and another as it ends: seconds, the most memory of the process so
far in MiB, and a count and a digest that the other engine must reach too. Whoever started it ends it when a
stage takes too long.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from parkgraph.read.files import Root

if TYPE_CHECKING:
    import rdflib
    from parkgraph.finding import Finding

Result = TypeVar("Result")

GROUPS = ("validate", "parse")
"""First stage of each group that shares a process; after parse come export, closure, load, and `ask NAME`."""


class Meter:
    """Measures stages.  left_out: their names, or `ask NAME`."""

    def __init__(self, left_out: Collection[str]) -> None:
        self.left_out = left_out

    def stage(
        self,
        name: str,
        work: Callable[[], Result],
        count: Callable[[Result], int],
        digest: Callable[[Result], str] = lambda result: "",
    ) -> Result | None:
        """What `work` gives; None when it is to be left out."""
        if name in self.left_out:
            return None
        self._tell(stage=name, begun=True)
        started = _used()
        result = work()
        seconds = round(_used() - started, 6)
        peak = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        self._tell(
            stage=name, seconds=seconds, peak_mib=peak // 1024, count=count(result), digest=digest(result)
        )
        return result

    def _tell(self, **told: object) -> None:
        print(json.dumps(told), flush=True)


def _used() -> float:
    """Seconds of processors, of all threads and of children that have ended."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def validate(root: Root, engine: str, meter: Meter) -> None:
    """Validation, as the command does it; what is only told (info) is not counted."""
    from parkgraph.api import Graph

    def wrong(found: Sequence[Finding]) -> int:
        return sum(finding.severity != "info" for finding in found)

    work = partial(Graph(root).validate, engine)
    meter.stage("validate", work, wrong, lambda found: _digest(found, root))


def _digest(findings: Sequence[Finding], root: Root) -> str:
    """SHA-256 of what is found and where."""
    told = sorted(
        repr((each.file and Path(each.file).relative_to(root.path).as_posix(), each.line, each.severity,
              each.rule, each.component, each.focus, each.path, each.value))
        for each in findings
    )  # fmt: skip
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def fast(root: Root, meter: Meter) -> None:
    """The default path."""
    from parkgraph.api import Graph
    from parkgraph.export import write_graphs
    from parkgraph.graph.assemble import closure_of, read_asserted, to_store
    from parkgraph.names import GRAPH_DATA, GRAPH_INFERRED, GRAPH_ONTOLOGY
    from pyoxigraph import RdfFormat

    graph, asserted = Graph(root), (GRAPH_ONTOLOGY, GRAPH_DATA)
    graphs = meter.stage(
        "parse", lambda: read_asserted(root), lambda read: sum(len(read[name]) for name in asserted)
    )
    if graphs is None:
        return
    kept = {name: graphs[name] for name in asserted}
    with tempfile.TemporaryFile() as stream:
        write = partial(write_graphs, kept, stream, RdfFormat.N_TRIPLES, graph.prefixes, merge=True)
        meter.stage("export", write, lambda _: sum(map(len, kept.values())))
    closure = meter.stage("closure", lambda: closure_of(graphs).inferred, len)
    if closure is None:
        return
    store = meter.stage("load", lambda: to_store({**graphs, GRAPH_INFERRED: closure}), len)
    if store is None:
        return
    graph.store = store
    for question in graph.questions():
        meter.stage(f"ask {question.id}", partial(graph.ask, question), len)


def reference(root: Root, meter: Meter) -> None:
    """The path that anybody would take: rdflib parses, owlrl closes, rdflib answers and writes."""
    import rdflib
    from parkgraph.api import Graph
    from parkgraph.ask.reference import prepare

    def parse() -> rdflib.Graph:
        graph = rdflib.Graph(bind_namespaces="none")
        for path in root.paths("ontology", "codes", "data", "passages"):
            graph.parse(path, format="turtle")
        return graph

    graph = meter.stage("parse", parse, len)
    if graph is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        write = partial(graph.serialize, Path(folder) / "graph.nt", format="nt", encoding="utf-8")
        meter.stage("export", write, lambda _: len(graph))
    closed = _closed(graph, root, meter)
    for question in Graph(root).questions():
        ask = lambda text: list(closed.query(prepare(text)))  # noqa: E731
        meter.stage(f"ask {question.id}", partial(ask, question.text), len)


def _closed(graph: rdflib.Graph, root: Root, meter: Meter) -> rdflib.Graph:
    """The graph with what follows from it, trivial things left out; closed by the fast engine when owlrl is
    to be left out, so that the questions can be measured all the same."""
    from owlrl import OWLRL_Semantics
    from parkgraph.api import Graph
    from parkgraph.infer.reference import new_triples
    from parkgraph.rdflib_terms import RdflibTerms

    asserted = set(graph)
    close = OWLRL_Semantics(graph, axioms=False, daxioms=False).closure
    if "closure" in meter.left_out:
        return Graph(root).to_rdflib()
    meter.stage("closure", close, lambda _: len(new_triples(graph, asserted)))
    convert = RdflibTerms(normalize=True)
    closed = type(graph)(bind_namespaces="none")
    for fact in asserted:
        closed.add(fact)
    for triple in new_triples(graph, asserted):
        closed.add(tuple(map(convert, triple)))
    return closed


if __name__ == "__main__":
    folder, engine, group, *without = sys.argv[1:]
    if group == "validate":
        validate(Root(Path(folder)), engine, Meter(without))
    elif engine == "fast":
        fast(Root(Path(folder)), Meter(without))
    else:
        reference(Root(Path(folder)), Meter(without))

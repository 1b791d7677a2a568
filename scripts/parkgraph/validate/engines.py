"""Runs an engine in a process of its own, under a time limit for each shape."""

from __future__ import annotations

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path as File
from typing import Any
from typing import Literal as OneOf

from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.errors import ParkgraphError
from parkgraph.graph.documents import Graph
from parkgraph.messages import _, in_language
from parkgraph.names import OWL, SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.results import Collector, Result
from parkgraph.validate.shapes import TARGET_OF, TYPE, Shapes, sh
from parkgraph.validate.sparql import declared, fits_fast
from parkgraph.validate.worker import CALIBRATE, PROBE, Job

Engine = OneOf["fast", "reference"]
_SPARQL = SH + "SPARQLConstraintComponent"
SKOLEM = "urn:x-parkgraph:b:"
MOST = 1_000_000
"""Results after which an engine may stop."""


class EngineFailure(ParkgraphError):
    """An engine gave up or died: no result can be trusted."""

    exit_code = 70

    @property
    def told(self) -> dict[str, str]:
        """What happened, by language."""
        return {lang: in_language(self.message, lang) for lang in ("en", "zh")}


def run(
    engine: Engine,
    data: Graph,
    shapes: Shapes,
    targeting: Sequence[str],
    new: Callable[[], Collector],
    *,
    time_limit: float | None,
) -> tuple[Collector, list[str]]:
    """Validates `data`.

    targeting: the shapes (terms in N-Triples) whose targets count.  new: makes an empty collector.
    time_limit: seconds that one shape may take.
    Gives what was collected and the shapes that took too long, whose results are missing.
    Raises EngineFailure.
    """
    with tempfile.TemporaryDirectory(prefix="parkgraph-") as folder:
        return _Runner(engine, data, shapes, new, time_limit, File(folder)).run(list(targeting))


class _Killed(Exception):
    """The time limit is over. shape: the one at work, where the engine tells."""

    def __init__(self, shape: str | None) -> None:
        super().__init__(shape)
        self.shape = shape


class _Runner:
    def __init__(
        self,
        engine: Engine,
        data: Graph,
        shapes: Shapes,
        new: Callable[[], Collector],
        time_limit: float | None,
        folder: File,
    ) -> None:
        self.engine, self.shapes, self.new, self.folder = engine, shapes, new, folder
        self.reading = Reading(shapes)
        self.data_file = folder / "data.nt"
        text = data.ntriples()
        self.data_file.write_text(text, encoding="utf-8")
        # The fast engine reads the data while its time runs; some 10 MB a second, told as a fifth.
        reading = len(text) / 2_000_000 if engine == "fast" else 0.0
        self.time_limit = None if time_limit is None else time_limit + reading

    def run(self, targeting: list[str]) -> tuple[Collector, list[str]]:
        late: list[str] = []
        while True:
            try:
                return self._once([shape for shape in targeting if shape not in late]), late
            except _Killed as killed:
                if killed.shape is None:
                    return self._one_by_one(targeting)
                if killed.shape in late:
                    raise self._failure(f"{killed.shape} {self.time_limit}") from None
                late.append(killed.shape)

    def _one_by_one(self, targeting: list[str]) -> tuple[Collector, list[str]]:
        # The engine ran all shapes in one go and took too long: which of them was it?
        whole, late = self.new(), []
        for shape in targeting:
            try:
                whole.merge(self._once([shape]))
            except _Killed:
                late.append(shape)
        return whole, late

    def _once(self, targeting: list[str]) -> Collector:
        shapes_file = self.folder / "shapes.nt"
        shapes_file.write_text(shapes_text(self.engine, self.shapes, targeting), encoding="utf-8")
        job = Job(
            engine=self.engine,
            data=str(self.data_file),
            shapes=str(shapes_file),
            limit=MOST,
            constraints=self.reading.several,
        )
        collected = self.new()
        for line in _lines(job, self.time_limit):
            if "result" in line:
                collected.add(self.reading.result(line["result"]))
            elif "failure" in line:
                raise self._failure(line["failure"])
        return collected

    def _failure(self, said: str) -> EngineFailure:
        name = self.engine
        return EngineFailure(_("the {name} engine gave up: {said}", name=name, said=said))


class Reading:
    """Makes results from what a worker writes about one shapes graph."""

    def __init__(self, shapes: Shapes) -> None:
        self.shapes = shapes
        self._paths: dict[str, str] = {}

    @cached_property
    def several(self) -> bool:
        """Whether a shape has more than one sh:sparql, so that a result must say which."""
        graph = self.shapes.graph
        return any(len(graph.objects(node, sh("sparql"))) > 1 for node in self.shapes.nodes)

    def result(self, row: list[Any]) -> Result:
        """One result from the worker's list."""
        focus, path, value, component, severity, shape, constraint, messages = row
        shape = _unskolem(shape)
        if not constraint and component == _SPARQL:
            node = _term(shape)
            queries = self.shapes.graph.objects(node, sh("sparql")) if node else ()
            constraint = str(queries[0]) if len(queries) == 1 else None
        return Result(
            focus,
            self._path(path, shape) if path else None,
            value,
            component,
            severity,
            shape,
            _unskolem(constraint) if constraint else None,
            tuple((text, language) for text, language in messages),
        )

    def _path(self, told: str, shape: str) -> str:
        """An engine names a simple path by its IRI; of any other the shape itself tells it best."""
        if told.startswith("<") and told.endswith(">") and told.count("<") == 1:
            return told
        if shape not in self._paths:
            node = _term(shape)
            path = self.shapes.path(node) if node else None
            self._paths[shape] = str(path) if path else told
        return self._paths[shape]


def shapes_text(engine: Engine, shapes: Shapes, targeting: Collection[str]) -> str:
    """The shapes graph as N-Triples for an engine; only the shapes `targeting` keep their targets."""
    others = {node for node in shapes.nodes if str(node) not in targeting}
    facts = [
        fact
        for fact in shapes.graph.facts
        if not (
            fact.subject in others
            and (
                fact.predicate in TARGET_OF or (fact.predicate == TYPE and fact.object in shapes.metaclasses)
            )
        )
    ]
    return _for_fast(shapes, facts) if engine == "fast" else _for_reference(shapes, facts)


def _for_fast(shapes: Shapes, facts: list[Fact]) -> str:
    """N-Triples for `shacl`, where shapes and constraints without a name get one: results tell it."""
    named = {node for node in shapes.nodes if isinstance(node, BlankNode)}
    constraints = {value for node in shapes.nodes for value in shapes.graph.objects(node, sh("sparql"))}
    named |= {node for node in constraints if isinstance(node, BlankNode)}

    def term(node: Term) -> str:
        return f"<{SKOLEM}{node.value}>" if node in named else str(node)

    # A severity on the constraint itself means nothing in SHACL, but would to this engine.
    mute = constraints - set(shapes.nodes)
    # It reads every regular expression, also those of shapes that are left to the reference.
    unread = {
        fact
        for fact in facts
        if fact.predicate == sh("pattern") and isinstance(fact.object, Literal)
        if not fits_fast(fact.object.value, "")
    }
    lines = [
        f"{term(s)} {p} {term(o)} .\n"
        for s, p, o in facts
        if not (p == sh("severity") and s in mute) and Fact(s, p, o) not in unread
    ]
    lines.append(f"<{PROBE}> <{SH}targetSubjectsOf> <{CALIBRATE}> .\n<{PROBE}> <{SH}nodeKind> <{SH}IRI> .\n")
    return "".join(lines)


def _for_reference(shapes: Shapes, facts: list[Fact]) -> str:
    """N-Triples for pySHACL, which finds prefixes only where sh:prefixes points, not behind owl:imports."""
    graph = shapes.graph
    lines = [f"{s} {p} {o} .\n" for s, p, o in facts]
    for node in {fact.object for fact in facts if fact.predicate == sh("prefixes")}:
        for prefix, namespace in declared(graph, graph.objects(node, NamedNode(OWL + "imports"))).items():
            both = f"{Literal(prefix)} .\n_:p{len(lines)} {sh('namespace')} {Literal(namespace)} .\n"
            lines.append(f"{node} {sh('declare')} _:p{len(lines)} .\n_:p{len(lines)} {sh('prefix')} {both}")
    return "".join(lines)


def _unskolem(term: str) -> str:
    return f"_:{term[len(SKOLEM) + 1 : -1]}" if term.startswith(f"<{SKOLEM}") else term


def _term(text: str) -> NamedNode | BlankNode | None:
    if text.startswith("<"):
        return NamedNode(text[1:-1])
    return BlankNode(text[2:]) if text.startswith("_:") else None


def _lines(job: Job, time_limit: float | None) -> Iterator[dict[str, Any]]:
    """What the worker writes.  Raises _Killed when one shape takes longer than the limit."""
    process = subprocess.Popen(
        [sys.executable, "-P", "-m", "parkgraph.validate.worker"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    assert process.stdin and process.stdout and process.stderr
    told: queue.Queue[str | None] = queue.Queue(maxsize=10_000)
    said: list[str] = []

    def listen() -> None:
        for line in process.stdout:  # type: ignore[union-attr]
            told.put(line)
        told.put(None)

    listeners = [
        threading.Thread(target=listen, daemon=True),
        threading.Thread(target=lambda: said.extend(process.stderr), daemon=True),  # type: ignore[arg-type]
    ]
    for listener in listeners:
        listener.start()
    try:
        process.stdin.write(json.dumps(job) + "\n")
        process.stdin.close()
        at_work: str | None = None
        since: float | None = None  # loading is not the shapes' fault
        while True:
            try:
                left = None
                if time_limit is not None and since is not None:
                    left = max(0.0, since + time_limit - time.monotonic())
                line = told.get(timeout=left)
            except queue.Empty:
                raise _Killed(at_work) from None
            if line is None:
                code = process.wait()
                raise EngineFailure(
                    _(
                        "the {engine} engine died (exit {code}): {strip}",
                        engine=job["engine"],
                        code=code,
                        strip="".join(said)[-500:].strip(),
                    )
                )
            row = json.loads(line)
            if "done" in row:
                return
            if "ready" in row:
                since = time.monotonic()
            elif "shape" in row:
                at_work, since = row["shape"], time.monotonic()
            yield row
            if "failure" in row:
                return
    finally:
        process.kill()
        process.wait()
        while any(listener.is_alive() for listener in listeners):
            try:
                told.get_nowait()
            except queue.Empty:
                time.sleep(0.001)

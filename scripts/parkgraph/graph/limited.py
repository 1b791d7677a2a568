"""Runs a query from outside in a process of its own, which is stopped when it takes too long or too much."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from parkgraph.errors import ParkgraphError, Remote, Unreadable, Usage
from parkgraph.graph.sparql import check_query, explain_syntax
from parkgraph.messages import _
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

DEFAULT_TIMEOUT = 30.0
"""Seconds."""
DEFAULT_MEMORY = 2048 * 1024 * 1024
"""Bytes of address space the worker may have."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives: `boolean` for ASK, `columns` and `rows` (tuples of terms) for SELECT, `triples` for
    CONSTRUCT and DESCRIBE.  rows and triples are streams; reading them may raise as `run_limited` does.
    """

    boolean: bool | None = None
    columns: list[str] | None = None
    rows: Iterator[list[object]] | None = None
    triples: Iterator[Triple] | None = None


@contextmanager
def run_limited(
    root: Root, text: str, *, timeout: float = DEFAULT_TIMEOUT, memory: int = DEFAULT_MEMORY
) -> Iterator[Answer]:
    """The answer to the SPARQL query `text` on ontology, data and inferred graph together.

    timeout: seconds from the moment the graph is loaded.  memory: bytes, 0 for no limit.
    Raises Usage for a refused query or an impossible timeout, Unreadable when query or graph has a syntax
    error (line and column are those of the query when no file is named), Remote when the time or memory is
    over.  Leaving the context stops the query.
    """
    if not 0 < timeout <= threading.TIMEOUT_MAX:
        raise Usage(_("not a time limit: {timeout:g} s", timeout=timeout))
    check_query(text, prefixes(root.path))
    worker = subprocess.Popen(
        [sys.executable, "-m", "parkgraph.graph.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    run = _Run(worker, text, timeout)
    try:
        assert worker.stdin is not None
        with worker.stdin as stdin:
            stdin.write(json.dumps({"root": str(root.path), "query": text, "memory": memory}).encode())
        yield run.answer()
    finally:
        run.stop()


class _Run:
    """One worker and its clock."""

    def __init__(self, worker: subprocess.Popen[bytes], text: str, timeout: float) -> None:
        self.worker = worker
        self.text = text
        self.timeout = timeout
        self.late = False
        self.clock = threading.Timer(timeout, self._time_is_over)
        self.clock.daemon = True

    def answer(self) -> Answer:
        out = cast(IO[bytes], self.worker.stdout)
        if out.readline() != b"ready\n":
            self._finish()
        self.clock.start()
        kind = out.readline()
        if not kind.endswith(b"\n"):
            self._finish()
        if kind == b"construct\n":
            return Answer(triples=self._triples(out))
        try:
            result = parse_query_results(out, QueryResultsFormat.JSON)
        except SyntaxError:
            self._finish()
            raise
        if isinstance(result, QueryBoolean):
            self._finish()
            return Answer(boolean=bool(result))
        columns = [variable.value for variable in result.variables]
        return Answer(columns=columns, rows=self._rows(result, columns))

    def _rows(self, solutions: QuerySolutions, columns: list[str]) -> Iterator[list[object]]:
        try:
            for solution in solutions:
                yield [solution[column] for column in columns]
        except SyntaxError:  # the stream was cut; why, says the worker's end
            self._finish()
            raise
        self._finish()

    def _triples(self, out: IO[bytes]) -> Iterator[Triple]:
        try:
            for quad in parse(out, RdfFormat.N_TRIPLES):
                yield Triple(quad.subject, quad.predicate, quad.object)
        except SyntaxError:
            self._finish()
            raise
        self._finish()

    def _time_is_over(self) -> None:
        self.late = True
        self.worker.kill()

    def _finish(self) -> None:
        """Waits for the worker's end and raises what it says; nothing when all went well."""
        failure = cast(IO[bytes], self.worker.stderr).read()
        code = self.worker.wait()
        self.clock.cancel()
        if self.late:
            raise Remote(
                _("stopped: the query took longer than {timeout:g} s", timeout=self.timeout),
                fix=_("make it narrower, or give it more with --timeout"),
            )
        if code == 0:
            return
        from parkgraph.graph.worker import OUT_OF_MEMORY, SYNTAX_ERROR

        if code == OUT_OF_MEMORY or b"memory allocation" in failure:
            raise Remote(
                _("stopped: the query needs more memory than it may have"),
                fix=_("make it narrower, or give it more with --memory"),
            )
        if code == SYNTAX_ERROR:
            message, line, column = explain_syntax(json.loads(failure)["message"], self.text)
            raise Unreadable(message, line=line, column=column)
        if code < 0:
            raise Remote(
                _("stopped: the query's process was ended by signal {value}", value=-code),
                fix=_("the query nests too deeply or needs more memory than there is: make it smaller"),
            )
        for kind in (Usage, Unreadable, Remote):
            if code == kind.exit_code:
                raise kind(**json.loads(failure))
        raise ParkgraphError(
            _(
                "the query's process ended with {code}: {strip}",
                code=code,
                strip=failure.decode(errors="replace").strip(),
            )
        )

    def stop(self) -> None:
        self.clock.cancel()
        self.worker.kill()
        self.worker.wait()
        for pipe in (self.worker.stdout, self.worker.stderr):
            cast(IO[bytes], pipe).close()

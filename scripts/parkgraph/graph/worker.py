"""The process that runs one query for `limited`: it may be killed, and can open no file or connection.

stdin: one JSON object {root, query, memory}.  stdout: the line `ready` once the graph is loaded, the kind
of result (select, ask, construct), then SPARQL JSON or N-Triples.  stderr: one JSON object when it fails.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from parkgraph.errors import ParkgraphError
from parkgraph.graph.assemble import QUESTION_GRAPHS
from parkgraph.graph.cache import open_graph
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes

SYNTAX_ERROR = 65
OUT_OF_MEMORY = 66


def main() -> int:
    """Runs the query that stands on stdin; gives the exit code of the process."""
    order = json.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    root = Root(Path(order["root"]))
    try:
        store, known = open_graph(root), prefixes(root.path)
    except ParkgraphError as error:
        _report({"message": error.message, "fix": error.fix, "file": error.file, "line": error.line,
                 "column": error.column})  # fmt: skip
        return error.exit_code
    _limit(order["memory"])
    out.write(b"ready\n")
    out.flush()
    try:
        result = store.query(order["query"], prefixes=known, default_graph=QUESTION_GRAPHS)
        if isinstance(result, QuerySolutions):
            out.write(b"select\n")
            result.serialize(out, QueryResultsFormat.JSON)
        elif isinstance(result, QueryBoolean):
            out.write(b"ask\n")
            result.serialize(out, QueryResultsFormat.JSON)
        else:
            out.write(b"construct\n")
            result.serialize(out, RdfFormat.N_TRIPLES)
        out.flush()
    except SyntaxError as error:
        _report({"message": str(error)})
        return SYNTAX_ERROR
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _limit(memory: int) -> None:
    """No new files or connections from here on, and at most `memory` bytes of address space."""
    try:
        import resource
    except ImportError:  # Windows: the refusal in `guard` and the kill on time are what there is
        return
    wanted = {resource.RLIMIT_NOFILE: 0, resource.RLIMIT_CORE: 0}
    if memory:
        wanted[resource.RLIMIT_AS] = memory
    for limit, value in wanted.items():
        with suppress(ValueError, OSError):  # macOS refuses RLIMIT_AS
            resource.setrlimit(limit, (value, value))


def _report(failure: dict[str, object]) -> None:
    sys.stderr.write(json.dumps(failure, default=dict))


if __name__ == "__main__":
    with suppress(BrokenPipeError):
        sys.exit(main())

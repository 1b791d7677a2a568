"""A saved question as one query over several servers, each with a park of its own.

Each server holds its park and what is shared, so it answers the whole question for its park. The query asks
each of them with SERVICE, unites the rows and puts them in the question's order again. That gives the answer
of the merged graph where every row of it rests on one park and on what is shared; no row then is lost or
changed by asking park by park.

    python tests/stores/store_federation.py QUESTION URL…    prints the query, for any SPARQL 1.1 engine
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

_FORM = re.compile(r"^(SELECT|CONSTRUCT)\b", re.MULTILINE)
_ORDER = re.compile(r"^ORDER BY (.*)$", re.MULTILINE)
_KEY = re.compile(r"(DESC)?\(?((?:MIN|MAX|COUNT)\([^)]*\)|\?\w+)")
_SELECT = re.compile(r"^SELECT( DISTINCT)?")


def federated(text: str, columns: Sequence[str], servers: Sequence[str]) -> str:
    """The query to send to any engine that knows SERVICE.

    text: SPARQL of a saved question, its parameters bound.  columns: of its answer, not used for CONSTRUCT.
    servers: addresses that take queries.
    """
    begin = _FORM.search(text)
    assert begin, "no SELECT and no CONSTRUCT"
    prologue, query = text[: begin.start()], text[begin.start() :].rstrip()
    if begin[1] == "CONSTRUCT":
        template, body = re.split(r"^WHERE ", query, maxsplit=1, flags=re.MULTILINE)
        return f"{prologue}{template}WHERE {{\n{_everywhere(body, servers)}\n}}\n"
    keys = _KEY.findall(_ORDER.findall(query)[-1])
    chosen = " ".join(f"({key} AS ?key{number})" for number, (_, key) in enumerate(keys))
    inner = _SELECT.sub(lambda select: f"{select[0]} {chosen}", _ORDER.sub("", query), count=1)
    named, added = (" ".join(f"?{name}" for name in names) for names in (columns, _numbered(len(keys))))
    order = " ".join(f"{way or 'ASC'}(?key{number})" for number, (way, _) in enumerate(keys))
    return (
        f"{prologue}SELECT {named} WHERE {{\n"
        f"SELECT DISTINCT {named} {added} WHERE {{\n{_everywhere('{' + inner + '}', servers)}\n}}\n"
        f"}}\nORDER BY {order}\n"
    )


def _everywhere(group: str, servers: Sequence[str]) -> str:
    return "\nUNION\n".join(f"{{ SERVICE <{server}> {group} }}" for server in servers)


def _numbered(count: int) -> list[str]:
    return [f"key{number}" for number in range(count)]


if __name__ == "__main__":
    from parkgraph.api import Graph
    from parkgraph.ask.parameters import bind
    from parkgraph.read.files import find_root

    graph = Graph(find_root())
    asked = next(one for one in graph.questions() if one.id == sys.argv[1])
    bound = bind(asked, {}, graph.store, lang="en", prefixes={})
    print(federated(bound.text, list(asked.columns), sys.argv[2:]), end="")

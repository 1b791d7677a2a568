"""The prefixes a graph declares, in `ontology/prefixes.ttl`, with sh:declare."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, _
from parkgraph.names import SH, STANDARD_PREFIXES
from parkgraph.read.files import find_root, read_text

_PREFIX, _NAMESPACE = NamedNode(SH + "prefix"), NamedNode(SH + "namespace")


def prefixes(root: Path | None = None) -> dict[str, str]:
    """Prefix → namespace of the graph in folder `root` (None: the default root), over the standard ones.

    The standard ones alone where there is no root, or no such file.  Raises Unreadable when it is not Turtle.
    """
    if root is None:
        try:
            root = find_root().path
        except Unreadable:
            return dict(STANDARD_PREFIXES)
    return dict(_declared(root / "ontology" / "prefixes.ttl"))


@cache
def _declared(file: Path) -> dict[str, str]:
    if not file.exists():
        return STANDARD_PREFIXES
    declared: dict[NamedNode, dict[object, str]] = {_PREFIX: {}, _NAMESPACE: {}}
    try:
        for quad in parse(read_text(file), RdfFormat.TURTLE):
            if quad.predicate in declared and isinstance(quad.object, Literal):
                declared[quad.predicate][quad.subject] = quad.object.value
    except SyntaxError as error:  # not by read.strict, whose advice needs the prefixes
        raise Unreadable(
            _("not Turtle: {msg}", msg=Quoted(error.msg)),
            file=file,
            line=error.lineno,
            column=error.offset,
            fix=_("parkgraph validate {file} says more", file=file),
        ) from None
    namespaces = declared[_NAMESPACE]
    found = {prefix: namespaces[node] for node, prefix in declared[_PREFIX].items() if node in namespaces}
    return STANDARD_PREFIXES | dict(sorted(found.items()))

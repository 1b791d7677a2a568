"""Strict Turtle: every W3C rule holds, and a mistake is told with its line, column and a remedy."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, parse

from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, _
from parkgraph.read.files import read_text


def parse_strict(path: str | Path, *, name: str | None = None, base: str | None = None) -> list[Quad]:
    """The triples of one Turtle file, in the order of the file, as quads of the default graph.

    name: what messages call the file.  base: resolves relative IRIs; without it they are errors.
    Raises Unreadable with file, line and column (1-based, code points).
    """
    shown = name or str(path)
    return parse_text(read_text(path, name=shown), name=shown, base=base)


def parse_text(
    text: str, *, name: str, base: str | None = None, format: RdfFormat = RdfFormat.TURTLE
) -> list[Quad]:
    """As `parse_strict`, for a text that is already read."""
    try:
        quads = list(parse(text, format, base_iri=base))
    except SyntaxError as error:
        if format != RdfFormat.TURTLE:
            raise Unreadable(
                _("not {format}: {said}", format=format.name, said=Quoted(error.msg)),
                file=name,
                line=error.lineno,
                column=error.offset,
            ) from None
        from parkgraph.read.syntax_errors import explain

        raise explain(error, text, name) from None
    if any(isinstance(quad.object, Triple) for quad in quads):
        from parkgraph.read.syntax_errors import newer_turtle

        raise newer_turtle(text, name)
    return quads

"""Where a finding about a question, or about the query of a shape, stands in its file."""

from __future__ import annotations

from dataclasses import replace

from pyoxigraph import Literal

from parkgraph.finding import Finding, Place, at
from parkgraph.lint.subject import BROKEN_QUESTION, QUERIES, QUERIES_OF_SHAPES, named
from parkgraph.read.files import Root
from parkgraph.read.prefixes import prefixes
from parkgraph.read.turtle import Span
from parkgraph.validate.inputs import Inputs


def placed(found: Finding, inputs: Inputs, root: Root) -> Finding:
    """The finding where a person looks for it: a question's file, the name in the query of a constraint."""
    # The lines of a question's description are not those of its file.
    if found.file and found.file.endswith(".rq") and found.rule != BROKEN_QUESTION:
        return replace(found, line=1, column=1, end_line=None, end_column=None)
    if found.file == QUERIES_OF_SHAPES:
        return at(_in_query(found, inputs, prefixes(root.path)), found)
    return found


def _in_query(found: Finding, inputs: Inputs, known: dict[str, str]) -> Place | None:
    for document in inputs.data:
        for number, fact in enumerate(document.triples):
            if str(fact.subject) != found.focus or fact.predicate.value not in QUERIES:
                continue
            names = [
                name
                for name, iri in named(fact.object.value, known)
                if found.value == (f"<{iri}>" if iri else str(Literal(name)))
            ]
            if names and document.spans:
                start, end = document.spans[number].object
                offset = document.text.find(names[0], start, end)
                if offset >= 0:
                    return document.place(Span(offset, offset + len(names[0])))
            return document.place_of(number)
    return None

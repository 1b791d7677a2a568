"""Terms of a query that the graph has never heard of: one that is misspelt makes the answer empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pyoxigraph import NamedNode, Store

from parkgraph.ask.nearest import nearest
from parkgraph.graph.sparql import is_keyword, tokens
from parkgraph.messages import Text, _
from parkgraph.names import XSD, shorten

MOST = 5
"""Terms that are named; each is compared with the whole graph."""

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_NO_TERM_BEHIND = ("BASE", "GRAPH", "NAMED", "FROM")


def unheard_of(sparql: str, store: Store, prefixes: Mapping[str, str]) -> list[Text]:
    """A notice for each term of the query that occurs nowhere in the graph, with the nearest that does."""
    notices: list[Text] = []
    for node in dict.fromkeys(_terms(sparql, dict(prefixes))):
        places = ((node, None, None), (None, node, None), (None, None, node))
        if any(next(store.quads_for_pattern(*place), None) is not None for place in places):
            continue
        if len(notices) == MOST:
            return [*notices, _("and more terms occur nowhere")]
        space, short = re.sub(r"[^#/]*$", "", node.value), shorten(node.value, dict(prefixes))
        known = {
            shorten(term.value, dict(prefixes))
            for quad in store
            for term in (quad.subject, quad.predicate, quad.object)
            if isinstance(term, NamedNode) and term.value.startswith(space)
        }
        near = nearest(short, known)
        said = _("{term} occurs nowhere in the graph", term=short if len(short) <= 200 else short[:199] + "…")
        notices.append(_("{said}; is {near} meant?", said=said, near=near[0]) if near else said)
    return notices


def _terms(sparql: str, known: dict[str, str]) -> Iterator[NamedNode]:
    """The IRIs of the query, but for its prologue, names of graphs, and datatypes."""
    words = list(tokens(sparql))
    for before, word, after in zip([None, *words], words, [*words[1:], None], strict=False):
        if word.kind == "iri" and before is not None and before.kind == "name" and before.text[-1:] == ":":
            known[before.text[:-1]] = word.text[1:-1]
            continue
        if before is not None and (is_keyword(before, *_NO_TERM_BEHIND) or before.text == "^^"):
            continue
        prefix, __, local = word.text.partition(":")
        if word.kind == "iri":
            value = word.text[1:-1]
        elif word.kind == "name" and local and prefix in known:
            value = known[prefix] + re.sub(r"\\(.)", r"\1", local)
        else:
            continue
        if (
            _ABSOLUTE.match(value)
            and not value.startswith(XSD)
            and not (after is not None and after.text == "(")
        ):
            yield NamedNode(value)

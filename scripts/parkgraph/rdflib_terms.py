"""Terms to and fro between pyoxigraph and rdflib."""

from __future__ import annotations

from typing import Any

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from parkgraph.names import XSD

Term = NamedNode | BlankNode | Literal


class RdflibTerms:
    """Terms of pyoxigraph → terms of rdflib; each is made once.

    normalize: as rdflib's own parsers do, `01` as `1`; otherwise literals stay as printed.
    """

    def __init__(self, *, normalize: bool = False) -> None:
        self._normalize = normalize
        self._known: dict[Any, Any] = {}

    def __call__(self, term: Any) -> Any:
        made = self._known.get(term)
        if made is None:
            made = self._known[term] = self._make(term)
        return made

    def _make(self, term: Any) -> rdflib.term.Node:
        if isinstance(term, NamedNode):
            return rdflib.URIRef(term.value)
        if isinstance(term, BlankNode):
            return rdflib.BNode(term.value)
        assert isinstance(term, Literal), "rdflib has no triple terms"
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        # Literal(x) and Literal(x, datatype=xsd:string) are not equal to rdflib, and parsers give the former.
        datatype = None if term.datatype.value == XSD + "string" else rdflib.URIRef(term.datatype.value)
        return rdflib.Literal(term.value, datatype=datatype, normalize=self._normalize)


def from_rdflib(term: rdflib.term.Node) -> Term:
    """The same term in pyoxigraph's form, with the language tag small as pyoxigraph's parsers give it."""
    if isinstance(term, rdflib.URIRef):
        return NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return BlankNode(str(term))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return Literal(str(term), language=term.language.lower())
    return Literal(str(term), datatype=NamedNode(str(term.datatype or XSD + "string")))

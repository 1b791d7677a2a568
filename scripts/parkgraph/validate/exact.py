"""Queries whose answer hangs on how literals are written, of which Oxigraph keeps the value alone.

It stores `01` and `"1"^^xsd:int` as the integer 1. That changes nothing where values are compared. Where a
query looks at a text or a datatype, functions of ours look instead; where two terms of one value meet, rdflib
is asked.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import pairwise
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

from parkgraph.graph.documents import Graph
from parkgraph.graph.sparql import Token, is_keyword, tokens
from parkgraph.names import NUMBERS, RDF, XSD, expand
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.values import compare

_TERMS = ("iri", "name", "variable", "blank", "text", "number")
_LONG = re.compile(r"[+-]?\d{18}|[+-]?\d*\.\d{18}")
"""Numbers that Oxigraph does not count with."""

_MANY = 10_000
"""In a graph of more triples, a query of any property is not handed to rdflib, which would take minutes: of
terms of one value it sees one."""

Solution = dict[str, Term]


class Forms:
    """The literals of a data graph that Oxigraph stores otherwise than they are written."""

    def __init__(self, data: Graph) -> None:
        self.data = data

    @cached_property
    def _stored(self) -> dict[Term, Term]:
        return stored(fact.object for fact in self.data.facts)

    @cached_property
    def _changed(self) -> dict[Term, dict[Term, Term]]:
        """Property → the literals among its values that are typed, each as it is stored."""
        found: dict[Term, dict[Term, Term]] = {}
        for fact in self.data.facts if any(one != kept for one, kept in self._stored.items()) else ():
            if fact.object in self._stored:
                found.setdefault(fact.predicate, {})[fact.object] = self._stored[fact.object]
        return found

    def met(self, text: str, prefixes: Mapping[str, str], terms: Iterable[Term | None]) -> dict[Term, Term]:
        """The typed literals that a query may meet, each as it is stored.  terms: what is bound before."""
        bound = stored(term for term in terms if term is not None)
        if not self._changed and all(one == kept for one, kept in bound.items()):
            return {}
        words = list(tokens(text))
        met = bound | stored(numbers(words))
        everywhere = any_property(words)
        for predicate in self._changed if everywhere else {term for term, __ in named(words, prefixes)}:
            met |= self._changed.get(predicate, {})
        if everywhere and len(self.data.facts) > _MANY:
            met = {one: kept for kept, one in {kept: one for one, kept in met.items()}.items()}
        return met


def stored(terms: Iterable[Term]) -> dict[Term, Term]:
    """Literal of XML Schema's types → how Oxigraph stores it."""
    typed = list({
        one: None for one in terms
        if isinstance(one, Literal) and one.datatype.value.startswith(XSD) and one.datatype != _STRING
    })  # fmt: skip
    store = Store()
    store.extend(Quad(NamedNode(f"x:{n}"), NamedNode("x:p"), one) for n, one in enumerate(typed))
    return {typed[int(quad.subject.value[2:])]: quad.object for quad in store}


_STRING = NamedNode(XSD + "string")


def matters(met: Mapping[Term, Term], text: str) -> bool:
    """Whether a query that meets these literals answers otherwise when only their values are kept.

    What looks at their text or datatype is seen to by `looking`.
    """
    if len(set(met.values())) < len(met):
        return True
    numbers = (one.value for one in met if isinstance(one, Literal) and one.datatype.value in NUMBERS)
    if any(map(_LONG.match, numbers)):
        return True
    changed = any(one != kept for one, kept in met.items())
    return changed and any(is_keyword(word, "GROUP_CONCAT") for word in tokens(text))


def looking(
    text: str, met: Mapping[Term, Term], functions: Mapping[NamedNode, Callable[..., Any]]
) -> tuple[str, dict[NamedNode, Callable[..., Any]]]:
    """A query and its functions, so that they look at literals as they are written."""
    printed = {kept: one for one, kept in met.items() if one != kept}
    if not printed:
        return text, dict(functions)
    parts, at = [], 0
    words = list(tokens(text))
    for word, after in pairwise(words):
        casts = word.kind in ("name", "iri") and word.text.endswith((":string", "#string>"))
        if after.text == "(" and (casts or is_keyword(word, "STR", "DATATYPE")):
            parts += [text[at : word.start], str(_DATATYPE if is_keyword(word, "DATATYPE") else _STR)]
            at = word.end

    def written(function: Callable[..., Term | None]) -> Callable[..., Term | None]:
        return lambda *arguments: function(*(printed.get(one, one) for one in arguments))

    own = {_STR: _text, _DATATYPE: lambda term: term.datatype if isinstance(term, Literal) else None}
    return "".join(parts) + text[at:], {iri: written(one) for iri, one in {**functions, **own}.items()}


_STR, _DATATYPE = NamedNode("urn:x-parkgraph:str"), NamedNode("urn:x-parkgraph:datatype")


def _text(term: Term) -> Term | None:
    return None if isinstance(term, BlankNode) else Literal(term.value)


def numbers(words: Sequence[Token]) -> Iterator[Term]:
    """The numbers that stand in a query."""
    for word in words:
        if word.kind == "number":
            (triple,) = parse(f"<x:s> <x:p> {word.text} .", RdfFormat.TURTLE)
            yield triple.object


def any_property(words: Sequence[Token]) -> bool:
    """Whether a query has a variable for a property, or a path of all properties but some."""
    depth = 0
    for before, word, after in zip(words, words[1:], words[2:], strict=False):
        depth += (before.text == "{") - (before.text == "}")
        verb = before.kind in _TERMS or before.text in (";", "]", ")")
        if depth and word.kind == "variable" and verb and (after.kind in _TERMS or after.text in ("[", "(")):
            return True
        if word.text == "!" and (after.text in ("(", "^", "a") or after.kind in ("iri", "name")):
            return True
    return False


def named(words: Sequence[Token], prefixes: Mapping[str, str]) -> Iterator[tuple[NamedNode, Token]]:
    """The terms that a query names, each with its word; those with a prefix that nobody declares are not."""
    known = dict(prefixes)
    for word, name, iri in zip(words, words[1:], words[2:], strict=False):
        if is_keyword(word, "PREFIX") and iri.kind == "iri":
            known[name.text.removesuffix(":")] = iri.text[1:-1]
    for word in words:
        if word.kind in ("iri", "name") and (found := expand(re.sub(r"\\(.)", r"\1", word.text), known)):
            yield NamedNode(found), word
        elif word.text == "a":
            yield NamedNode(RDF + "type"), word


class Rdflib:
    """A data graph, and beside it its shapes graph, asked with literals as they are written."""

    def __init__(self, data: Iterable[Fact], shapes: Iterable[Fact], shapes_graph: NamedNode) -> None:
        import rdflib

        from parkgraph.rdflib_terms import RdflibTerms

        self._convert = RdflibTerms()
        self._dataset = rdflib.Dataset(default_union=False)
        self._fill(self._dataset.default_graph, data)
        self._fill(self._dataset.graph(self._convert(shapes_graph)), shapes)

    def _fill(self, graph: Any, facts: Iterable[Fact]) -> None:
        for fact in facts:
            graph.add(tuple(map(self._convert, fact)))

    def solutions(
        self,
        text: str,
        prefixes: Mapping[str, str],
        rows: Iterable[Fact],
        graph: NamedNode,
        functions: Mapping[NamedNode, Callable[..., Term | None]],
    ) -> list[Solution]:
        """What a SELECT gives.  rows: triples of `graph`.  functions: beside SPARQL's own."""
        from rdflib.plugins.sparql.operators import register_custom_function

        self._fill(self._dataset.graph(self._convert(graph)), rows)
        for iri, one in functions.items():  # again each time: a function may ask a query itself
            register_custom_function(self._convert(iri), _function(one, self._convert), override=True)
        try:
            try:
                with _comparing():
                    return self._answer(text, prefixes)
            except TypeError:  # an order of unlike values, of which only rdflib has an idea
                return self._answer(text, prefixes)
        finally:
            self._dataset.remove_graph(self._convert(graph))

    def _answer(self, text: str, prefixes: Mapping[str, str]) -> list[Solution]:
        import rdflib

        from parkgraph.rdflib_terms import from_rdflib

        normalized, rdflib.NORMALIZE_LITERALS = rdflib.NORMALIZE_LITERALS, False
        try:
            with warnings.catch_warnings(action="ignore"):
                found: Any = self._dataset.query(text, initNs=dict(prefixes))
                return [
                    {str(name): from_rdflib(term) for name, term in row.asdict().items() if term is not None}
                    for row in found
                ]
        finally:
            rdflib.NORMALIZE_LITERALS = normalized


@contextmanager
def _comparing() -> Iterator[None]:
    """Lets rdflib compare as SPARQL does: to rdflib, every text is greater than any number."""
    import rdflib

    from parkgraph.rdflib_terms import from_rdflib

    def operator(*signs: int) -> Callable[[Any, Any], Any]:
        def holds(one: Any, other: Any) -> Any:
            if not isinstance(other, rdflib.Literal):
                return NotImplemented
            sign = compare(from_rdflib(one), from_rdflib(other))
            return NotImplemented if sign is None else sign in signs

        return holds

    operators = {"__lt__": (-1,), "__le__": (-1, 0), "__gt__": (1,), "__ge__": (1, 0)}
    before = {name: getattr(rdflib.Literal, name) for name in operators}
    try:
        for name, signs in operators.items():
            setattr(rdflib.Literal, name, operator(*signs))
        yield
    finally:
        for name, function in before.items():
            setattr(rdflib.Literal, name, function)


def _function(function: Callable[..., Term | None], convert: Any) -> Callable[..., Any]:
    from rdflib.plugins.sparql.sparql import SPARQLError

    from parkgraph.rdflib_terms import from_rdflib

    def call(*arguments: Any) -> Any:
        found = function(*map(from_rdflib, arguments))
        if found is None:
            raise SPARQLError("no value")
        return convert(found)

    return call

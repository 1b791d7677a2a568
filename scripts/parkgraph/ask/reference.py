"""The reference engine, rdflib: asking the same graph with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import rdflib
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.algebra import traverse
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import Node

from parkgraph import rdflib_terms
from parkgraph.ask.rows import Found
from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, _
from parkgraph.names import XSD
from parkgraph.show.cells import Term


def query(store: Store, graphs: Iterable[NamedNode | BlankNode | DefaultGraph], text: str) -> Found:
    """What rdflib answers to `text` on the union of `graphs` of `store`, in Oxigraph's terms.

    Raises Unreadable when rdflib cannot read the query.
    """
    graph = to_graph(store, graphs)
    try:
        prepared = prepare(text)
        found = graph.query(prepared)
    except Exception as error:  # pyparsing and rdflib raise a dozen kinds for a query they cannot read
        said = Quoted(" ".join(str(error).split()))
        message = _("rdflib cannot run the query: {said}", said=said)
        raise Unreadable(message) from error
    if found.type == "ASK":
        return bool(found.askAnswer)
    if found.type in ("CONSTRUCT", "DESCRIBE"):
        return _canonical([tuple(map(from_rdflib, triple)) for triple in found.graph or ()])
    variables = found.vars or []
    rows = [tuple(from_rdflib(binding.get(name)) for name in variables) for binding in found.bindings]
    if len(rows) == 1 and not any(rows[0]) and _is_grouped(prepared.algebra):
        rows = []  # where there is no group, rdflib gives one row of nothing; the standard gives none
    return [str(variable) for variable in variables], _canonical(rows)


def prepare(text: str) -> Query:
    """The query as rdflib runs it, in an order that it can finish.  Raises what rdflib raises."""
    prepared = prepareQuery(text)
    traverse(prepared.algebra, visitPre=_join_by_bindings)
    return prepared


def _join_by_bindings(node: Any) -> None:
    """Lets rdflib look up the right side of a join with what the left side bound.

    Above another join it evaluates the right side by itself: for the labels of three things that is every
    label with every other and every third. Where the right side is nothing but triple patterns,
    both ways give the same rows.
    """
    if isinstance(node, CompValue) and node.name == "Join" and _only_patterns(node.p2):
        node["lazy"] = True


def _only_patterns(node: CompValue) -> bool:
    if node.name in ("Join", "Union"):
        return _only_patterns(node.p1) and _only_patterns(node.p2)
    return bool(node.name == "BGP")


def _is_grouped(node: Any) -> bool:
    """Whether the query has a GROUP BY."""
    if isinstance(node, CompValue):
        if node.name == "Group":
            return node.expr is not None
        return any(_is_grouped(value) for key, value in node.items() if key != "_vars")
    return False


def to_graph(store: Store, graphs: Iterable[NamedNode | BlankNode | DefaultGraph]) -> rdflib.Graph:
    """The union of `graphs` of `store` as one rdflib graph."""
    union = rdflib.Graph(bind_namespaces="none")
    for name in graphs:
        written = store.dump(format=RdfFormat.N_TRIPLES, from_graph=name)
        union.parse(data=written, format="nt")
    return union


def from_rdflib(term: Node | None) -> Term | None:
    """The same term in Oxigraph's form."""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.XSD.hexBinary:
        # rdflib writes the digits small, XML Schema large.
        return Literal(str(term).upper(), datatype=NamedNode(XSD + "hexBinary"))
    return None if term is None else rdflib_terms.from_rdflib(term)


def _canonical(rows: list[Any]) -> list[Any]:
    """The rows with every literal as Oxigraph writes it (`100.10` as `100.1`, `@zh-CN` as `@zh-cn`).

    So both engines give the same text for the same value."""
    literals = list(dict.fromkeys(term for row in rows for term in row if isinstance(term, Literal)))
    kept = Store()
    index = NamedNode("urn:index")
    kept.extend(Quad(NamedNode(f"urn:{number}"), index, literal) for number, literal in enumerate(literals))
    canonical: dict[Term, Any] = {}
    for quad in kept.quads_for_pattern(None, index, None):
        canonical[literals[int(quad.subject.value.removeprefix("urn:"))]] = quad.object  # type: ignore[union-attr]
    return [tuple(canonical.get(term, term) for term in row) for row in rows]

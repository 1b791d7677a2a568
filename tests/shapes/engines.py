"""Both SHACL engines in this process, on N-Triples: what they find, as tuples that compare."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pyshacl
import rdflib
from parkgraph.graph.documents import Graph
from parkgraph.read.turtle import Document
from parkgraph.validate.evaluate import Evaluation
from parkgraph.validate.shapes import Shapes
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, parse

SH = "http://www.w3.org/ns/shacl#"
Term = NamedNode | BlankNode | Literal


class Found(NamedTuple):
    """One result: terms as N-Triples, path too; component and severity are local names."""

    focus: str
    path: str
    component: str
    severity: str
    value: str
    shape: str


def read(files: Iterable[Path]) -> Store:
    """The files as one graph."""
    store = Store()
    for file in files:
        quads = parse(path=str(file), format=RdfFormat.TURTLE, rename_blank_nodes=True)
        store.extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    return store


def ntriples(store: Store) -> str:
    """The graph as text."""
    return "".join(f"{quad.subject} {quad.predicate} {quad.object} .\n" for quad in store)


def compiled(shapes: str) -> Shapes:
    """Shapes for `fast`, from N-Triples."""
    return Shapes(Graph([Document(shapes, name="shapes", blank="s")]))


def fast(shapes: Shapes, data: str) -> set[Found]:
    """What the fast engine finds; value is "" where it gives none, path where the shape has none."""
    return {
        Found(
            str(result.focus),
            str(result.path or ""),
            _local(result.component).removesuffix("ConstraintComponent"),
            _local(result.severity),
            str(result.value if result.value is not None else ""),
            str(result.shape),
        )
        for result in Evaluation(Graph([Document(data, name="data", blank="d")]), shapes).results()
    }


def reference(shapes: rdflib.Graph, data: rdflib.Graph) -> set[Found]:
    """What pySHACL finds."""
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inplace=True, max_validation_depth=DEPTH)
    nodes = set(report.subjects(rdflib.RDF.type, rdflib.URIRef(SH + "ValidationResult")))
    nodes -= set(report.objects(None, rdflib.URIRef(SH + "detail")))
    return {found_in(node, report.triples((node, None, None))) for node in nodes}


DEPTH = 30
"""How deep shapes may refer to shapes: SHACL-SHACL is deeper than pySHACL allows by itself."""


def found_in(node: rdflib.term.Node, triples: Iterable[tuple[Any, Any, Any]]) -> Found:
    """One result of pySHACL from the triples about `node`."""
    told: dict[str, str] = {}
    for subject, predicate, value in triples:
        if subject == node:
            own = value[1] if isinstance(value, tuple) else value  # pySHACL: (graph, node)
            told[_local(str(predicate))] = _term(own)
    return Found(
        told["focusNode"],
        told.get("resultPath", ""),
        _local(told["sourceConstraintComponent"]).removesuffix("ConstraintComponent"),
        _local(told["resultSeverity"]),
        told.get("value", ""),
        told["sourceShape"],
    )


def rdflib_graph(text: str) -> rdflib.Graph:
    """The graph in rdflib, literals as printed."""
    from parkgraph.rdflib_terms import RdflibTerms

    convert = RdflibTerms()
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in parse(text, RdfFormat.N_TRIPLES):
        graph.add((convert(quad.subject), convert(quad.predicate), convert(quad.object)))
    return graph


def _local(iri: str) -> str:
    return iri.strip("<>").rpartition("#")[2]


def _term(term: rdflib.term.Node) -> str:
    if isinstance(term, rdflib.URIRef):
        return str(NamedNode(str(term)))
    if isinstance(term, rdflib.BNode):
        return str(BlankNode(str(term)))
    assert isinstance(term, rdflib.Literal)
    if term.language:
        return str(Literal(str(term), language=term.language))
    return str(
        Literal(str(term), datatype=NamedNode(str(term.datatype))) if term.datatype else Literal(str(term))
    )

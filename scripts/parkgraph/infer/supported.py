"""Which constructs of OWL and RDFS the rules understand, and which a graph uses beside them."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Triple

from parkgraph.infer.rules import read_rules
from parkgraph.infer.terms import Fact, fact_of
from parkgraph.names import OWL, RDF, RDFS, XSD

DECLARATIONS = {
    *(OWL + name for name in ("Class", "ObjectProperty", "AnnotationProperty", "NamedIndividual")),
    *(OWL + name for name in ("Ontology", "Restriction", "NegativePropertyAssertion")),
    *(RDFS + name for name in ("Class", "Datatype", "Literal")),
    RDF + "Property",
    RDF + "List",
}
"""Terms that only say what kind of thing something is: nothing but trivial triples follows from them."""

ANNOTATIONS = {
    *(OWL + name for name in ("versionIRI", "versionInfo", "priorVersion", "imports", "deprecated")),
    *(OWL + name for name in ("backwardCompatibleWith", "incompatibleWith", "DeprecatedClass")),
    *(OWL + name for name in ("DeprecatedProperty", "Axiom", "Annotation")),
    *(OWL + name for name in ("annotatedSource", "annotatedProperty", "annotatedTarget")),
    *(RDFS + name for name in ("label", "comment", "seeAlso", "isDefinedBy")),
}
"""Terms that describe and from which nothing follows."""


def supported() -> frozenset[str]:
    """The IRIs of RDF, RDFS and OWL that a graph may use: those of the rules, DECLARATIONS, ANNOTATIONS."""
    of_rules = {term.value for term in read_rules().vocabulary if isinstance(term, NamedNode)}
    return frozenset(of_rules | DECLARATIONS | ANNOTATIONS)


def unsupported(triples: Iterable[Triple]) -> list[tuple[str, Fact]]:
    """The uses of a construct that the rules pass over: (IRI of the construct, the triple that uses it).

    Besides terms that no rule knows: a class expression over a datatype (someValuesFrom xsd:decimal), since
    literals have no types here.  Each pair once, in the order met.
    """
    known, found = supported(), dict[tuple[str, Fact], None]()
    for triple in triples:
        fact = fact_of(triple)
        for term in fact:
            iri = term.value if isinstance(term, NamedNode) else ""
            if iri.startswith((OWL, RDFS, RDF)) and iri not in known:
                found[iri, fact] = None
        if fact[1].value in _OF_CLASSES and fact[2].value.startswith(XSD):
            found[fact[1].value, fact] = None
    return list(found)


_OF_CLASSES = {OWL + "someValuesFrom", OWL + "onClass", OWL + "complementOf"}

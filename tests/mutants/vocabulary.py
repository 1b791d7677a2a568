"""What the mutants of questions must know of the ontology and the shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from parkgraph.names import OWL, RDF, RDFS
from pyoxigraph import NamedNode, Triple

SH = "http://www.w3.org/ns/shacl#"


class Vocabulary(NamedTuple):
    """Facts about properties, all as IRIs.

    siblings: property → another one with the same parent, or without any and with the same domain.
    links: properties that lead from thing to thing.
    demanded: properties that some shape demands, so that conforming data seldom lacks them.
    prefixes: known without being declared.
    """

    siblings: Mapping[str, str]
    links: frozenset[str]
    demanded: frozenset[str]
    prefixes: Mapping[str, str]


def vocabulary(
    ontology: Iterable[Triple], shapes: Iterable[Triple], prefixes: Mapping[str, str]
) -> Vocabulary:
    """The vocabulary of an ontology and its shapes."""
    known = list(ontology)
    properties: dict[str, list[str]] = {"ObjectProperty": [], "DatatypeProperty": []}
    for kind, names in properties.items():
        names += sorted(
            triple.subject.value
            for triple in known
            if triple.predicate.value == RDF + "type"
            and triple.object == NamedNode(OWL + kind)
            and isinstance(triple.subject, NamedNode)
        )
    above: dict[str, str] = {}
    for wanted in (RDFS + "domain", RDFS + "subPropertyOf"):  # the second wins
        for triple in sorted(known, key=str):
            if triple.predicate.value == wanted and isinstance(triple.subject, NamedNode):
                above[triple.subject.value] = str(triple.object)
    siblings = {}
    for names in properties.values():
        families: dict[str, list[str]] = {}
        for name in names:
            families.setdefault(above.get(name, ""), []).append(name)
        for family in families.values():
            siblings.update(zip(family, [*family[1:], family[0]], strict=True))
    return Vocabulary(
        {name: other for name, other in siblings.items() if name != other},
        frozenset(properties["ObjectProperty"]),
        frozenset(_demanded(shapes)),
        prefixes,
    )


def _demanded(shapes: Iterable[Triple]) -> set[str]:
    known = list(shapes)
    counted = {
        triple.subject
        for triple in known
        if triple.predicate.value == SH + "minCount" and triple.object.value != "0"
    }
    return {
        triple.object.value
        for triple in known
        if triple.predicate.value == SH + "path"
        and triple.subject in counted
        and isinstance(triple.object, NamedNode)
    }

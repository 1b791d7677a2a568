"""What the real graph is like: how often what occurs in it, so that made-up parks resemble it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pyoxigraph import Literal, NamedNode, Triple

from parkgraph.graph.assemble import read_asserted
from parkgraph.names import GRAPH_DATA, GRAPH_ONTOLOGY, OWL, PARK, RDF
from parkgraph.read.files import Root

Weights = Mapping[str, int]
"""IRI → how often it occurs."""


@dataclass(frozen=True)
class Figure:
    """An indicator as the real graph uses it: its unit, and a value to vary."""

    indicator: str
    unit: str
    symbol: str
    value: Decimal
    multiplier: Decimal | None
    base_unit: str | None


@dataclass(frozen=True)
class Profile:
    """The habits of the real graph.

    counts: class → how many of it one park has.  industries: class → industries that things of it serve.
    inferred: of 100 such triples, how many are a curator's inference.  codes: property → its codes, by use.
    figures: indicators of the park.  phases: codes in their order.  shared_evidence: evidence links to each
    100 passages.
    """

    counts: Weights
    industries: Mapping[str, Weights]
    inferred: int
    codes: Mapping[str, Weights]
    figures: tuple[Figure, ...]
    phases: tuple[str, ...]
    shared_evidence: int


_CODES = (
    "role", "industryRole", "platformKind", "title", "recognitionStatus", "level", "principleKind", "status",
    "qualifier", "partnershipKind",
)  # fmt: skip


def read_profile(root: Root) -> Profile:
    """The profile of the graph at `root`.  Raises Unreadable."""
    graphs = read_asserted(root)
    return _profile(graphs[GRAPH_ONTOLOGY] + graphs[GRAPH_DATA])


def _profile(triples: Iterable[Triple]) -> Profile:
    said: dict[object, dict[str, list[NamedNode | Literal]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        said[triple.subject][triple.predicate.value].append(triple.object)  # type: ignore[arg-type]
    kinds: dict[str, list[dict[str, list[NamedNode | Literal]]]] = defaultdict(list)
    for about in said.values():
        for kind in about[RDF + "type"]:
            kinds[kind.value].append(about)
    park = {name: kinds[PARK + name] for name in ("Enterprise", "Project", "Observation")}
    served = {(node, value) for node, about in said.items() for value in about[PARK + "servesIndustry"]}
    annotated = {
        (axiom[OWL + "annotatedSource"][0], axiom[OWL + "annotatedTarget"][0])
        for axiom in kinds[OWL + "Axiom"]
    }
    links = sum(len(about[PARK + "evidence"]) for about in said.values())
    order = {
        node.value: int(about[PARK + "ordinal"][0].value)
        for node, about in said.items()
        if isinstance(node, NamedNode) and about[PARK + "ordinal"] and "/code/phase/" in node.value
    }
    return Profile(
        counts={iri.removeprefix(PARK): len(nodes) for iri, nodes in kinds.items() if iri.startswith(PARK)},
        industries={name: _weights(park[name], "servesIndustry") for name in ("Enterprise", "Project")},
        inferred=100 * len(served & annotated) // max(len(served), 1),
        codes={name: _weights(said.values(), name) for name in _CODES},
        figures=tuple(_figures(park["Observation"], said)),
        phases=tuple(sorted(order, key=lambda iri: order[iri])),
        shared_evidence=100 * links // max(len(kinds[PARK + "Passage"]), 1),
    )


def _weights(nodes: Iterable[Mapping[str, list[NamedNode | Literal]]], name: str) -> Weights:
    return dict(sorted(Counter(value.value for node in nodes for value in node[PARK + name]).items()))


def _figures(
    observations: Iterable[Mapping[str, list[NamedNode | Literal]]],
    said: Mapping[object, Mapping[str, list[NamedNode | Literal]]],
) -> list[Figure]:
    qudt = "http://qudt.org/schema/qudt/"
    found: dict[str, Figure] = {}
    for node in observations:
        special = [node[PARK + name] for name in ("jointTotal", "shareOf", "ofReform", "coversKind")]
        if any(special):
            continue
        unit = said[node[PARK + "unit"][0]]
        indicator = node[PARK + "indicator"][0].value
        multipliers, bases = unit[qudt + "conversionMultiplier"], unit[qudt + "scalingOf"]
        found[indicator] = Figure(
            indicator=indicator,
            unit=node[PARK + "unit"][0].value,
            symbol=unit[qudt + "symbol"][0].value,
            value=Decimal(node[PARK + "statedValue"][0].value),
            multiplier=Decimal(multipliers[0].value) if multipliers else None,
            base_unit=bases[0].value if bases else None,
        )
    return [found[iri] for iri in sorted(found)]

"""Errors to plant in a made-up park, each with the findings that validation must give for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random

from parkgraph.bench.nodes import Node
from parkgraph.bench.park import MadeUpPark
from parkgraph.names import SHAPES


@dataclass(frozen=True, order=True)
class Planted:
    """One expected finding.

    file: where the node stands.  focus: the node, as Turtle writes it.  rule: IRI of the source shape.
    error: what was done.
    """

    file: str
    focus: str
    rule: str
    error: str


@dataclass(frozen=True)
class _Error:
    """fits: whether a node can have it.  do: does it.  rules: shapes that must object, to that very node."""

    fits: Callable[[Node], bool]
    do: Callable[[Node], None]
    rules: tuple[str, ...]


def _of(kind: str) -> Callable[[Node], bool]:
    return lambda node: node.kind == f"park:{kind}"


def _exact(node: Node) -> bool:
    return node.kind == "park:Observation" and node.get("park:qualifier") == "qualifier:exactly"


def _normalized(node: Node) -> bool:
    return node.kind == "park:Observation" and node.get("park:normalizedValue") is not None


def _counted(node: Node) -> bool:
    return node.kind == "park:Group" and node.get("park:listing") == "listing:complete"


def _count_wrong(node: Node) -> None:
    node.replace("park:statedSize", str(int(node.get("park:statedSize") or 0) + 1))


ERRORS = {
    "no-english-label": _Error(_of("Enterprise"), lambda node: node.drop("rdfs:label", "@en"), ("label",)),
    "no-evidence": _Error(_of("Project"), lambda node: node.drop("park:evidence"), ("evidence",)),
    "no-basis": _Error(
        _of("Participation"), lambda node: node.drop("park:basis"), ("basis", "StatementShape")
    ),
    "unknown-role": _Error(
        _of("Participation"),
        lambda node: node.replace("park:role", "role:spectator"),
        ("Participation-role",),
    ),
    "wrong-bound": _Error(_exact, lambda node: node.replace("park:lowerBound", "0.001"), ("BoundedShape",)),
    "wrong-conversion": _Error(
        _normalized,
        lambda node: node.replace("park:normalizedValue", "0.001"),
        ("QuantityStatementShape",),
    ),
    "figure-still-planned": _Error(
        _of("Observation"), lambda node: node.replace("park:status", "status:planned"), ("ObservationShape",)
    ),
    "wrong-size": _Error(_counted, _count_wrong, ("GroupShape",)),
    "year-as-number": _Error(
        _of("Park"), lambda node: node.replace("park:foundedYear", "1999"), ("Park-foundedYear",)
    ),
    "short-digest": _Error(
        _of("Passage"),
        lambda node: node.replace("park:sha256", '"AB12"^^xsd:hexBinary'),
        ("Passage-sha256",),
    ),
}
"""Name of an error → what it is."""


def plant(park: MadeUpPark, number: int, names: Iterator[str], random: Random) -> Iterator[Planted]:
    """Puts up to `number` errors into `park`, each into a node of its own; gives the findings to expect.

    names: endless, of ERRORS; one that fits no node of this park is passed over.
    """
    free = [(node, file) for file, nodes in park.files().items() for node in nodes]
    for _ in range(number):
        for name in islice(names, len(ERRORS)):
            fitting = [place for place in free if ERRORS[name].fits(place[0])]
            if fitting:
                break
        else:
            return
        place = random.choice(fitting)
        free.remove(place)
        node, file = place
        ERRORS[name].do(node)
        for rule in ERRORS[name].rules:
            yield Planted(file, node.name, SHAPES + rule, name)

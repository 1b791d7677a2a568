"""Names of things in a store: the label to show, and every name that finds them."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.names import RDFS, SKOS

_SCHEMA = "https://schema.org/"
NAMING = tuple(
    NamedNode(iri)
    for iri in (
        RDFS + "label", SKOS + "prefLabel", SKOS + "altLabel", SKOS + "hiddenLabel", SKOS + "notation",
        _SCHEMA + "name", _SCHEMA + "alternateName", _SCHEMA + "headline",
    )
)  # fmt: skip
"""Properties whose values are names."""

_SHOWN = NAMING[:2]


def label_of(store: Store, node: NamedNode, lang: str) -> str | None:
    """The label of `node` in `lang`, else in the other language, else without language; None without any."""
    best: tuple[int, str] | None = None
    for predicate in _SHOWN:
        for quad in store.quads_for_pattern(node, predicate, None):
            if isinstance(quad.object, Literal):
                tag = (quad.object.language or "").split("-")[0]
                rank = (0 if tag == lang else 1 if tag in ("zh", "en") else 2, quad.object.value)
                best = rank if best is None else min(best, rank)
    return best[1] if best else None


def names_of(store: Store, node: NamedNode) -> list[str]:
    """Every name of the node: its labels and aliases in all languages, and the last part of its IRI."""
    names = [
        quad.object.value
        for predicate in NAMING
        for quad in store.quads_for_pattern(node, predicate, None)
        if isinstance(quad.object, Literal)
    ]
    return [*names, node.value.rstrip("/#").replace("#", "/").rpartition("/")[2]]

"""Names of things: the label to show, all that find a thing, and what is nearest to a mistyped one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from unicodedata import category, normalize

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


# --- a mistyped name ------------------------------------------------------------

# What people write or leave out in a name; not every sign, so that `biomedicine }` is nobody's name.
_LOOSE = frozenset("-‐‑–—_·•・'\"“”„‟‘’‚‹›«»「」『』《》〈〉〝〞〟()（）")

_LONGEST = 200  # characters of a name that are compared: comparing takes their square


def folded(name: str) -> str:
    """`name` as it is compared: without width and case of characters, spaces, hyphens, quotes, brackets."""
    return "".join(
        char for char in normalize("NFKC", name).casefold() if char not in _LOOSE and category(char) != "Zs"
    )


def is_chinese(name: str) -> bool:
    """Whether the name holds Chinese characters."""
    return any("\u3400" <= char <= "\u9fff" for char in name)


def nearest(name: str, known: Iterable[str], count: int = 5) -> list[str]:
    """At most `count` of the `known` names, the nearest first; empty when none is alike at all."""
    wanted = folded(name[:_LONGEST])
    names = {other: folded(other) for other in known}
    spread = Counter(char for other in names.values() for char in set(other))
    # A character that few names have says more than one that many have: 通盈 more than 药业.
    rare = {char: log(1 + len(names) / times) for char, times in spread.items()}
    scored = sorted((-_likeness(wanted, other, rare), name) for name, other in names.items())
    return [other for score, other in scored[:count] if score <= -0.4]


def _likeness(one: str, other: str, rare: Mapping[str, float]) -> float:
    """How alike two folded names are, from 0 to 1.

    Order of characters counts (difflib); so does one being part of the other, and, since a Chinese name has
    few characters and each carries meaning, the share of characters that both have.
    """
    from difflib import SequenceMatcher

    if not one or not other:
        return 0.0
    short, long = sorted((one, other), key=len)
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    if short in long:
        alike = max(alike, 0.6 + 0.4 * len(short) / len(long))
    if not short.isascii():
        usual = max(rare.values())  # of characters that no name has
        weight = {char: rare.get(char, usual) for char in short}
        shared = sum(weight[char] for char in set(short) & set(long)) / sum(weight.values())
        alike = max(alike, 0.8 * shared * (1 if len(short) > 1 else 0.5))
    return alike

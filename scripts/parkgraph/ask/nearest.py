"""Which known names are nearest to a mistyped one, in Latin and in Chinese writing."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import category, normalize

# What people write or leave out in a name; not every sign, so that `biomedicine }` is nobody's name.
_LOOSE = frozenset("-‐‑–—_·•・'\"“”‘’「」『』《》〈〉()（）")

_LONGEST = 200  # characters of a name that are compared: comparing takes their square


def folded(name: str) -> str:
    """`name` as it is compared: without width and case of characters, spaces, hyphens, quotes, brackets."""
    return "".join(
        char for char in normalize("NFKC", name).casefold() if char not in _LOOSE and category(char) != "Zs"
    )


def nearest(name: str, known: Iterable[str], count: int = 5) -> list[str]:
    """At most `count` of the `known` names, the nearest first; empty when none is alike at all."""
    wanted = folded(name[:_LONGEST])
    scored = sorted((-likeness(wanted, folded(other)), other) for other in set(known))
    return [other for score, other in scored[:count] if score <= -0.4]


def likeness(one: str, other: str) -> float:
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
        shared = len(set(short) & set(long)) / len(set(short))
        alike = max(alike, 0.8 * shared * (1 if len(short) > 1 else 0.5))
    return alike

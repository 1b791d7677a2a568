"""Which known names are nearest to a mistyped one, in Latin and in Chinese writing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from math import log
from unicodedata import category, normalize

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

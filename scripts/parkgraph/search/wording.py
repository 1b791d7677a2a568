"""What a question is worded with: its terms, and for everyday words those that sources use."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.ask.labels import NAMING
from parkgraph.names import PARK, SKOS
from parkgraph.search.index import simplified, stems, terms
from parkgraph.search.things import Things

_SAID_AS, _SOURCE_WORD = NamedNode(PARK + "saidAs"), NamedNode(PARK + "sourceWord")
_HIDDEN = NamedNode(SKOS + "hiddenLabel")
_SHOWN = tuple(one for one in NAMING if one != _HIDDEN)
_MEANT = 0.5
"""How much a source's word counts that is put beside an everyday one."""


class Everyday(NamedTuple):
    """What people say (in characters, or stems between blanks) and the words of sources for it."""

    said: str
    meant: list[str]


def everyday_words(things: Things) -> list[Everyday]:
    """The everyday words of the graph and the hidden labels of its things, the longest first."""
    meant: dict[str, set[str]] = {}
    for said, named in ((_SAID_AS, (_SOURCE_WORD,)), (_HIDDEN, _SHOWN)):
        for quad in things.quads(None, said):
            if isinstance(quad.object, Literal):
                names = {
                    value.value
                    for predicate in named
                    for value in things.values(quad.subject, predicate)
                    if isinstance(value, Literal) and value.language == quad.object.language
                }
                meant.setdefault(_comparable(quad.object.value), set()).update(names)
    in_order = sorted(meant, key=lambda said: (-len(said), said))
    return [Everyday(said, sorted(meant[said])) for said in in_order]


def wanted(text: str, everyday: list[Everyday]) -> dict[str, float]:
    """Term → how much it counts, of a question."""
    text = simplified(text)
    weights = dict.fromkeys(terms(text), 1.0)
    for each in _found(_comparable(text), everyday):
        for name in each.meant:
            for term in terms(name):
                weights[term] = max(weights.get(term, 0.0), _MEANT if len(each.said) > 1 else _MEANT / 2)
    return weights


def _found(text: str, everyday: list[Everyday]) -> Iterator[Everyday]:
    for each in everyday:
        if each.said in text:
            text = text.replace(each.said, "\n")  # what a longer one has said is not said by a shorter one
            yield each


def _comparable(text: str) -> str:
    """The text so that one can be looked for in another: Chinese as it is, other words as stems."""
    words = re.split(r"([\u3400-\u9fff]+)", simplified(text).casefold())
    return "".join(
        part if number % 2 else "".join(f" {stem} " for stem in stems(part))
        for number, part in enumerate(words)
    )

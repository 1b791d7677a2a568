"""What engines that were run (docs/stores.md) do not do alike in a query, though the standard is clear."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from parkgraph.graph.sparql import Token, is_keyword, tokens

MOST_KEYS = 20
"""Virtuoso 7.2 groups by no more variables."""

_AGGREGATES = ("MIN", "MAX", "COUNT", "SUM", "AVG", "SAMPLE", "GROUP_CONCAT")


def unportable(query: str) -> Iterator[str]:
    """Each place in `query` that some engine refuses or answers otherwise, as it is written there.

    The language of labels chosen by a variable (Blazegraph and Virtuoso do not see it within OPTIONAL),
    EXISTS in BIND (Blazegraph refuses it), an aggregate in ORDER BY without brackets (FedX refuses it), more
    than MOST_KEYS grouping keys (Virtuoso refuses them), SAMPLE (each takes another value).
    """
    words = list(tokens(query))
    for clause in _clauses(words, "GROUP"):
        keys = [token.text for token in clause if token.kind == "variable"]
        if len(keys) > MOST_KEYS:
            yield f"GROUP BY {keys[0]} … {keys[-1]} ({len(keys)})"
    for clause in _clauses(words, "ORDER"):
        for before, token in pairwise(clause):
            if is_keyword(token, *_AGGREGATES) and before.text != "(":
                yield f"ORDER BY {token.text}(…)"
    for at, token in enumerate(words):
        after = [word.text.upper() for word in words[at + 1 : at + 6]]
        if is_keyword(token, "LANG") and after[2:4] == [")", "="] and after[4][:1] in "?$":
            yield f"LANG({words[at + 2].text}) = {words[at + 5].text}"
        elif is_keyword(token, "BIND") and (after[1:2] == ["EXISTS"] or after[1:3] == ["NOT", "EXISTS"]):
            yield "BIND(EXISTS { … })"
        elif is_keyword(token, "SAMPLE"):
            yield "SAMPLE(…)"


def _clauses(words: Sequence[Token], first: str) -> Iterator[list[Token]]:
    """Each clause that begins with the keyword `first`, until the next one or the end of its query."""
    for start, word in enumerate(words):
        if is_keyword(word, first):
            rest = takewhile(lambda one: one.text != "}" and not is_keyword(one, *_ENDS), words[start + 1 :])
            yield [word, *rest]


_ENDS = ("HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")

"""The words of a SPARQL query, as far as question files need them: nothing inside a comment, a text or an IRI
is ever taken for query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Token(NamedTuple):
    """kind: as `graph.guard.tokens` says.  start, end: offsets."""

    kind: str
    text: str
    start: int
    end: int


class Values(NamedTuple):
    """One `VALUES ?variable { … }`.

    start, end: offsets of what stands between the braces.  clause_start, clause_end: of the whole clause."""

    variable: str
    start: int
    end: int
    clause_start: int
    clause_end: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query` without spaces and comments."""
    from parkgraph.graph import guard

    for kind, text, start in guard.tokens(query):
        if kind != "comment" and not text.isspace():
            yield Token(kind, text, start, start + len(text))


def is_keyword(token: Token, *words: str) -> bool:
    """Whether the token is one of the keywords `words` (in capitals)."""
    return token.kind == "word" and token.text.upper() in words


def single_values(words: Sequence[Token]) -> Iterator[Values]:
    """Every VALUES clause over one variable, in order."""
    for index, token in enumerate(words[:-2]):
        variable, brace = words[index + 1 : index + 3]
        if not is_keyword(token, "VALUES") or variable.kind != "variable" or brace.text != "{":
            continue
        closing = next((word for word in words[index + 3 :] if word.text == "}"), None)
        if closing is not None:
            yield Values(variable.text[1:], brace.end, closing.start, token.start, closing.end)

"""The words of a SPARQL query, as far as question files need them: nothing inside a comment, a text or an IRI
is ever taken for query."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_TOKEN = re.compile(
    r"""
      (?P<space>\s+)
    | (?P<comment>\#[^\n]*)
    | (?P<text>\"{3}(?:(?:\"{0,2})(?:[^\"\\]|\\.))*\"{3} | '{3}(?:(?:'{0,2})(?:[^'\\]|\\.))*'{3}
              | \"(?:[^\"\\\n\r]|\\.)*\" | '(?:[^'\\\n\r]|\\.)*')
    | (?P<iri><[^\s<>\"{}|^`\\]*>)
    | (?P<variable>[?$]\w+)
    | (?P<name>[\w.-]*:[\w.:%\\-]* | @?\w+)
    | (?P<sign>.)
    """,
    re.VERBOSE | re.DOTALL,
)


class Token(NamedTuple):
    """kind: text, iri, variable, name (keyword, prefixed name, number) or sign.  start, end: offsets."""

    kind: str
    text: str
    start: int
    end: int


class Values(NamedTuple):
    """One `VALUES ?variable { … }`.

    start, end: offsets of what stands between the braces.  from_, to: offsets of the whole clause."""

    variable: str
    start: int
    end: int
    from_: int
    to: int


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query` without spaces and comments."""
    for match in _TOKEN.finditer(query):
        kind = str(match.lastgroup)
        if kind not in ("space", "comment"):
            yield Token(kind, match[0], match.start(), match.end())


def is_keyword(token: Token, *words: str) -> bool:
    """Whether the token is one of the keywords `words` (in capitals)."""
    return token.kind == "name" and token.text.upper() in words


def single_values(words: Sequence[Token]) -> Iterator[Values]:
    """Every VALUES clause over one variable, in order."""
    for index, token in enumerate(words[:-2]):
        variable, brace = words[index + 1 : index + 3]
        if not is_keyword(token, "VALUES") or variable.kind != "variable" or brace.text != "{":
            continue
        closing = next((word for word in words[index + 3 :] if word.text == "}"), None)
        if closing is not None:
            yield Values(variable.text[1:], brace.end, closing.start, token.start, closing.end)

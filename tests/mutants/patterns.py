"""The triple patterns of a SPARQL query, found in its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from parkgraph.graph.sparql import Token, is_keyword

_CLAUSES = ("SELECT", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET")


class Link(NamedTuple):
    """A predicate or path with its objects, as tokens.  start, end: offsets of both together."""

    path: Sequence[Token]
    objects: Sequence[Token]
    start: int
    end: int


class Block(NamedTuple):
    """A subject with its links.  start, end: offsets, without the dot."""

    subject: Token
    links: list[Link]
    start: int
    end: int


def blocks(words: Sequence[Token]) -> Iterator[Block]:
    """The blocks of triples in every group of a query, in order; not those that CONSTRUCT makes."""
    inside: list[str] = []  # the open brackets
    clause = False  # in SELECT, GROUP BY …, whose variables are no subjects
    at = 0
    while at < len(words):
        token = words[at]
        if is_keyword(token, "CONSTRUCT", "VALUES"):
            while words[at].text != "{":
                at += 1
            at = closing(words, at)
        elif token.text in ("{", "("):
            inside.append(token.text)
            clause = clause and token.text == "("
        elif token.text in ("}", ")"):
            inside.pop()
        elif is_keyword(token, *_CLAUSES):
            clause = True
        elif inside[-1:] == ["{"] and not clause and token.kind in ("variable", "iri", "name", "blank"):
            links, at = _links(words, at + 1)
            yield Block(token, links, token.start, links[-1].end)
            continue
        at += 1


def closing(words: Sequence[Token], at: int) -> int:
    """The index of the bracket that closes the one at `at`."""
    opening = words[at].text
    other = {"(": ")", "{": "}"}[opening]
    depth = 0
    for index in range(at, len(words)):
        depth += (words[index].text == opening) - (words[index].text == other)
        if depth == 0:
            return index
    raise ValueError(f"unclosed {opening}")


def _links(words: Sequence[Token], at: int) -> tuple[list[Link], int]:
    """The links from `at`, and the index of what follows them."""
    links = []
    while True:
        end = _after_path(words, at)
        after = _after_objects(words, end)
        links.append(Link(words[at:end], words[end:after], words[at].start, words[after - 1].end))
        while words[after].text == ";":
            after += 1
        if words[after - 1].text != ";" or words[after].text in (".", "}"):
            return links, after
        at = after


def _after_path(words: Sequence[Token], at: int) -> int:
    while True:
        while words[at].text in ("^", "!"):
            at += 1
        at = closing(words, at) + 1 if words[at].text == "(" else at + 1
        while words[at].text in ("*", "+", "?"):
            at += 1
        if words[at].text not in ("/", "|"):
            return at
        at += 1


def _after_objects(words: Sequence[Token], at: int) -> int:
    while True:
        kind = words[at].kind
        at += 1
        if kind == "text" and words[at].kind == "language":
            at += 1
        elif kind == "text" and words[at].text == "^^":
            at += 2
        if words[at].text != ",":
            return at
        at += 1

"""Mutants of a SPARQL query: each a small wrong change of its text, made on its tokens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from parkgraph.graph.sparql import Token, is_keyword, tokens
from parkgraph.names import PARK, RDFS
from patterns import Block, Link, blocks, closing
from vocabulary import Vocabulary

_TURNED = {"<": "<=", ">": ">=", "<=": "<", ">=": ">", "=": "!="}
_AGGREGATES = {"SUM": "COUNT", "COUNT": "SUM", "MIN": "MAX", "MAX": "MIN", "AVG": "SUM"}
_EVERYWHERE = (RDFS + "label", PARK + "evidence")
"""Properties of everything: no question that misses them would go unnoticed."""

Change = tuple[str, str]
"""(what was done, the changed query)"""


def mutations(query: str, known: Vocabulary | None = None) -> Iterator[Change]:
    """Every change, each once; those of triple patterns only where the vocabulary is given."""
    words = list(tokens(query))
    seen = {query}
    counted: dict[str, int] = {}
    for make in (_of_words, _of_order, _of_patterns):
        for what, changed in make(query, words, known):
            if changed not in seen:
                seen.add(changed)
                counted[what] = counted.get(what, 0) + 1
                yield what if counted[what] == 1 else f"{what} ({counted[what]})", changed


def _of_words(query: str, words: Sequence[Token], _: Vocabulary | None) -> Iterator[Change]:
    for index, token in enumerate(words):
        if is_keyword(token, "FILTER"):
            end = _end_of_filter(words, index)
            yield f"no {_said(query[token.start : end], 70)}", query[: token.start] + query[end:]
            if is_keyword(words[index + 1], "NOT") and is_keyword(words[index + 2], "EXISTS"):
                yield "EXISTS for NOT EXISTS", _cut(query, words[index + 1])
            elif is_keyword(words[index + 1], "EXISTS"):
                at = words[index + 1].start
                yield "NOT EXISTS for EXISTS", query[:at] + "NOT " + query[at:]
        elif is_keyword(token, "OPTIONAL"):
            end = _end_of_block(words, index + 1)
            block = _said(query[words[index + 1].start : end], 60)
            yield f"required {block}", _cut(query, token)
            yield f"no OPTIONAL {block}", query[: token.start] + query[end:]
        elif is_keyword(token, "DISTINCT") and not is_keyword(words[index - 2], "GROUP_CONCAT"):
            # (Of the passages that GROUP_CONCAT joins, every answer shows each once and in order anyway.)
            yield "no DISTINCT", _cut(query, token)
        elif is_keyword(token, *_AGGREGATES) and words[index + 1].text == "(":
            other = _AGGREGATES[token.text.upper()]
            said = _said(query[token.start : _end_of_block(words, index + 1)], 40)
            yield f"{other} for {said}", _put(query, token, other)
        elif token.text in _TURNED and not is_keyword(words[index - 1], "SEPARATOR"):
            yield f"{_TURNED[token.text]} for {token.text}", _put(query, token, _TURNED[token.text])
        elif token.text == "^":
            yield "direction", _cut(query, token)
        elif is_keyword(token, "UNION"):
            end = _end_of_block(words, index + 1)
            yield "no second branch of UNION", query[: token.start] + query[end:]


def _of_order(query: str, words: Sequence[Token], _: Vocabulary | None) -> Iterator[Change]:
    """The first key of ORDER BY turned, and every one that is more than a variable (those make it total)."""
    begin = at = next((i + 2 for i, word in enumerate(words) if is_keyword(word, "ORDER")), len(words))
    while at < len(words) and not is_keyword(words[at], "LIMIT", "OFFSET"):
        first = words[at]
        if first.kind == "word":
            at = closing(words, at + 1)
        end = words[at].end
        if is_keyword(first, "DESC"):
            yield f"ASC for {_said(query[first.start : end], 40)}", _put(query, first, "ASC")
        elif at == begin or first.kind == "word":
            key = query[first.start : end]
            yield f"DESC for {_said(key, 40)}", f"{query[: first.start]}DESC({key}){query[end:]}"
        at += 1


def _of_patterns(query: str, words: Sequence[Token], known: Vocabulary | None) -> Iterator[Change]:
    """Another predicate, the other direction, a triple pattern whose object nothing else needs optional."""
    if known is None:
        return
    prefixes = {f"{prefix}:": namespace for prefix, namespace in known.prefixes.items()} | {
        words[index + 1].text: words[index + 2].text[1:-1]
        for index, word in enumerate(words)
        if is_keyword(word, "PREFIX")
    }

    def iri(token: Token) -> str:
        prefix, colon, name = token.text.partition(":")
        return prefixes[prefix + colon] + name if token.kind == "name" else token.text[1:-1]

    found = list(blocks(words))
    predicates = [token for block in found for token in _predicates(block) if iri(token) not in _EVERYWHERE]
    used = sorted({iri(token) for token in predicates})
    for token in predicates:
        name = iri(token)
        others = (known.siblings.get(name), used[(used.index(name) + 1) % len(used)])
        for other in dict.fromkeys(others):
            if other not in (None, name):
                local = str(other).rpartition("#")[2].rpartition("/")[2]
                yield f"{local} for {token.text}", _put(query, token, f"<{other}>")
        if name in known.links and query[token.start - 1] != "^":
            yield f"^{token.text}", f"{query[: token.start]}^{query[token.start :]}"
    where = next((i for i, word in enumerate(words) if is_keyword(word, "WHERE")), 0)
    group = next((i for i, word in enumerate(words) if is_keyword(word, "GROUP")), len(words))
    counted = Counter(word.text for word in words[where:group] if word.kind == "variable")
    before = {word.start: words[index - 2] for index, word in enumerate(words)}
    for block in found:
        if len(block.links) == 1 and is_keyword(before[block.start], "OPTIONAL"):
            continue  # it is already, as far as it goes
        for link in block.links:
            if (
                len(link.path) == 1
                and link.path[0].kind == "name"
                and iri(link.path[0]) not in known.demanded
                and not any(counted[token.text] > 1 for token in link.objects)
            ):
                changed = query[: block.start] + _optional(query, block, link) + query[block.end :]
                said = _said(query[link.start : link.end], 60)
                yield f"OPTIONAL {{ {block.subject.text} {said} }}", changed


def _predicates(block: Block) -> Iterator[Token]:
    return (token for link in block.links for token in link.path if token.kind in ("name", "iri"))


def _optional(query: str, block: Block, link: Link) -> str:
    """The block with one of its links in an OPTIONAL after it."""
    rest = " ; ".join(query[one.start : one.end] for one in block.links if one is not link)
    before = f"{block.subject.text} {rest} ." if rest else ""
    return f"{before} OPTIONAL {{ {block.subject.text} {query[link.start : link.end]} }}"


def _said(text: str, length: int) -> str:
    return " ".join(text.split())[:length]


def _put(query: str, token: Token, text: str) -> str:
    return query[: token.start] + text + query[token.end :]


def _cut(query: str, token: Token) -> str:
    return query[: token.start] + query[token.end :].lstrip(" ")


def _end_of_filter(words: Sequence[Token], index: int) -> int:
    """Offset after FILTER (…), FILTER NOT EXISTS {…} or FILTER FUNCTION(…)."""
    at = index + 1
    while words[at].text not in ("(", "{"):
        at += 1
    return _end_of_block(words, at)


def _end_of_block(words: Sequence[Token], at: int) -> int:
    return words[closing(words, at)].end

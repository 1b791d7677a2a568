"""Mutants of a SPARQL query: each a small wrong change of its text, made on its tokens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from parkgraph.ask.scan import Token, is_keyword, tokens

_TURNED = {"<": "<=", ">": ">=", "<=": "<", ">=": ">", "=": "!=", "!=": "="}


def mutations(query: str) -> Iterator[tuple[str, str]]:
    """(what was done, the changed query), each once."""
    words = list(tokens(query))
    seen = {query}
    for what, changed in _all(query, words):
        if changed not in seen:
            seen.add(changed)
            yield what, changed


def _all(query: str, words: Sequence[Token]) -> Iterator[tuple[str, str]]:
    counted: dict[str, int] = {}

    def numbered(what: str) -> str:
        counted[what] = counted.get(what, 0) + 1
        return what if counted[what] == 1 else f"{what} ({counted[what]})"

    for index, token in enumerate(words):
        if is_keyword(token, "FILTER"):
            end = _end_of_filter(words, index)
            said = " ".join(query[token.start : end].split())
            yield numbered(f"no {said[:70]}"), query[: token.start] + query[end:]
            if is_keyword(words[index + 1], "NOT") and is_keyword(words[index + 2], "EXISTS"):
                yield numbered("EXISTS for NOT EXISTS"), _cut(query, words[index + 1])
            elif is_keyword(words[index + 1], "EXISTS"):
                at = words[index + 1].start
                yield numbered("NOT EXISTS for EXISTS"), query[:at] + "NOT " + query[at:]
        elif is_keyword(token, "OPTIONAL"):
            block = query[words[index + 1].start : _end_of_block(words, index + 1)]
            yield numbered(f"required {' '.join(block.split())[:60]}"), _cut(query, token)
            without = query[: token.start] + query[_end_of_block(words, index + 1) :]
            yield numbered(f"no OPTIONAL {' '.join(block.split())[:60]}"), without
        elif is_keyword(token, "DISTINCT") and not is_keyword(words[index - 2], "GROUP_CONCAT"):
            # (Of the passages that GROUP_CONCAT joins, every answer shows each once and in order anyway.)
            yield numbered("no DISTINCT"), _cut(query, token)
        elif token.text in ("<", ">", "=") or is_keyword(token, "IN"):
            yield from _comparison(query, words, index, numbered)
        elif token.text == "^":
            yield numbered("direction"), _cut(query, token)
        elif is_keyword(token, "UNION"):
            end = _end_of_block(words, index + 1)
            yield numbered("no second branch of UNION"), query[: token.start] + query[end:]


def _comparison(
    query: str, words: Sequence[Token], index: int, numbered: object
) -> Iterator[tuple[str, str]]:
    token, following = words[index], words[index + 1]
    before = words[index - 1]
    if before.text in ("<", ">", "!") and before.end == token.start:
        return  # second character of an operator
    operator = token.text
    if following.text == "=" and following.start == token.end:
        operator += "="
    if token.text == "=" and before.text == "!" and before.end == token.start:
        return
    if operator in _TURNED:
        changed = query[: token.start] + _TURNED[operator] + query[token.start + len(operator) :]
        yield numbered(f"{_TURNED[operator]} for {operator}"), changed  # type: ignore[operator]


def _cut(query: str, token: Token) -> str:
    return query[: token.start] + query[token.end :].lstrip(" ")


def _end_of_filter(words: Sequence[Token], index: int) -> int:
    """Offset after FILTER (…), FILTER NOT EXISTS {…} or FILTER FUNCTION(…)."""
    at = index + 1
    while words[at].text not in ("(", "{"):
        at += 1
    return _end_of_block(words, at)


def _end_of_block(words: Sequence[Token], at: int) -> int:
    opening = words[at].text
    closing = {"(": ")", "{": "}"}[opening]
    depth = 0
    for word in words[at:]:
        depth += (word.text == opening) - (word.text == closing)
        if depth == 0:
            return word.end
    raise ValueError(f"unclosed {opening}")

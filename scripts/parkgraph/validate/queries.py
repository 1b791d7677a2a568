"""Which queries of shapes both engines answer alike, as far as words and data tell.

The engines part where a query compares unlike values, looks at how a number is written, or makes a value of
its own, which the fast engine loses. So it is told by the words of the query and the literals it can meet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Literal as OneOf

from pyoxigraph import Literal

from parkgraph.graph.documents import Graph
from parkgraph.names import XSD
from parkgraph.read.turtle import Term
from parkgraph.validate.literals import family, well_formed

_TOKEN = re.compile(
    r"""(?P<skip>\#[^\n\r]*)
      | (?P<text>"{3}(?:[^"\\]|\\.|"(?!""))*"{3}|'{3}(?:[^'\\]|\\.|'(?!''))*'{3}
              |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
      | (?P<iri><[^<>"{}|^`\\\s]*>)
      | (?P<variable>[?$]\w+)
      | (?P<name>[A-Za-z][\w-]*:[\w.%-]*|:[\w.%-]+)
      | (?P<word>[A-Za-z_]\w*)
      | (?P<number>\d[\d.eE]*)
      | (?P<sign><=|>=|!=|\|\||&&|[<>=!+*/^|{}();,.\[\]-])""",
    re.VERBOSE | re.DOTALL,
)
_TERMS = ("iri", "variable", "name", "text", "number")
_MADE = ("value", "path", "this", "message")
_UNSTABLE = {"NOW", "RAND", "UUID", "STRUUID", "SAMPLE", "BNODE", "TZ", "TIMEZONE", "LIMIT", "OFFSET"}
_ORDERING = {"<", ">", "<=", ">="}
# What is done with a variable, by the function around it; without one it is compared or reckoned with.
_ASKED = {"BOUND", "COUNT", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL", "LANG", "LANGMATCHES"}
_SPELLED = {
    *("STR", "STRLEN", "SUBSTR", "CONCAT", "DATATYPE", "SAMETERM", "GROUP_CONCAT", "REGEX", "REPLACE"),
    *("CONTAINS", "STRSTARTS", "STRENDS", "STRBEFORE", "STRAFTER", "UCASE", "LCASE", "MD5", "SHA1"),
    *("SHA256", "SHA384", "SHA512", "STRDT", "STRLANG", "ENCODE_FOR_URI", "IRI", "URI"),
}
_PARTS = {"YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS"}
Use = OneOf["compared", "spelled", "parts"]


def doubt(text: str, prefixes: dict[str, str], met: set[Term], data: Graph) -> tuple[str, str] | None:
    """Why the reference must answer a query, in English and Chinese; None when the fast engine may.

    met: values that come before the query by the path of its shape.
    """
    tokens = [found for found in _TOKEN.finditer(text) if not found["skip"]]
    words = {found["word"].upper() for found in tokens if found["word"]}
    if any((found["variable"] or "")[1:] == "message" for found in tokens):
        return "the query makes its own message", "查询自带消息"
    if any(
        (found["word"] or "").upper() == "AS" and (after["variable"] or "")[1:] in _MADE
        for found, after in pairwise(tokens)
    ):
        return "the query makes its own value", "查询的结果值由其自行计算"
    if unstable := sorted(words & _UNSTABLE):
        return f"the query uses {unstable[0]}, whose answer varies", f"查询使用了结果不定的 {unstable[0]}"
    if _casts(tokens, prefixes):
        return "the query casts", "查询使用了类型转换"
    ordering = any(found["sign"] in _ORDERING for found in tokens)
    for use, values in _met(tokens, prefixes, met, data):
        if odd := _odd(use, [value for value in values if isinstance(value, Literal)], ordering):
            said = _short(odd)
            return f"the query meets {said}", f"查询遇到 {said}"
    return None


def _odd(use: Use, literals: list[Literal], ordering: bool) -> Literal | None:
    """A literal on which the engines may differ, or None."""
    literals.sort(key=str)
    if use == "spelled":
        return next((literal for literal in literals if not _canonical(literal)), None)
    if use == "parts":
        return next((literal for literal in literals if family(literal) != "dateTime"), None)
    kinds: dict[str | None, Literal] = {}
    for literal in literals:
        kind = "text" if literal.language else family(literal)
        kinds.setdefault(None if kind == "date" else kind, literal)  # the fast engine does not compare dates
    if None in kinds:
        return kinds[None]
    alike = {"text", "string"} if not ordering else {"string"}
    several = len(kinds) > 1 and kinds.keys() - alike
    return next(reversed(kinds.values())) if several or (ordering and "text" in kinds) else None


def _canonical(literal: Literal) -> bool:
    """Whether the fast engine's store writes the literal as it is printed."""
    if literal.language or literal.datatype.value == XSD + "string":
        return True
    name = literal.datatype.value.removeprefix(XSD)
    if name == "integer":
        return re.fullmatch(r"0|-?[1-9]\d{0,17}", literal.value) is not None
    if name == "decimal":
        return re.fullmatch(r"0|-?(?:[1-9]\d{0,14}|0)(?:\.\d{0,14}[1-9])?", literal.value) is not None
    if name == "boolean":
        return literal.value in ("true", "false")
    if name in ("date", "dateTime"):
        return family(literal) is not None and "." not in literal.value
    return not literal.datatype.value.startswith(XSD) and well_formed(literal)


def _met(
    tokens: list[re.Match[str]], prefixes: dict[str, str], met: set[Term], data: Graph
) -> Iterator[tuple[Use, set[Term]]]:
    """What the query does with values, and the values: of one property each, or those that came before it."""
    uses = _uses(tokens)
    for use in dict.fromkeys(uses.values()):
        yield use, met
    if _has_variable_property(tokens):
        for use in dict.fromkeys(uses.values()):
            for _, objects in data.used.values():
                yield use, objects
        return
    properties = _properties(tokens, prefixes)
    for (name, _), use in uses.items():
        for predicate, (_, objects) in data.used.items():
            if predicate.value in properties.get(name, ()):
                yield use, objects


def _uses(tokens: list[re.Match[str]]) -> dict[tuple[str, int], Use]:
    """What is done with each variable that stands in an expression, by its name and place."""
    uses: dict[tuple[str, int], Use] = {}
    around: list[str] = []
    for before, found in pairwise(tokens):
        if found["sign"] == "(":
            around.append((before["word"] or "").upper())
        elif found["sign"] == ")" and around:
            around.pop()
        elif found["variable"] and around and around[-1] not in _ASKED:
            use: Use = (
                "spelled" if around[-1] in _SPELLED else "parts" if around[-1] in _PARTS else "compared"
            )
            uses[found["variable"][1:], found.start()] = use
    return uses


def _properties(tokens: list[re.Match[str]], prefixes: dict[str, str]) -> dict[str, set[str]]:
    """The properties of which each variable is a value; all that are written where that is not plain."""
    written = {_iri(found, prefixes) for found in tokens if found["iri"] or found["name"]}
    properties: dict[str, set[str]] = {}
    depth = 0
    for before, found in pairwise(tokens):
        depth += (found["sign"] == "(") - (found["sign"] == ")")
        if depth or not found["variable"]:
            continue
        own = properties.setdefault(found["variable"][1:], set())
        if before["iri"] or before["name"]:
            own.add(_iri(before, prefixes))
        elif before["sign"] in (")", "*", "+", ",") or before.lastgroup in ("number", "text"):
            own.update(written)  # after a longer path, or one of several values
    return properties


def _iri(found: re.Match[str], prefixes: dict[str, str]) -> str:
    return found["iri"][1:-1] if found["iri"] else _expand(found["name"], prefixes)


def _has_variable_property(tokens: list[re.Match[str]]) -> bool:
    """Whether a variable stands between two terms, as in `$this ?p ?o`: too often rather than not."""
    depth = 0
    for before, found, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        depth += (before["sign"] == "{") - (before["sign"] == "}")
        starts = before.lastgroup in _TERMS or before["sign"] in (";", "]")
        if depth and found["variable"] and starts and (after.lastgroup in _TERMS or after["sign"] == "["):
            return True
    return False


def _casts(tokens: list[re.Match[str]], prefixes: dict[str, str]) -> bool:
    return any(
        found["name"] and _expand(found["name"], prefixes).startswith(XSD) and after["sign"] == "("
        for found, after in pairwise(tokens)
    )


def _expand(name: str, prefixes: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return prefixes.get(prefix, prefix + ":") + local


def _short(literal: Literal) -> str:
    said = str(literal)
    return said if len(said) <= 60 else said[:59] + "…"

"""The SPARQL and the regular expressions inside shapes: whether they are right, before an engine runs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode, Store

from parkgraph.graph.documents import Graph
from parkgraph.names import OWL, SH, XSD
from parkgraph.read.turtle import Term


class QueryError(NamedTuple):
    """Why a query cannot be used.  line: of the query text, 1-based, where known."""

    english: str
    chinese: str
    fix: tuple[str, str] | None = None
    line: int | None = None


_TOKENS = re.compile(
    r"""(?P<skip>\#[^\n\r]*
      | "{3}(?:[^"\\]|\\.|"(?!""))*"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'
      | <[^<>"{}|^`\\\s]*>)
      | (?P<variable>[?$][\w]+)
      | (?P<word>[A-Za-z_][\w.-]*:?|:)
      | (?P<sign>[{}()*])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_REFUSED = {
    "MINUS": ("use FILTER NOT EXISTS { … }", "请改用 FILTER NOT EXISTS { … }"),
    "VALUES": ("use FILTER (?x IN (…))", "请改用 FILTER (?x IN (…))"),
    "SERVICE": None,
    "FROM": None,
}


def declared(graph: Graph, nodes: Iterable[Term]) -> dict[str, str]:
    """The prefixes that the values of sh:prefixes declare, themselves or through owl:imports."""
    found = {}
    open_, seen = list(nodes), set()
    while open_:
        node = open_.pop()
        if node in seen:
            continue
        seen.add(node)
        open_ += graph.objects(node, NamedNode(OWL + "imports"))
        for declaration in graph.objects(node, NamedNode(SH + "declare")):
            prefix = graph.objects(declaration, NamedNode(SH + "prefix"))
            namespace = graph.objects(declaration, NamedNode(SH + "namespace"))
            if prefix and namespace and isinstance(prefix[0], Literal) and isinstance(namespace[0], Literal):
                found[prefix[0].value] = namespace[0].value
    return found


def query_error(
    text: str, kind: str, prefixes: dict[str, str], bound: set[str], *, uses_path: bool
) -> QueryError | None:
    """What is wrong with the query of a constraint or validator; None when nothing is.

    kind: select or ask.  bound: the variables the engine binds before.  uses_path: $PATH stands for a path.
    """
    if _ESCAPE.search(text):
        # SPARQL reads these before anything else, so that a keyword could hide in them.
        text = _ESCAPE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)
    tokens = [found for found in _TOKENS.finditer(text) if not found["skip"]]
    words = [found for found in tokens if found["word"]]
    for found in words:
        word = found["word"].upper()
        if word in _REFUSED:
            return QueryError(f"SHACL does not allow {word} here", f"SHACL 不允许在此使用 {word}",
                              _REFUSED[word], _line(text, found))  # fmt: skip
    main = next((found["word"].lower() for found in words if found["word"].lower() in _FORMS), None)
    if main != kind:
        form = kind.upper()
        said = f"sh:{kind} needs a query that starts with {form}", f"sh:{kind} 的查询须以 {form} 开头"
        return QueryError(*said, line=_line(text, words[0]) if words else 1)
    prebound = _prebound_error(text, tokens, bound)
    return prebound or _syntax_error(text, prefixes, uses_path)


_FORMS = ("select", "ask", "construct", "describe")


def _prebound_error(text: str, tokens: list[re.Match[str]], bound: set[str]) -> QueryError | None:
    selects = 0
    for number, found in enumerate(tokens):
        word = (found["word"] or "").upper()
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        variable = following["variable"] if following is not None else None
        if word == "AS" and variable and variable[1:] in bound:
            return QueryError(
                f"{variable} is bound already: AS cannot bind it again",
                f"{variable} 已被绑定，不能再用 AS 绑定",
                line=_line(text, found),
            )
        if word == "SELECT":
            selects += 1
            chosen = _projection(tokens[number + 1 :])
            missing = sorted(bound - chosen) if selects > 1 else []  # * does not give a filter's variable
            if selects == 1 and "this" not in chosen and "*" not in chosen:
                missing = ["this"]
            if missing:
                said = ", ".join(f"${name}" for name in missing)
                return QueryError(f"this SELECT must give {said} too", f"此处的 SELECT 还须给出 {said}",
                                  None, _line(text, found))  # fmt: skip
    return None


def _projection(tokens: list[re.Match[str]]) -> set[str]:
    chosen, depth = set(), 0
    for found in tokens:
        sign, word = found["sign"], (found["word"] or "").upper()
        if (sign == "{" or word in ("WHERE", "FROM")) and depth == 0:
            break
        if sign == "(":
            depth += 1
        elif sign == ")":
            depth -= 1
        elif sign == "*" and depth == 0:
            chosen.add("*")
        elif found["variable"]:
            chosen.add(found["variable"][1:])
    return chosen


def _syntax_error(text: str, prefixes: dict[str, str], uses_path: bool) -> QueryError | None:
    if uses_path:
        text = text.replace("$PATH", "<urn:x-path>")
    try:
        Store().query(text, prefixes=prefixes)
    except SyntaxError as error:
        return _explain(text, str(error.msg))
    except ValueError as error:
        return QueryError(f"not SPARQL: {error}", f"不是合法的 SPARQL：{error}")
    except RuntimeError as error:
        function = re.search(r"custom function <([^>]*)>", str(error))
        if function is None:
            raise
        if not function[1].startswith(XSD):  # casts that SPARQL need not have, but the reference has
            said = f"no function <{function[1]}>", f"没有函数 <{function[1]}>"
            return QueryError(f"SPARQL has {said[0]}", f"SPARQL {said[1]}")
    return None


def _explain(text: str, message: str) -> QueryError:
    found = re.match(r"error at (\d+):(\d+): expected (.*)", message, re.DOTALL)
    if not found:
        return QueryError(f"not SPARQL: {message}", f"不是合法的 SPARQL：{message}")
    line = int(found[1])
    lines = text.splitlines() or [""]
    said = lines[min(line, len(lines)) - 1]
    column = int(found[2]) - 1
    prefix = re.search(r"([\w-]*):[\w-]*$", said[:column])
    if "Prefix not found" in found[3] and prefix:
        return QueryError(
            f"the prefix {prefix[1]}: is not declared for this query",
            f"此查询没有声明前缀 {prefix[1]}:",
            (
                "give the constraint sh:prefixes with a sh:declare of it",
                "请给该约束加上 sh:prefixes，并用 sh:declare 声明它",
            ),
            line,
        )
    near = said[max(column - 20, 0) : column + 20].strip()
    where = f"line {line}, column {column + 1}, near: {near}"
    return QueryError(
        f"not SPARQL: {where}", f"不是合法的 SPARQL：第 {line} 行第 {column + 1} 列，{near}", line=line
    )


def _line(text: str, found: re.Match[str]) -> int:
    return text.count("\n", 0, found.start()) + 1


def regex_error(pattern: str, flags: str) -> str | None:
    """Why a pattern is none that an engine can use; None when one of the engines can."""
    if fits_fast(pattern, flags):
        return None
    try:
        re.compile(pattern)
    except re.error as error:
        return str(error)
    return None


def fits_fast(pattern: str, flags: str) -> bool:
    """Whether the linear engine takes the pattern: no look-around, no back reference."""
    query = f'SELECT (REGEX("", {Literal(pattern)}, {Literal(flags)}) AS ?fits) {{}}'
    rows = list(Store().query(query))  # type: ignore[arg-type]
    return bool(rows) and rows[0][0] is not None


def fits_reference(pattern: str) -> bool:
    r"""Whether Python's `re`, which the reference uses, takes the pattern (no \p{…})."""
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True

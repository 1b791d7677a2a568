"""What a query from outside may not hold: anything that reaches the network or a file, or changes data.

The text is cut into SPARQL's own tokens, so a word in a string, a comment, an IRI or a name is no keyword;
only a whole SERVICE clause is refused wherever it stands. (The worker that runs a query of the command line
can open no file or connection either.)
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping

from parkgraph.errors import Usage
from parkgraph.messages import Text, _

_TOKEN = re.compile(
    r"""
      (?P<comment>\#[^\r\n]*)
    | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
    | (?P<blank>_:[\w.-]+)
    | (?P<variable>[?$]\w+)
    | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<name>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w.:%-]|\\.)*)
    | (?P<word>[A-Za-z]\w*)
    | (?P<other>\s+|.)
    """,
    re.VERBOSE | re.DOTALL,
)

# Whatever stands around it: an engine may cut the text into other tokens (`?a<'b>c'` has an IRI or a string).
_GAP = r"(?:\s|\#[^\r\n]*[\r\n])*"
_SERVICE = re.compile(
    rf"SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^>]*>|[?$]\w+|[\w.-]*:[^\s{{]*){_GAP}\{{", re.IGNORECASE
)

_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_NO_SERVICE = _("SERVICE is refused: a query asks this graph only and never the network")
_PROLOGUE = {"PREFIX", "BASE"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def check_query(text: str, prefixes: Mapping[str, str]) -> None:
    """Refuses `text` when it is an update, or no query, or asks for SERVICE or FROM, or uses an
    unknown prefix.

    prefixes: those known without declaration.  Raises Usage with line and column.
    """
    # SPARQL lets any character be written as a code point. Some engines read these before anything else, some
    # in strings and IRIs only, and what is a string to one may be a keyword to the other: both must be clean.
    for reading in dict.fromkeys((text, _CODE_POINT.sub(_character, text))):
        _check(reading, set(prefixes))


def _check(text: str, declared: set[str]) -> None:
    hidden = _SERVICE.search(text)
    if hidden:
        raise _refusal(text, hidden.start(), _NO_SERVICE)
    waiting = False  # the next name is one that PREFIX declares
    begun = False
    for kind, token, start in tokens(text):
        word = token.upper()
        if kind == "word":
            if word == "SERVICE":
                raise _refusal(text, start, _NO_SERVICE)
            if word == "FROM":
                raise _refusal(
                    text,
                    start,
                    _("FROM is refused: the query runs on the whole graph, nothing else is read"),
                    _("leave it out; GRAPH chooses one of the named graphs"),
                )
            if word in _UPDATES:
                raise _refusal(
                    text,
                    start,
                    _("{word} is refused: a query changes nothing", word=word),
                    _("the graph is changed by editing the files in kg/"),
                )
            if not begun and word not in _FORMS | _PROLOGUE:
                raise _refusal(text, start, *_no_query(token))
            begun = begun or word in _FORMS
            waiting = word == "PREFIX"
        elif kind == "name":
            prefix = token.partition(":")[0]
            if waiting:
                declared.add(prefix)
            elif prefix not in declared:
                raise _refusal(text, start, *_unknown_prefix(prefix, declared))
            waiting = False


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """(kind, token, offset) of everything in `text`, which they make up again when joined.

    kind: comment, iri, text, blank, variable, language, name (with a prefix), word (keywords), other.
    """
    for found in _TOKEN.finditer(text):
        yield found.lastgroup or "", found[0], found.start()


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


def _no_query(token: str) -> tuple[Text, Text]:
    near = difflib.get_close_matches(token.upper(), sorted(_FORMS), n=1) or ["SELECT"]
    return (
        _("no query begins with {token}", token=token),
        _("did you mean {near}? A query is SELECT, ASK, CONSTRUCT or DESCRIBE", near=near[0]),
    )


def _unknown_prefix(prefix: str, declared: set[str]) -> tuple[Text, Text]:
    near = difflib.get_close_matches(prefix, declared, n=3)
    return (
        _("unknown prefix {prefix}:", prefix=prefix),
        _("declare it with PREFIX, or use a known one: {near}", near=near)
        if near
        else _("declare it with PREFIX, or use a known one"),
    )


def _refusal(text: str, start: int, message: Text, fix: Text | None = None) -> Usage:
    before = text[:start]
    return Usage(message, fix=fix, line=before.count("\n") + 1, column=start - before.rfind("\n"))


def explain_syntax(said: str, text: str) -> tuple[Text, int, int]:
    """The engine's complaint about a query → what to say, line and column (1-based, code points)."""
    found = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", said, re.DOTALL)
    if not found:
        return _("not SPARQL: {said}", said=said), 1, 1
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    rest = rest or next((later.strip() for later in lines[line:] if later.strip()), "")
    reason = re.search(r"(?:The|A|An) [A-Za-z]+(?: [\w']+){3,}", found[3])
    if reason:
        return _("not SPARQL: {reason}", reason=reason[0]), line, column
    if not rest:
        open_brackets = [token for kind, token, __ in tokens(text) if kind == "other" and token in "{}()[]"]
        if sum(1 if token in "{([" else -1 for token in open_brackets) > 0:
            return (
                _("the query ends too early: a bracket is not closed"),
                line,
                column,
            )
        return (
            _("not SPARQL: something before this place is missing or too much"),
            line,
            column,
        )
    near = rest if len(rest) <= 20 else rest[:19] + "…"
    return _("not SPARQL at: {near}", near=near), line, column

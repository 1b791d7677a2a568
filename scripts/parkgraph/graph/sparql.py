"""The words of SPARQL: the one scanner, what a query from outside may not hold, and the engine's complaints.

A query is cut into SPARQL's own tokens, so a word in a string, a comment, an IRI or a name is no keyword.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from parkgraph.errors import Unreadable
from parkgraph.messages import Quoted, Text, _
from parkgraph.names import expand


class Token(NamedTuple):
    """kind: iri, text, blank, variable, language, name (with a prefix), word (keywords), number or sign.

    start, end: offsets.
    """

    kind: str
    text: str
    start: int
    end: int


# Nothing is given back once it is taken (`*+`): a token of any length is read in one go. A text that is not
# closed ends with its line, or with the query.
_TOKEN = re.compile(
    r"""
    (?:\s++|\#[^\r\n]*+)*+ (?: (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*+>)
    | (?P<text>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*+(?:\"{3}|.*) | '{3}(?:'{0,2}(?:[^'\\]|\\.))*+(?:'{3}|.*)
              | "(?:[^"\\\r\n]|\\.)*+"? | '(?:[^'\\\r\n]|\\.)*+'?)
    | (?P<blank>_:\w(?:[\w-]|\.++(?=[\w-]))*+)
    | (?P<variable>[?$]\w++)
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<word>[^\W\d_](?:[\w-]|\.++(?=[\w-]))*+)(?P<local>:(?:[\w:%-]|\\.|\.++(?=[\w:%\\-]))*+)?
    | (?P<name>:(?:[\w:%-]|\\.|\.++(?=[\w:%\\-]))*+)
    | (?P<number>\d++(?:\.\d++)?(?:[eE][+-]?\d++)?)
    | (?P<sign><=|>=|!=|\|\||&&|\^\^|.) | \Z)
    """,
    re.VERBOSE | re.DOTALL,
)
_PART = re.compile(r"(?P<word>[^\W\d_]\w*)|(?P<number>\d+)|(?P<sign>.)")

# Whatever stands around it: an engine may cut the text into other tokens (`?a<'b>c'` has an IRI or a string).
_GAP = r"(?:\s|\#[^\r\n]*+[\r\n])*+"
_SERVICE = re.compile(
    rf"(?<![?$])SERVICE{_GAP}(?:SILENT{_GAP})?(?:<[^>]*+>|[?$]\w++|[\w.-]*+:[^\s{{]*+){_GAP}\{{",
    re.IGNORECASE,
)
_ABOVE = re.compile(r"(?:\s++|\#[^\r\n]*+(?:[\r\n]|$))*+")
# A prefix may be called so too; behind these words, on their line, it is one to every engine.
_NAMES_GRAPH = re.compile(r"(?<![\w?$:.@\\-])(?:GRAPH|FROM|NAMED|DESCRIBE)[ \t]+$", re.IGNORECASE)
_SCHEME = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")

_NO_SERVICE = (
    _("SERVICE is refused: a query asks this graph only and never the network"),
    _("leave it out; what lies elsewhere must be part of the graph first"),
)
_NO_FROM = (
    _("FROM is refused: the query runs on the whole graph, nothing else is read"),
    _("leave it out; GRAPH chooses one of the named graphs"),
)
_UNKNOWN_FUNCTION = re.compile("The custom function <(.*)> is not supported")
_PROLOGUE = {"PREFIX", "BASE"}
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}


def tokens(query: str) -> Iterator[Token]:
    """The tokens of `query`, without spaces and comments."""
    for found in _TOKEN.finditer(query):
        kind = found.lastgroup
        if kind is None:  # the end
            return
        start, end = found.span("word" if kind == "local" else kind)[0], found.end()
        text = query[start:end]
        if kind == "word" and not text.isidentifier():  # dots and hyphens hold together only a name
            for part in _PART.finditer(query, start, end):
                yield Token(part.lastgroup or "", part[0], part.start(), part.end())
        else:
            yield Token("name" if kind == "local" else kind, text, start, end)


def is_keyword(token: Token, *words: str) -> bool:
    """Whether the token is one of the keywords `words` (in capitals)."""
    return token.kind == "word" and token.text.upper() in words


class Named(NamedTuple):
    """A name in a query.  text: as written.  iri: what it stands for, None where its prefix is unknown.
    role: "term", "graph" (behind BASE, GRAPH, FROM), "datatype" or "function"."""

    text: str
    iri: str | None
    role: str


def named(query: str, known: Mapping[str, str]) -> Iterator[Named]:
    """The IRIs and prefixed names in a query, those that declare a prefix left out.

    known: prefixes besides those that the query declares.
    """
    words = list(tokens(query))
    prefixes = dict(known)
    for at, word in enumerate(words):
        before, after = words[max(at - 1, 0)], words[min(at + 1, len(words) - 1)]
        if word.kind not in ("name", "iri") or is_keyword(before, "PREFIX"):
            continue
        if at > 1 and is_keyword(words[at - 2], "PREFIX"):
            prefixes[before.text[:-1]] = word.text[1:-1]
            continue
        role = "datatype" if before.text == "^^" else "function" if after.text == "(" else "term"
        if is_keyword(before, "BASE", "GRAPH", "NAMED", "FROM"):
            role = "graph"
        yield Named(word.text, expand(re.sub(r"\\(\W)", r"\1", word.text), prefixes), role)


def unescaped(query: str) -> str:
    r"""The query with its code points (\u0041, \U00000041) written as characters.

    Some engines read these before anything else, some in strings and IRIs only, so that what is a string to
    one may be a keyword to the other.
    """
    return _CODE_POINT.sub(_character, query)


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2], 16)
    return chr(code) if code <= 0x10FFFF else found[0]


class Values(NamedTuple):
    """One `VALUES ?variable { … }`.

    start, end: offsets of what stands between the braces.  clause_start, clause_end: of the whole clause.
    """

    variable: str
    start: int
    end: int
    clause_start: int
    clause_end: int


def single_values(words: Sequence[Token]) -> Iterator[Values]:
    """Every VALUES clause over one variable, in order."""
    for index, token in enumerate(words[:-2]):
        variable, brace = words[index + 1 : index + 3]
        if not is_keyword(token, "VALUES") or variable.kind != "variable" or brace.text != "{":
            continue
        closing = next((word for word in words[index + 3 :] if word.text == "}"), None)
        if closing is not None:
            yield Values(variable.text[1:], brace.end, closing.start, token.start, closing.end)


# --- a query from outside ----------------------------------------------------


def check_query(text: str, prefixes: Mapping[str, str], *, dataset: bool = False) -> None:
    """Refuses `text` when it is an update or asks for SERVICE or FROM, when it is no query, or uses a prefix
    that is unknown.

    prefixes: those known without declaration.  dataset: FROM may choose among the graphs that are there.
    Raises Unreadable, with line and column.
    """
    found = refused(text, dataset=dataset)
    if found is not None:
        raise _unreadable(*found)
    for reading in _readings(text):
        _check(reading, set(prefixes))


def refused(text: str, *, dataset: bool = False) -> tuple[str, int, Text, Text] | None:
    """What in a query would reach outside the graph or change it: the text as it was read, the offset in it,
    what is wrong and how to mend it; None for a query that does neither."""
    for reading in _readings(text):  # first in all: what calls a service is refused, whatever else is wrong
        hidden = find_service(reading)
        if hidden is not None:
            return reading, hidden, *_NO_SERVICE
    for reading in _readings(text):
        for token in tokens(reading):
            word = token.text.upper() if token.kind == "word" else ""
            if word == "SERVICE":
                return reading, token.start, *_NO_SERVICE
            if word == "FROM" and not dataset:
                return reading, token.start, *_NO_FROM
            if word in _UPDATES:
                said = _("{word} is refused: a query changes nothing", word=word)
                return reading, token.start, said, _("the graph is changed by editing the files in kg/")
    return None


def _readings(text: str) -> Iterable[str]:
    return dict.fromkeys((text, unescaped(text)))


def find_service(text: str) -> int | None:
    """Where some engine may read a call of SERVICE in `text`: in what is a string or a comment to us too, but
    for the comments above the query, which are comments to all."""
    above = _ABOVE.match(text)
    assert above
    for found in _SERVICE.finditer(text, above.end()):
        start = found.start()
        glued = text[start + len("SERVICE")] == ":"
        if not (glued and _NAMES_GRAPH.search(text, max(0, start - 60), start)):
            return start
    return None


def _check(text: str, declared: set[str]) -> None:
    waiting = False  # the next name is one that PREFIX declares
    begun = False
    for token in tokens(text):
        word = token.text.upper()
        if token.kind == "word":
            if not begun and word not in _FORMS | _PROLOGUE:
                near = difflib.get_close_matches(word, sorted(_FORMS), n=1) or ["SELECT"]
                said = _("no query begins with {token}", token=_short(token.text))
                fix = _("did you mean {near}? A query is SELECT, ASK, CONSTRUCT or DESCRIBE", near=near[0])
                raise _unreadable(text, token.start, said, fix)
            begun = begun or word in _FORMS
            waiting = word == "PREFIX"
        elif token.kind == "name":
            prefix = token.text.partition(":")[0]
            if waiting:
                declared.add(prefix)
            elif prefix not in declared:
                near = difflib.get_close_matches(prefix, declared, n=3)
                nearest = _("declare it with PREFIX, or use a known one: {near}", near=near)
                fix = nearest if near else _("declare it with PREFIX, or use a known one")
                said = _("unknown prefix {prefix}:", prefix=_short(prefix))
                raise _unreadable(text, token.start, said, fix)
            waiting = False


def _unreadable(text: str, start: int, message: Text, fix: Text) -> Unreadable:
    line, column = _place(text, start)
    return Unreadable(message, fix=fix, line=line, column=column)


def _place(text: str, start: int) -> tuple[int, int]:
    before = text[:start]
    return before.count("\n") + 1, start - before.rfind("\n")


def _relative_iri(text: str) -> Token | None:
    """The first IRI without a scheme, where the query declares no BASE."""
    words = list(tokens(text))
    if any(is_keyword(word, "BASE") for word in words):
        return None
    return next((word for word in words if word.kind == "iri" and not _SCHEME.match(word.text)), None)


@contextmanager
def query_errors(text: str) -> Iterator[None]:
    """Inside, what Oxigraph raises for the query `text` becomes Unreadable: it is no SPARQL, with its place,
    or it cannot be run."""
    try:
        yield
    except SyntaxError as error:
        message, line, column = explain_syntax(str(error), text)
        raise Unreadable(message, line=line, column=column) from None
    except (RuntimeError, ValueError, OSError) as error:
        found = _UNKNOWN_FUNCTION.search(str(error))
        if found is None:
            said = _("the query cannot be run: {said}", said=Quoted(error))
            raise Unreadable(said, fix=_("ask it in another way")) from None
        local = re.escape(re.split("[#/]", found[1])[-1])
        place = re.search(rf"<{re.escape(found[1])}>|[\w.-]*:{local}\s*\(", text)
        said = _("there is no function <{name}>", name=found[1])
        fix = _("use the functions of SPARQL 1.1; a datatype such as xsd:integer converts a value")
        raise _unreadable(text, place.start() if place else 0, said, fix) from None


def explain_syntax(said: str, text: str) -> tuple[Text, int, int]:
    """The engine's complaint about a query → what to say, line and column (1-based, code points)."""
    found = re.match(r"error at (\d+):(\d+): (?:expected )?(.*)", said, re.DOTALL)
    if not found:
        return _("not SPARQL: {said}", said=Quoted(said)), 1, 1
    relative = _relative_iri(text)
    if relative:
        line, column = _place(text, relative.start)
        return (
            _("{iri} is relative: write the whole IRI, or declare BASE", iri=_short(relative.text)),
            line,
            column,
        )
    left, astray = _brackets(text)
    if astray:
        return _("{sign} closes nothing that is open here", sign=astray.text), *_place(text, astray.start)
    line, column = int(found[1]), int(found[2])
    lines = text.split("\n")
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    prefix = re.search(r"([\w.-]*):\S*$", before)
    if prefix and "Prefix not found" in found[3]:
        return _("unknown prefix {prefix}:", prefix=_short(prefix[1])), line, prefix.start() + 1
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    rest = rest or next((later.strip() for later in lines[line:] if later.strip()), "")
    reason = re.search(r"(?:The|A|An) [A-Za-z]+(?: [\w']+){3,}", found[3])
    if reason:
        return _("not SPARQL: {reason}", reason=Quoted(reason[0])), line, column
    if not rest:
        if left:
            return _("the query ends too early: a bracket is not closed"), line, column
        return _("not SPARQL: something before this place is missing or too much"), line, column
    return _("not SPARQL at: {near}", near=_short(rest)), line, column


def _brackets(text: str) -> tuple[list[str], Token | None]:
    """The brackets that are left open, and the first that closes none of its kind."""
    left: list[str] = []
    for token in tokens(text):
        if token.kind == "sign" and token.text in "([{":
            left.append(token.text)
        elif (
            token.kind == "sign"
            and token.text in ")]}"
            and (not left or left.pop() + token.text not in ("()", "[]", "{}"))
        ):
            return left, token
    return left, None


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:19] + "…"

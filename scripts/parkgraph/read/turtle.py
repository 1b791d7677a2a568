"""Turtle with positions: the strict parser says what the triples are, a walk over the tokens where each is.

Syntax, terms and their order are pyoxigraph's; the walk notes the spans, on demand. The two are joined triple
by triple, so a position is never given to another triple than the strict one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat

from parkgraph.finding import Place
from parkgraph.names import RDF
from parkgraph.read.files import Role
from parkgraph.read.strict import parse_text

Term = NamedNode | BlankNode | Literal


class Fact(NamedTuple):
    """A triple whose terms are no triples."""

    subject: NamedNode | BlankNode
    predicate: NamedNode
    object: Term


class Span(NamedTuple):
    """A stretch of text: code point offsets, `end` exclusive."""

    start: int
    end: int


class TripleSpan(NamedTuple):
    """Where a triple stands.

    A subject written once counts for all its triples; of a `[ … ]` or `( … )` it is the opening bracket.
    An object is spanned whole, closing bracket included. In a collection, the n-th cell stands at its n-th
    member, the end of the list at its `)`.
    """

    subject: Span
    predicate: Span
    object: Span


class Document:
    """One text of RDF, its triples (of all its graphs) and, on demand, their places.

    name: what messages call it.  role: what it is for, where it is a file of a graph.  triples: in the strict
    parser's order, repeats included; blank nodes are renamed `<blank>0`, `<blank>1`, … in order of
    appearance, the same on every run.
    """

    def __init__(
        self,
        text: str,
        *,
        name: str,
        base: str | None = None,
        blank: str = "b",
        role: Role | None = None,
        format: RdfFormat = RdfFormat.TURTLE,
    ) -> None:
        self.text = text
        self.name = name
        self.format = format
        self.role = role
        self.base = base
        self.blank = blank
        self.labels: Mapping[str, str] = {}  # our blank node → the label in the text, where it has one
        self.triples = self._strict()

    def _strict(self) -> list[Fact]:
        renamed: dict[str, BlankNode] = {}

        same: dict[Any, Any] = {}  # a term that stands often is held once

        def own(term: Any) -> Any:
            if term not in same:
                new = isinstance(term, BlankNode)
                same[term] = BlankNode(f"{self.blank}{len(renamed)}") if new else term
                if new:
                    renamed[term.value] = same[term]
            return same[term]

        quads = parse_text(self.text, name=self.name, base=self.base, format=self.format)
        triples = [Fact(own(quad.subject), own(quad.predicate), own(quad.object)) for quad in quads]
        written = {label.rstrip(".") for label in _LABEL.findall(self.text)}
        self.labels = {
            node.value: label
            for label, node in renamed.items()
            if label in written or not _MADE_UP.fullmatch(label)
        }
        return triples

    @cached_property
    def spans(self) -> Sequence[TripleSpan] | None:
        """A span for every triple of `triples`, in the same order.

        None where the text cannot be followed, or has no places to tell.
        """
        if self.format in (RdfFormat.RDF_XML, RdfFormat.JSON_LD):
            return None
        try:
            return _Reader(self.text, self.format).spans(self.triples)
        except ValueError:
            return None

    @cached_property
    def index(self) -> dict[Fact, int]:
        """The number of each triple in `triples`; of a repeated one the first."""
        return {triple: n for n, triple in reversed(list(enumerate(self.triples)))}

    @cached_property
    def by_subject(self) -> dict[Term, list[int]]:
        """The numbers of the triples about each subject, in order."""
        numbers: dict[Term, list[int]] = defaultdict(list)
        for number, triple in enumerate(self.triples):
            numbers[triple.subject].append(number)
        return dict(numbers)

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column (code points) of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def inside(self, number: int, start: int, end: int) -> Place:
        """Where a stretch of the text of triple `number` stands; its object where that is not written as it
        reads.
        """
        place, object_ = self.place_of(number), self.triples[number].object
        if self.spans is not None:
            at = self.text.find(object_.value, *self.spans[number].object)
            if at >= 0:
                return self.place(Span(at + start, at + end))
        return place

    def place(self, span: Span, note: Mapping[str, str] | None = None) -> Place:
        """A span as a place in this file."""
        return Place(self.name, *self.line_column(span.start), *self.line_column(span.end), note)

    def place_of(self, number: int, part: str = "object", note: Mapping[str, str] | None = None) -> Place:
        """Where triple `number` stands.

        part: subject, predicate, object, or `value` for predicate to object.
        The file alone when there are no spans.
        """
        if self.spans is None:
            return Place(self.name, note=note)
        found = self.spans[number]
        if part != "value":
            return self.place(getattr(found, part), note)
        # The second and later objects of a predicate stand by themselves.
        first = not self.text[found.predicate.end : found.object.start].strip()
        return self.place(Span(found.predicate.start, found.object.end) if first else found.object, note)


_LABEL = re.compile(r"_:([^\s;,\[\]()<>\"'#]+)")
_MADE_UP = re.compile(r"[0-9a-f]{20,32}")  # the name that pyoxigraph gives to a node without label
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


# The tokens of a text that the strict parser has accepted; so names may be told by what cannot be in them.
_NAME = r"""[^\s<>"{}|^`\\%.;,()\[\]'\#@]"""
_TOKEN = re.compile(
    rf"""
      (?P<skip>[ \t\r\n]++|\#[^\r\n]*+)
    | (?P<text>\"{{3}}(?:\"{{0,2}}(?:[^"\\]|\\.))*+\"{{3}}|'{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*+'{{3}}
        |"(?:[^"\\\r\n]|\\.)*+"|'(?:[^'\\\r\n]|\\.)*+')
    | (?P<iri><[^<>\x00-\x20]*+>)
    | (?P<blank>_:(?:{_NAME}|\.++(?={_NAME}))+)
    | (?P<directive>@(?:prefix|base)|(?:(?i:prefix)(?=\s+[^\s:]*:\s*<)|(?i:base)(?=\s*<)))
    | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
    | (?P<type>\^\^)
    | (?P<number>[+-]?(?:\d+\.\d*[eE][+-]?\d+|\.?\d+[eE][+-]?\d+|\d*\.\d+|\d+)(?!{_NAME}))
    | (?P<name>(?!\.)(?:{_NAME}|%..|\\.|\.++(?=[^\s<>"{{}}|^`;,()\[\]'\#@]))++)
    | (?P<sign>[\[\]().;,{{}}])
    """,
    re.VERBOSE | re.DOTALL,
)


_Stretch = list[int]
"""Start and end, which is not known before it is read."""


class _Found(NamedTuple):
    """A triple as it is written.

    terms: a NamedNode where one is meant, a number for a node without label, else what was read as such.
    """

    terms: tuple[Any, Any, Any]
    spans: tuple[_Stretch, _Stretch, _Stretch]


@dataclass
class _Open:
    """What is being read at some depth: a statement, a `[ … ]`, or a `( … )` with the rests of its cells."""

    span: _Stretch
    subject: Any = None
    subject_span: _Stretch = field(default_factory=list)
    verb: Any = None
    verb_span: _Stretch = field(default_factory=list)
    rests: list[_Stretch] | None = None


class _Reader:
    """Where each triple of a text stands: one walk over its tokens, however deep they nest.

    They come in the strict parser's order, which gives what one token completes in reverse.
    """

    def __init__(self, text: str, format: RdfFormat = RdfFormat.TURTLE) -> None:
        self.text, self.format = text, format
        self.found: list[_Found] = []
        self.completed: list[_Found] = []  # by the token that is being read
        self.directives = 0
        self.nodes = count()
        self.open = [_Open([0, 0])]

    def spans(self, triples: Sequence[Fact]) -> list[TripleSpan]:
        """The places of the triples.  Raises ValueError where the text cannot be followed."""
        self._read()
        means: dict[Any, Term] = {}
        for triple, found in zip(triples, self.found, strict=True):
            for term, word in zip(triple, found.terms, strict=True):
                known = word if isinstance(word, NamedNode) else means.setdefault(word, term)
                if known != term or (isinstance(word, int) and not isinstance(term, BlankNode)):
                    raise ValueError(f"{word} is not {term}")
        return [TripleSpan(*(Span(*stretch) for stretch in found.spans)) for found in self.found]

    def _read(self) -> None:
        tokens: list[_Token] = []
        at = 0
        for one in _TOKEN.finditer(self.text):
            start, end = one.span()
            if start != at:
                break
            at = end
            if one.lastgroup != "skip":
                tokens.append((one.lastgroup, one[0], (start, end)))
        if at < len(self.text):
            raise ValueError(f"no token at {at}")
        if self.format in (RdfFormat.TRIG, RdfFormat.N_QUADS):
            tokens = list(_without_graphs(tokens))
        at = 0
        text = None  # it is a triple's only when the next token shows that it has no language or type
        while at < len(tokens):
            kind, word, span = tokens[at]
            at += 1
            if text is not None:
                self._node(*text)
                text = None
            if kind == "directive":
                at += (2 if "prefix" in word.lower() else 1) + word.startswith("@")
                self.directives += 1
            elif kind == "sign":
                self._sign(word, [*span])
            else:
                more = kind == "text" and at < len(tokens) and tokens[at][0] in ("language", "type")
                if more:
                    at += 1 if tokens[at][0] == "language" else 2
                stretch = [span[0], tokens[at - 1][2][1]]
                node = word if kind == "blank" else (self.text[slice(*stretch)], self.directives), stretch
                self._begin(stretch)
                if kind == "text":
                    self._end_token()
                if kind == "text" and not more:
                    text = node
                else:
                    self._node(*node)
            self._end_token()

    def _end_token(self) -> None:
        self.found += reversed(self.completed)
        self.completed.clear()

    def _sign(self, sign: str, span: _Stretch) -> None:
        top = self.open[-1]
        if sign in "[(":
            self._begin(span)
            if sign == "[":
                self.open.append(_Open(span, next(self.nodes), [span[0], span[0] + 1]))
            else:
                self.open.append(_Open(span, rests=[]))
        elif sign == ";":
            top.verb = None
        elif sign == ".":
            self.open = [_Open([span[1], span[1]])]
        elif sign != ",":
            self.open.pop()
            top.span[1] = span[1]
            for rest in top.rests or ():
                rest[1] = span[0]
            if top.rests is None:
                self._node(top.subject, top.span)
            elif top.subject is None:
                self._node(_NIL, top.span)
            else:
                self._add(top, _REST, _NIL, span, span)

    def _begin(self, span: _Stretch) -> None:
        """What begins in a list gets a cell of its own."""
        top = self.open[-1]
        if top.rests is None:
            return
        cell = next(self.nodes)
        if top.subject is None:
            self.open.pop()
            self._node(cell, top.span)
            self.open.append(top)
            top.subject_span = [top.span[0], top.span[0] + 1]
        else:
            rest = [span[0], span[0]]
            top.rests.append(rest)
            self._add(top, _REST, cell, rest, rest)
            top.subject_span = span
        top.subject = cell

    def _node(self, term: Any, span: _Stretch) -> None:
        top = self.open[-1]
        if top.rests is not None:
            self._add(top, _FIRST, term, span, span)
        elif top.subject is None:
            bracket = self.text[span[0]] in "[("
            top.subject, top.subject_span = term, [span[0], span[0] + 1] if bracket else span
        elif top.verb is None:
            top.verb, top.verb_span = term, span
        else:
            self._add(top, top.verb, term, top.verb_span, span)

    def _add(self, top: _Open, verb: Any, term: Any, verb_span: _Stretch, span: _Stretch) -> None:
        self.completed.append(_Found((top.subject, verb, term), (top.subject_span, verb_span, span)))


_Token = tuple[str | None, str, tuple[int, int]]


def _without_graphs(tokens: Iterable[_Token]) -> Iterator[_Token]:
    """The tokens of TriG or N-Quads as those of Turtle: without the names of graphs and their braces."""
    statement: list[_Token] = []
    for token in tokens:
        __, word, span = token
        if word == "{":
            del statement[-2 if statement and statement[-1][1] == "]" else -1 :]
            if statement and statement[-1][1].upper() == "GRAPH":
                statement.pop()
        elif word in (".", "}"):
            yield from _triple(statement)
            if statement:
                yield "sign", ".", span
            statement = []
        else:
            statement.append(token)


def _triple(statement: list[_Token]) -> list[_Token]:
    """A statement without the graph that N-Quads names behind its three terms."""
    signs = any(word in "[](),;" or kind == "directive" for kind, word, __ in statement)
    kinds = [token[0] for token in statement]
    typed = kinds.count("language") + 2 * kinds.count("type")  # they are of the literal before them
    return statement[:-1] if not signs and len(statement) - typed == 4 else statement

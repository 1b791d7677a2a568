"""Turtle with positions: the strict parser says what the triples are, a walk over the tokens where each is.

Syntax, terms and their order are pyoxigraph's; the walk notes the spans, on demand. The two are joined triple
by triple, so a position is never given to another triple than the strict one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from parkgraph.finding import Place
from parkgraph.names import RDF
from parkgraph.read.files import Role, read_text
from parkgraph.read.strict import parse_text

if TYPE_CHECKING:
    import rdflib

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

        def own(node: BlankNode) -> BlankNode:
            if node.value not in renamed:
                renamed[node.value] = BlankNode(f"{self.blank}{len(renamed)}")
            return renamed[node.value]

        triples = []
        for quad in parse_text(self.text, name=self.name, base=self.base, format=self.format):
            subject, object_ = quad.subject, quad.object
            assert not isinstance(subject, Triple) and not isinstance(object_, Triple)
            if isinstance(subject, BlankNode):
                subject = own(subject)
            if isinstance(object_, BlankNode):
                object_ = own(object_)
            triples.append(Fact(subject, quad.predicate, object_))
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
            return _join(self.triples, _Reader(self.text, self.base, self.format).read(), self.labels)
        except (ValueError, SyntaxError):
            return None

    @cached_property
    def index(self) -> dict[Fact, int]:
        """The number of each triple in `triples`; of a repeated one the first."""
        numbers: dict[Fact, int] = {}
        for number, triple in enumerate(self.triples):
            numbers.setdefault(triple, number)
        return numbers

    @cached_property
    def by_subject(self) -> dict[Term, list[int]]:
        """The numbers of the triples about each subject, in order."""
        numbers: dict[Term, list[int]] = defaultdict(list)
        for number, triple in enumerate(self.triples):
            numbers[triple.subject].append(number)
        return dict(numbers)

    @cached_property
    def graph(self) -> rdflib.Graph:
        """The triples as an rdflib graph: literals as printed, blank nodes under the names of `triples`."""
        import rdflib

        from parkgraph.rdflib_terms import RdflibTerms

        graph = rdflib.Graph(bind_namespaces="none")
        convert = RdflibTerms()
        for triple in self.triples:
            graph.add((convert(triple.subject), convert(triple.predicate), convert(triple.object)))
        return graph

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(found.end() for found in re.finditer(r"\r\n|\n|\r", self.text))]

    def line_column(self, offset: int) -> tuple[int, int]:
        """1-based line and column (code points) of an offset."""
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a 1-based line, without its end."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

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

    def statement(self, number: int) -> Span | None:
        """The stretch from the subject of triple `number` to its last object, or None without spans."""
        if self.spans is None:
            return None
        own = [self.spans[other] for other in self.by_subject[self.triples[number].subject]]
        start = self.spans[number].subject.start
        return Span(start, max(span.object.end for span in own if span.subject.start == start))


def read_document(
    path: str | Path, *, name: str | None = None, base: str | None = None, blank: str = "b"
) -> Document:
    """The Turtle file at `path`.  base: for relative IRIs (default: the file's own address).

    Raises Unreadable, with file, line and column, when it is not strict Turtle.
    """
    shown = name or str(path)
    text = read_text(path, name=shown)
    return Document(text, name=shown, base=base or Path(path).resolve().as_uri(), blank=blank)


_LABEL = re.compile(r"_:([^\s;,\[\]()<>\"'#]+)")
_MADE_UP = re.compile(r"[0-9a-f]{20,32}")  # the name that pyoxigraph gives to a node without label
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


class _Bracket(int):
    """A blank node without a label: a `[ … ]` or a cell of a `( … )`, numbered."""


class _Found(NamedTuple):
    """A triple as it is written; a blank node is a _Bracket, or a BlankNode when it has a label."""

    subject: Any
    predicate: Any
    object: Any
    span: TripleSpan


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


_NOWHERE = Span(0, 0)


@dataclass
class _Open:
    """What is being read at some depth: a statement, a `[ … ]`, or a `( … )` with its members."""

    start: int
    subject: Any = None
    subject_span: Span = _NOWHERE
    verb: Any = None
    verb_span: Span = _NOWHERE
    members: list[tuple[Any, Span]] | None = None


class _Reader:
    """Where each triple of a text stands: one walk over its tokens, however deep they nest.

    What the terms are says the strict parser, which is handed each of them once.
    """

    def __init__(self, text: str, base: str | None, format: RdfFormat = RdfFormat.TURTLE) -> None:
        self.text, self.base, self.format = text, base, format
        self.found: list[_Found] = []
        self.prologue: list[str] = []
        self.words: dict[tuple[str, int], None] = {}  # a term with the number of directives before it
        self.brackets = 0
        self.open = [_Open(0)]

    def read(self) -> list[_Found]:
        """Every triple as written.  Raises ValueError where the text cannot be followed."""
        tokens = [(one.lastgroup, one[0], Span(*one.span())) for one in self._tokens()]
        if self.format in (RdfFormat.TRIG, RdfFormat.N_QUADS):
            tokens = list(_without_graphs(tokens))
        at = 0
        while at < len(tokens):
            kind, word, span = tokens[at]
            at += 1
            if kind == "directive":
                parts = tokens[at : at + (2 if "prefix" in word.lower() else 1)]
                at += len(parts) + word.startswith("@")
                self.prologue.append(
                    " ".join(["@" + word.lstrip("@").lower(), *(part[1] for part in parts), "."])
                )
            elif kind == "sign":
                self._sign(word, span)
            else:
                if kind == "text" and at < len(tokens) and tokens[at][0] in ("language", "type"):
                    at += 1 if tokens[at][0] == "language" else 2
                    span = Span(span.start, tokens[at - 1][2].end)
                self._node(self._term(kind, self.text[span.start : span.end]), span)
        terms = self._terms()
        return [
            _Found(terms.get(s, s), terms.get(p, p), terms.get(o, o), place) for s, p, o, place in self.found
        ]

    def _tokens(self) -> Iterator[re.Match[str]]:
        at = 0
        while at < len(self.text):
            token = _TOKEN.match(self.text, at)
            if not token:
                raise ValueError(f"no token at {at}")
            if token.lastgroup != "skip":
                yield token
            at = token.end()

    def _term(self, kind: str | None, word: str) -> Any:
        if kind == "blank":
            return BlankNode(word[2:])
        key = (word, len(self.prologue))
        self.words[key] = None
        return key

    def _terms(self) -> dict[Any, Any]:
        """Each term as the strict parser reads it."""
        lines, directives = [], 0
        for word, number in self.words:
            lines += self.prologue[directives:number]
            directives = number
            lines.append(f"<x:s> <x:p> {word if word != 'a' else '<' + RDF + 'type>'} .")
        quads = parse("\n".join(lines), RdfFormat.TURTLE, base_iri=self.base)
        return dict(zip(self.words, (quad.object for quad in quads), strict=True))

    def _sign(self, sign: str, span: Span) -> None:
        top = self.open[-1]
        if sign == "[":
            self.open.append(_Open(span.start, self._bracket(), span))
        elif sign == "(":
            self.open.append(_Open(span.start, members=[]))
        elif sign == ";":
            top.verb = None
        elif sign == ".":
            self.open = [_Open(span.end)]
        elif sign != ",":
            self.open.pop()
            made = top.subject if top.members is None else self._list(top, span)
            self._node(made, Span(top.start, span.end))

    def _bracket(self) -> _Bracket:
        self.brackets += 1
        return _Bracket(self.brackets)

    def _node(self, term: Any, span: Span) -> None:
        top = self.open[-1]
        if top.members is not None:
            top.members.append((term, span))
        elif top.subject is None:
            bracket = self.text[span.start] in "[("
            top.subject, top.subject_span = term, Span(span.start, span.start + 1) if bracket else span
        elif top.verb is None:
            top.verb, top.verb_span = term, span
        else:
            self._add(top.subject, top.verb, term, TripleSpan(top.subject_span, top.verb_span, span))

    def _list(self, top: _Open, close: Span) -> Any:
        members = top.members or []
        if not members:
            return _NIL
        spans = [span for __, span in members]
        at = [Span(top.start, top.start + 1), *spans[1:]]
        rests = [*(Span(span.start, close.start) for span in spans[1:]), close]
        cells = [self._bracket() for __ in members]
        for number, (member, span) in enumerate(members):
            following = cells[number + 1] if number + 1 < len(cells) else _NIL
            self._add(cells[number], _FIRST, member, TripleSpan(at[number], span, span))
            self._add(cells[number], _REST, following, TripleSpan(at[number], rests[number], rests[number]))
        return cells[0]

    def _add(self, subject: Any, predicate: Any, object_: Any, span: TripleSpan) -> None:
        self.found.append(_Found(subject, predicate, object_, span))


_Token = tuple[str | None, str, Span]


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


def _join(
    triples: Sequence[Fact], found: Sequence[_Found], labels: Mapping[str, str]
) -> list[TripleSpan] | None:
    """The spans of `found` in the order of `triples`; None when the two are not the same graph.

    A labelled blank node is known by its label. One without a label stands at most once as an object, so it
    is the n-th such object of its subject and predicate, or the n-th subject that stands nowhere as an
    object: the two parsers may emit triples in different order, but never these.
    """
    own = {label: BlankNode(node) for node, label in labels.items()}
    seen = [(_labelled(one.subject, own), one.predicate, _labelled(one.object, own)) for one in found]
    ours = _Brackets(seen, lambda term: isinstance(term, _Bracket))
    theirs = _Brackets(triples, lambda term: isinstance(term, BlankNode) and term.value not in labels)
    alike = ours.match(theirs)

    spans: dict[tuple[Any, ...], list[TripleSpan]] = defaultdict(list)
    for (subject, predicate, object_), one in zip(seen, found, strict=True):
        spans[alike.get(subject, subject), predicate, alike.get(object_, object_)].append(one.span)
    joined = []
    for triple in triples:
        places = spans.get(triple)
        if not places:
            return None
        joined.append(places.pop(0) if len(places) > 1 else places[0])
    return joined


def _labelled(term: Any, own: dict[str, BlankNode]) -> Any:
    return own.get(term.value, term) if isinstance(term, BlankNode) else term


class _Brackets:
    """The nodes of a graph that have no label, by the place they hold in it."""

    def __init__(self, triples: Sequence[tuple[Any, Any, Any]], unlabelled: Callable[[Any], bool]) -> None:
        self.inner: dict[Any, list[tuple[Any, Any]]] = defaultdict(list)
        objects = set()
        for subject, predicate, object_ in triples:
            if unlabelled(object_):
                self.inner[subject].append((predicate, object_))
                objects.add(object_)
        roots = dict.fromkeys(s for s, _, _ in triples if unlabelled(s) and s not in objects)
        self.outer = list(roots)
        self.named = [subject for subject in self.inner if not unlabelled(subject)]

    def match(self, other: _Brackets) -> dict[Any, Any]:
        """Each node here → the node that holds the same place in `other`."""
        alike: dict[Any, Any] = {}
        open_ = [(node, node) for node in self.named] + list(zip(self.outer, other.outer, strict=False))
        while open_:
            mine, its = open_.pop()
            if mine is not its:
                alike[mine] = its
            by_predicate: dict[Any, list[Any]] = defaultdict(list)
            for predicate, node in other.inner.get(its, ()):
                by_predicate[predicate].append(node)
            nth: dict[Any, int] = defaultdict(int)
            for predicate, node in self.inner.get(mine, ()):
                candidates = by_predicate[predicate]
                if nth[predicate] < len(candidates):
                    open_.append((node, candidates[nth[predicate]]))
                nth[predicate] += 1
        return alike

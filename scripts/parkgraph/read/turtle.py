"""Turtle with positions: the strict parser says what the triples are, rdflib's parser where each of them is.

Both read the same text. Syntax, terms and their order are pyoxigraph's; a subclass of rdflib's `SinkParser`,
which hands the character index through every production, notes the spans. The two are joined triple by
triple, so a position is never given to another triple than the strict one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from parkgraph.finding import Place
from parkgraph.names import RDF, XSD
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
    """One Turtle text, its triples and (on demand) their places.

    name: what messages call it.  role: what it is for, where it is a file of a graph.  triples: in the strict
    parser's order, repeats included; blank nodes are renamed `<blank>0`, `<blank>1`, … in order of
    appearance, the same on every run.
    """

    def __init__(
        self, text: str, *, name: str, base: str | None = None, blank: str = "b", role: Role | None = None
    ) -> None:
        self.text = text
        self.name = name
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
        for quad in parse_text(self.text, name=self.name, base=self.base):
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

        None when rdflib cannot follow the text although it is right (nesting of thousands of brackets).
        """
        found = _read_spans(self.text, self.base)
        return None if found is None else _join(self.triples, found, self.labels)

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
        starts = [0]
        at = self.text.find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = self.text.find("\n", at + 1)
        return starts

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


_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")
_LABEL = re.compile(r"_:([^\s;,\[\]()<>\"'#]+)")
_MADE_UP = re.compile(r"[0-9a-f]{20,32}")  # the name that pyoxigraph gives to a node without label
_FIRST, _REST, _NIL = RDF + "first", RDF + "rest", RDF + "nil"


class _Bracket(int):
    """A blank node without a label: a `[ … ]` or a cell of a `( … )`, numbered."""


class _Found(NamedTuple):
    """A triple as the span parser saw it; a blank node is a _Bracket, or a BlankNode when it has a label."""

    subject: Any
    predicate: NamedNode
    object: Any
    span: TripleSpan


def _read_spans(text: str, base: str | None) -> list[_Found] | None:
    from rdflib.plugins.parsers.notation3 import BadSyntax

    parser = _parser_class()(base)
    try:
        parser.loadBuf(text + "\n")  # rdflib looks one character past a last keyword
    except (BadSyntax, RecursionError, AssertionError, IndexError, ValueError):
        return None
    found: list[_Found] = parser.found
    return found


@cache  # made on first use: a run without findings must not pay for the import of rdflib
def _parser_class() -> Any:
    import decimal

    from rdflib.plugins.parsers.notation3 import SinkParser, sfloat

    numbers = {int: XSD + "integer", decimal.Decimal: XSD + "decimal", sfloat: XSD + "double"}

    class Sink:
        """The terms SinkParser asks for. IRIs are plain strings, blank nodes numbers, literals as printed."""

        def __init__(self) -> None:
            self.blanks = 0
            self.list_made: Any = None

        def newSymbol(self, iri: str) -> str:
            return iri

        def newLiteral(self, text: str, datatype: str | None, language: str | None) -> Literal:
            if language:
                return Literal(text, language=language.lower())
            return Literal(text, datatype=NamedNode(datatype)) if datatype else Literal(text)

        def newBlankNode(self, *_: Any, **__: Any) -> _Bracket:
            self.blanks += 1
            return _Bracket(self.blanks)

        def newList(self, members: list[Any], _: Any) -> Any:
            return self.list_made(members)

        def newSet(self, *_: Any) -> Any:
            raise AssertionError("a set is no Turtle")

        def intern(self, term: Any) -> Any:
            return term

        def setDefaultNamespace(self, *_: Any) -> None: ...

        def bind(self, *_: Any) -> None: ...

        def startDoc(self, *_: Any) -> None: ...

        def endDoc(self, *_: Any) -> None: ...

    class Parser(SinkParser):
        def __init__(self, base: str | None) -> None:
            self.sink = Sink()
            super().__init__(self.sink, baseURI=base, turtle=True)  # type: ignore[arg-type]
            self.sink.list_made = self.make_list
            self.found: list[_Found] = []
            self.symbols: dict[str, NamedNode] = {}
            self.text = ""
            self.subjects: list[Span] = []  # of the property lists that are open
            self.lists: list[list[Span] | None] = [None]  # members of the innermost bracket, if that is a "("
            self.opened: list[int] = []  # where each open "(" stands

        def feed(self, octets: Any) -> None:
            self.text = octets
            super().feed(octets)

        def uri_ref2(self, argstr: str, i: int, res: Any) -> int:
            start = self.skipSpace(argstr, i)
            if start < 0 or argstr[start] != "<":
                return super().uri_ref2(argstr, i, res)
            end = argstr.find(">", start)
            written = argstr[start : end + 1]
            plain = _ABSOLUTE.match(written) and "/." not in written and "\\" not in written
            res.append(written[1:-1] if plain else _resolve(written, self._baseURI))
            return end + 1

        def anonymousNode(self, ln: str) -> Any:
            return BlankNode(ln)

        def statement(self, argstr: str, i: int) -> int:
            start = self.skipSpace(argstr, i)
            terms: list[Any] = []
            j = self.object(argstr, start, terms)
            if j < 0:
                return j
            bracket = argstr[start] in "[("
            self.subjects.append(Span(start, start + 1 if bracket else j))
            j = self.property_list(argstr, j, terms[0])
            self.subjects.pop()
            return j

        def property_list(self, argstr: str, i: int, subj: Any) -> int:
            at = self.subjects[-1]
            while True:
                start = self.skipSpace(argstr, i)
                while start >= 0 and argstr[start] == ";":
                    i = start + 1
                    start = self.skipSpace(argstr, i)
                if start < 0:
                    self.BadSyntax(argstr, i, "the file ends in a property list")
                verbs: list[Any] = []
                j = self.verb(argstr, start, verbs)
                if j <= 0:
                    return i
                predicate, verb = Span(start, j), verbs[0][1]
                verb = verb[1] if isinstance(verb, tuple) else verb  # `a`
                while True:
                    begin = self.skipSpace(argstr, j)
                    objects: list[Any] = []
                    j = self.object(argstr, begin, objects)
                    if j < 0:
                        self.BadSyntax(argstr, begin, "an object is missing")
                    self.add(subj, verb, objects[0], TripleSpan(at, predicate, Span(begin, j)))
                    i = self.skipSpace(argstr, j)
                    if i < 0:
                        self.BadSyntax(argstr, j, "the file ends after an object")
                    if argstr[i] != ",":
                        break
                    j = i + 1
                if argstr[i] != ";":
                    return i

        def node(self, argstr: str, i: int, res: Any, subjectAlready: Any = None) -> int:
            start = self.skipSpace(argstr, i)
            bracket = argstr[start] if start >= 0 else ""
            if bracket == "[":
                self.subjects.append(Span(start, start + 1))
                self.lists.append(None)
                j = super().node(argstr, start, res, subjectAlready)
                self.lists.pop()
                self.subjects.pop()
                return j
            if bracket == "(":
                self.opened.append(start)
                self.lists.append([])
                j = super().node(argstr, start, res, subjectAlready)
                self.lists.pop()
                self.opened.pop()
                return j
            return super().node(argstr, i, res, subjectAlready)

        def item(self, argstr: str, i: Any, res: Any) -> int:
            members = self.lists[-1]
            if members is None:
                return super().item(argstr, i, res)
            start = self.skipSpace(argstr, i)
            j = super().item(argstr, start, res)
            if j >= 0:
                members.append(Span(start, j))
            return j

        def nodeOrLiteral(self, argstr: str, i: int, res: Any) -> int:
            j = super().nodeOrLiteral(argstr, i, res)
            datatype = numbers.get(type(res[-1])) if j >= 0 and res else None
            if datatype:  # as printed: rdflib makes 1 of 01
                res[-1] = Literal(argstr[self.skipSpace(argstr, i) : j], datatype=NamedNode(datatype))
            elif j >= 0 and type(res[-1]) is bool:
                res[-1] = Literal(res[-1])
            return j

        def make_list(self, members: list[Any]) -> Any:
            if not members:
                return _NIL
            spans, opening = self.lists[-1], self.opened[-1]
            assert spans is not None
            close = self.skipSpace(self.text, spans[-1].end)
            at = [Span(opening, opening + 1), *spans[1:]]
            rests = [*(Span(span.start, close) for span in spans[1:]), Span(close, close + 1)]
            cells = [self.sink.newBlankNode() for _ in members]
            for number, (cell, member) in enumerate(zip(cells, members, strict=True)):
                following = cells[number + 1] if number + 1 < len(cells) else _NIL
                self.add(cell, _FIRST, member, TripleSpan(at[number], spans[number], spans[number]))
                self.add(cell, _REST, following, TripleSpan(at[number], rests[number], rests[number]))
            return cells[0]

        def add(self, subject: Any, predicate: str, object_: Any, span: TripleSpan) -> None:
            self.found.append(_Found(self.term(subject), self.term(predicate), self.term(object_), span))

        def term(self, given: Any) -> Any:
            if not isinstance(given, str):
                return given
            if given not in self.symbols:
                self.symbols[given] = NamedNode(given)
            return self.symbols[given]

    return Parser


@lru_cache(maxsize=10_000)
def _resolve(written: str, base: str | None) -> str:
    # By the strict parser itself: rdflib resolves some relative IRIs otherwise than RFC 3986.
    (quad,) = parse(f"<x:s> <x:p> {written} .", RdfFormat.TURTLE, base_iri=base)
    assert isinstance(quad.object, NamedNode)
    return quad.object.value


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

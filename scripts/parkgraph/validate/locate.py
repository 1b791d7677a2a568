"""From a result to the place a person must change: the value, else the node; and the line of the shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from pyoxigraph import Literal, NamedNode

from parkgraph.finding import Place
from parkgraph.graph.documents import TYPE, Graph, Occurrence
from parkgraph.messages import _
from parkgraph.names import SH
from parkgraph.read.turtle import Fact, Term
from parkgraph.validate.paths import Path, follow, last_steps, made
from parkgraph.validate.shapes import Result, Shapes, sh

SHAPE = _("the shape that says so")
VALUE = _("what it refers to")
ANOTHER = _("another value")
SAME_LANGUAGE = _("the same language here")
COMPARED = _("compared with this")
ALSO = _("described here too")
INFERRED = _("inferred from this")
MOST = 20
"""Places that are told beside the first: of a thousand values too many nobody looks at each."""

Explain = Callable[[Fact], Sequence[Fact]]


class Located(NamedTuple):
    """place: where to look first, None when the node stands in no file.  shape: the line of the shapes
    that says so.  related: places that explain it."""

    place: Place | None
    shape: Place | None
    related: list[Place]


class Locator:
    """Finds places for the results of one validation."""

    def __init__(self, data: Graph, shapes: Shapes, explain: Explain | None = None) -> None:
        self.data, self.shapes, self.explain = data, shapes, explain

    def locate(self, result: Result) -> Located:
        """The places of a result."""
        name = result.component.removeprefix(SH).removesuffix("ConstraintComponent")
        related: list[Place] = []
        place: Place | None = None
        if name == "MaxCount" and result.path is not None:
            most = max(0, int(result.constraint.rule.object.value))
            place, related = self._surplus(result.focus, result.path, most)
        elif name == "UniqueLang" and result.path is not None:
            place, related = self._same_language(result)
        elif result.value is not None:
            place, related = self._value(result, result.value, name)
        if place is None:
            place, others = self._node(result.focus)
            related += others
        return Located(
            place, self._rule(result), [other for other in related if not _same(other, place)][:MOST]
        )

    # --- the data ----------------------------------------------------------

    def _value(self, result: Result, value: Term, name: str) -> tuple[Place | None, list[Place]]:
        related: list[Place] = []
        focus = result.found.other if name == "Closed" and result.found.other is not None else result.focus
        facts = last_steps(result.path, focus, value, self.data) if result.path is not None else ()
        place = self._first(facts, value, related)
        compared = result.constraint.rule.object if name in _PAIRS else None
        if isinstance(compared, NamedNode):
            others = (
                one for one in self.data.objects(focus, compared) if one == (result.found.other or value)
            )
            theirs = [made(focus, compared, one) for one in others]
            if place is None:
                place = self._first(theirs, value, related)
            else:
                related += self._places(theirs, COMPARED)
        if place is None and value != focus:
            about = (made(focus, predicate, value) for predicate in self.data.predicates(focus))
            place = self._first((fact for fact in about if fact in self.data.facts), value, related)
        if value != focus and place is not None and self.data.has_subject(value):
            related.append(self._defined(value))
        return place, related

    def _first(self, facts: Iterable[Fact], value: Term, related: list[Place]) -> Place | None:
        """The place of the first of `facts` that stands in a file, else of what it was inferred from."""
        for fact in facts:
            part = "object" if fact.object == value else "value"
            for source in self.data.sources(fact):
                return source.document.place_of(source.number, part)
            if self.explain:
                support = [source for one in self.explain(fact) for source in self.data.sources(one)[:1]]
                places = [one.document.place_of(one.number, "value", INFERRED) for one in support]
                if places:
                    related += places[1:]
                    return places[0]
        return None

    def _surplus(self, focus: Term, path: Path, most: int) -> tuple[Place | None, list[Place]]:
        places = list(self._places(islice(self._ends(focus, path), most + MOST), ANOTHER))
        if len(places) <= most:
            return None, []
        return replace(places[most], note=None), places[:most] + places[most + 1 :]

    def _same_language(self, result: Result) -> tuple[Place | None, list[Place]]:
        language = getattr(result.found.other, "value", "")
        facts = [fact for fact in self._ends(result.focus, result.path)
                 if isinstance(fact.object, Literal) and fact.object.language == language]  # fmt: skip
        places = list(self._places(facts, SAME_LANGUAGE))
        return (replace(places[1], note=None), [places[0], *places[2:]]) if len(places) > 1 else (None, [])

    def _ends(self, focus: Term, path: Path | None) -> Iterator[Fact]:
        """The last triple on the way to each value."""
        assert path is not None
        for value in follow(path, self.data)(focus):
            yield from islice(last_steps(path, focus, value, self.data), 1)

    def _places(self, facts: Iterable[Fact], note: Mapping[str, str]) -> Iterator[Place]:
        for fact in facts:
            for source in self.data.sources(fact)[:1]:
                yield source.document.place_of(source.number, "object", note)

    def _node(self, focus: Term) -> tuple[Place | None, list[Place]]:
        """The node itself: where its class is given, else where it first stands; other files are related."""
        about = self.data.about(focus)
        if about:
            first = next((source for source in about if _class_of(source, focus) is not None), about[0])
            others = [s.document.place_of(s.number, "subject", ALSO) for s in about if s != first]
            return _subject(first, focus), others
        for predicate, subjects in self.data.pointing_at(focus):
            for source in self.data.sources(Fact(subjects[0], predicate, focus))[:1]:
                return source.document.place_of(source.number, "object"), []
        for target in self.shapes.targets:
            if target.kind == "targetNode" and target.node == focus:
                for source in self.shapes.graph.sources(made(target.shape, sh("targetNode"), focus))[:1]:
                    return source.document.place_of(source.number, "object"), []
        return None, []

    def _defined(self, value: Term) -> Place:
        about = self.data.about(value)
        source = next((source for source in about if _class_of(source, value) is not None), about[0])
        return _subject(source, value, VALUE)

    # --- the shapes --------------------------------------------------------

    def _rule(self, result: Result) -> Place | None:
        graph = self.shapes.graph
        for source in graph.sources(result.constraint.rule)[:1]:
            return source.document.place_of(source.number, "value", SHAPE)
        for source in graph.about(result.shape)[:1]:
            return source.document.place_of(source.number, "subject", SHAPE)
        return None


_PAIRS = ("Equals", "Disjoint", "LessThan", "LessThanOrEquals")


def _class_of(source: Occurrence, term: Term) -> int | None:
    """The number of the triple that gives the class of `term` in a document."""
    document = source.document
    numbers = document.by_subject[term]
    return next((number for number in numbers if document.triples[number].predicate == TYPE), None)


def _subject(source: Occurrence, term: Term, note: Mapping[str, str] | None = None) -> Place:
    number = _class_of(source, term)
    return source.document.place_of(source.number if number is None else number, "subject", note)


def _same(one: Place, other: Place | None) -> bool:
    return other is not None and (one.file, one.line, one.column) == (other.file, other.line, other.column)
